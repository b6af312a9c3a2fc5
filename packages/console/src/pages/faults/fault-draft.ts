import type { Fault, FaultList } from '@coffee/api';

/** The form of a fault, as it was typed. */
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
  const target = targets.find(({ port }) => port === 'Notifier') ?? targets[0];
  return {
    port: target?.port ?? '',
    method: target?.methods[0] ?? '',
    kind: 'before',
    milliseconds: '3000',
    always: false,
    times: '3',
  };
}

const whole = (text: string, highest: number): boolean => /^[1-9]\d*$/.test(text.trim()) && Number(text) <= highest;

/** What the server would refuse. */
export function faultErrors({ kind, milliseconds, always, times }: FaultDraft): FaultErrors {
  return {
    ...(kind === 'slow' && !whole(milliseconds, 60_000)
      ? { milliseconds: 'Milliseconds must be a whole number from 1 to 60000' }
      : {}),
    ...(!always && !whole(times, 1_000_000) ? { times: 'Times must be a whole number from 1 to 1000000' } : {}),
  };
}

/** The fault that a draft without errors describes. */
export function faultOf({ port, method, kind, milliseconds, always, times }: FaultDraft): Fault {
  // The port and its method were chosen from the server's own list.
  return {
    port,
    method,
    kind,
    ...(kind === 'slow' ? { milliseconds: Number(milliseconds) } : {}),
    times: always ? 'always' : Number(times),
  } as Fault;
}
