import type { PortName } from '@coffee/api';
import { portMethods, portNames } from '@coffee/api';
import type { PortFault } from './port-faults.ts';

/** One broken rule of a fault. */
interface FaultIssue {
  readonly path: readonly string[];
  readonly code: 'required' | 'unknown_key' | 'wrong_type' | 'out_of_range';
  readonly message: string;
}

/** A fault, or every rule that it breaks. */
export type ParsedFault =
  | { readonly success: true; readonly fault: PortFault }
  | { readonly success: false; readonly issues: readonly FaultIssue[] };

const kinds = ['before', 'after', 'slow'] as const;
const keys = ['port', 'method', 'kind', 'milliseconds', 'times'];
const isWhole = (value: unknown, to: number): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= to;

/** The longest that a slow call may take: longer than any task's timeout. */
const slowest = 60_000;
const mostTimes = 1_000_000;

/** Checks `{ port, method, kind, milliseconds?, times }`. */
export function parseFault(value: unknown): ParsedFault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { success: false, issues: [{ path: [], code: 'wrong_type', message: 'the fault must be an object' }] };
  }
  const issues: FaultIssue[] = [];
  const { port, method, kind, milliseconds, times } = value as Record<string, unknown>;
  const check = (name: string, given: unknown, holds: boolean, rule: string): void => {
    if (holds) return;
    if (given === undefined) issues.push({ path: [name], code: 'required', message: `${name} is required` });
    else issues.push({ path: [name], code: 'out_of_range', message: `${name} ${rule}` });
  };
  const has = <T>(list: readonly T[], one: unknown): boolean => list.includes(one as T);
  for (const key of Object.keys(value)) {
    if (!keys.includes(key))
      issues.push({ path: [key], code: 'unknown_key', message: `${key} is not a field of a fault` });
  }
  check('port', port, has(portNames, port), `must be one of ${portNames.join(', ')}`);
  const methods: readonly string[] = has(portNames, port)
    ? portMethods[port as PortName]
    : Object.values(portMethods).flat();
  check('method', method, has(methods, method), `must be one of ${[...new Set(methods)].join(', ')}`);
  check('kind', kind, has(kinds, kind), `must be one of ${kinds.join(', ')}`);
  check(
    'times',
    times,
    times === 'always' || isWhole(times, mostTimes),
    `must be "always" or a whole number from 1 to ${mostTimes}`,
  );
  if (kind === 'slow') {
    check('milliseconds', milliseconds, isWhole(milliseconds, slowest), `must be a whole number from 1 to ${slowest}`);
  } else if (milliseconds !== undefined) {
    issues.push({ path: ['milliseconds'], code: 'unknown_key', message: 'milliseconds is for a slow call only' });
  }
  return issues.length === 0 ? { success: true, fault: value as PortFault } : { success: false, issues };
}
