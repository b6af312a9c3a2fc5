import type { Issue, PortName } from '@coffee/api';
import { portMethods, portNames } from '@coffee/api';
import type { PortFault } from './port-faults.ts';

/** A fault, or every rule that it breaks. */
export type ParsedFault =
  | { readonly success: true; readonly fault: PortFault }
  | { readonly success: false; readonly issues: readonly Issue[] };

type Checked = readonly [holds: boolean, rule: string];

const kinds = ['before', 'after', 'slow'];

/** The longest that a slow call may take: longer than any task's timeout. */
const slowest = 60_000;
const mostTimes = 1_000_000;

const isWhole = (value: unknown, to: number): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= to;
const oneOf = (value: unknown, allowed: readonly string[]): Checked => [
  allowed.includes(value as string),
  `must be one of ${allowed.join(', ')}`,
];

/** Checks `{ port, method, kind, milliseconds?, times }`. */
export function parseFault(value: unknown): ParsedFault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { success: false, issues: [{ path: [], code: 'wrong_type', message: 'the fault must be an object' }] };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const { port, method, kind, milliseconds, times } = given;
  const methods: readonly string[] = portNames.includes(port as PortName)
    ? portMethods[port as PortName]
    : [...new Set(Object.values(portMethods).flat())];
  const range = 'a whole number from 1 to';
  const fields: Readonly<Record<string, Checked>> = {
    port: oneOf(port, portNames),
    method: oneOf(method, methods),
    kind: oneOf(kind, kinds),
    times: [times === 'always' || isWhole(times, mostTimes), `must be "always" or ${range} ${mostTimes}`],
    ...(kind === 'slow' && { milliseconds: [isWhole(milliseconds, slowest), `must be ${range} ${slowest}`] }),
  };
  const issues: Issue[] = [];
  for (const key of Object.keys(given).filter((name) => !Object.hasOwn(fields, name))) {
    const rule = key === 'milliseconds' ? 'is for a slow call only' : 'is not a field of a fault';
    issues.push({ path: [key], code: 'unknown_key', message: `${key} ${rule}` });
  }
  for (const [name, [holds, rule]] of Object.entries(fields)) {
    if (holds) continue;
    if (given[name] === undefined) issues.push({ path: [name], code: 'required', message: `${name} is required` });
    else issues.push({ path: [name], code: 'out_of_range', message: `${name} ${rule}` });
  }
  return issues.length === 0 ? { success: true, fault: value as PortFault } : { success: false, issues };
}
