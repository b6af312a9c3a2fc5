import type { ExecutionState, HistoryEvent } from '@coffee/api';
import { exitCodes, Failure } from '../failure.ts';
import { fields } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration, localDateTime, localTime, plain } from '../terminal/text.ts';

/** An error and its cause in one line: of what Lambda reports as JSON, the message. `undefined` when there is none. */
export function describeError({
  error,
  message,
  cause = message ?? '',
}: Pick<ExecutionState, 'error' | 'message' | 'cause'>): string | undefined {
  if (error === undefined || cause === '') return error && plain(error);
  let text: unknown;
  try {
    text = (JSON.parse(cause) as { errorMessage?: unknown }).errorMessage;
  } catch {} // not JSON: shown as it is
  return `${plain(error)}: ${plain(typeof text === 'string' ? text : cause)}`;
}

const colours = { SUCCEEDED: 'green', RUNNING: 'cyan' } as const;

export function describeStatus(status: string, terminal: Terminal): string {
  return terminal.style(colours[status as keyof typeof colours] ?? 'red', plain(status));
}

/** How long an execution took; `undefined` while it runs. */
export function tookOf({ startDate, stopDate }: ExecutionState): string | undefined {
  return stopDate === undefined ? undefined : duration((stopDate - startDate) * 1000);
}

export function describeState(state: ExecutionState, terminal: Terminal): string[] {
  const { orderid, status, startDate } = state;
  return fields(terminal.label, [
    ['Order', plain(orderid)],
    ['Status', describeStatus(status, terminal)],
    ['Started', localDateTime(new Date(startDate * 1000))],
    ['Took', tookOf(state)],
    ['Error', describeError(state)],
  ]);
}

const signs = {
  StateEntered: ['cyan', '→'],
  StateExited: ['green', '✔'],
  StateRetried: ['yellow', '↻'],
  StateFailed: ['red', '✘'],
  StateCaught: ['yellow', '↷'],
} as const;

function describeWhat({ type, attempt, ...event }: HistoryEvent, terminal: Terminal): string {
  if (type === 'ExecutionStarted') return 'the execution starts';
  if (type === 'ExecutionRedriven') return 'the execution is redriven';
  if (type === 'ExecutionSucceeded') return terminal.style('green', 'the execution has succeeded');
  if (type.startsWith('Execution')) return terminal.style('red', 'the execution has failed'); // or was aborted, or timed out
  const [colour, sign] = signs[type as keyof typeof signs] ?? [];
  const details: Readonly<Record<string, string>> = {
    StateRetried: `, retry ${attempt ?? ''}`,
    StateFailed: `  ${describeError(event) ?? ''}`,
    StateCaught: ', its error is caught',
  };
  const start = colour === undefined ? plain(type) : terminal.style(colour, sign);
  return `${start} ${plain(event.state ?? '')}${details[type] ?? ''}`.trimEnd();
}

/** One event of an execution in one line: the time, a sign, and what happened. */
export function describeEvent(event: HistoryEvent, terminal: Terminal): string {
  return `${terminal.style('dim', localTime(new Date(event.timestamp)))}  ${describeWhat(event, terminal)}`;
}

/** @throws Failure, with what can be done, for an execution that did not succeed. */
export function expectSuccess(state: ExecutionState, embedded: boolean): void {
  if (state.status === 'SUCCEEDED') return;
  const ended = `the execution of order ${plain(state.orderid)} ended ${plain(state.status)}`;
  const message = [ended, describeError(state)].filter((part) => part !== undefined).join(', ');
  const hints = embedded ? [`once the cause is fixed: coffee redrive ${state.orderid} --wait`] : [];
  throw new Failure(exitCodes.failed, message, { code: 'ExecutionFailed', hints });
}
