import type { Fault, FaultList } from '@coffee/api';

export interface FaultDraft {
  readonly port: string;
  readonly method: string;
  readonly kind: Fault['kind'];
  readonly milliseconds: string;
  readonly always: boolean;
  readonly times: string;
}

/** What is wrong with the numbers of a draft, by field. */
export type FaultErrors = Partial<Record<'milliseconds' | 'times', string>>;

/** Starts with the notifier failing a few times: what most people want to see first. */
export function firstDraft({ targets }: FaultList): FaultDraft {
  const { port = '', methods = [] } = targets.find((target) => target.port === 'Notifier') ?? targets[0] ?? {};
  return { port, method: methods[0] ?? '', kind: 'before', milliseconds: '3000', always: false, times: '3' };
}

const whole = (text: string, highest: number): boolean => /^[1-9]\d*$/.test(text.trim()) && Number(text) <= highest;

export function faultErrors({ kind, milliseconds, always, times }: FaultDraft): FaultErrors {
  const errors: FaultErrors = {};
  if (kind === 'slow' && !whole(milliseconds, 60_000)) {
    errors.milliseconds = 'Milliseconds must be a whole number from 1 to 60000';
  }
  if (!always && !whole(times, 1_000_000)) errors.times = 'Times must be a whole number from 1 to 1000000';
  return errors;
}

/** The fault that a draft without errors describes. */
export function faultOf({ port, method, kind, milliseconds, always, times }: FaultDraft): Fault {
  // The port and its method were chosen from the server's own list.
  const slow = kind === 'slow' ? { milliseconds: Number(milliseconds) } : {};
  return { port, method, kind, ...slow, times: always ? 'always' : Number(times) } as Fault;
}
