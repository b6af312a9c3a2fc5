import type { ExecutionState } from '../client/answers.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failures/failure.ts';
import { duration, localDateTime } from '../terminal/local-time.ts';
import { plain } from '../terminal/plain.ts';
import { fields } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { describeError } from './describe-error.ts';

const colours = { SUCCEEDED: 'green', RUNNING: 'cyan' } as const;

/** A status in its colour. */
export function describeStatus(status: string, terminal: Terminal): string {
  return terminal.style(colours[status as keyof typeof colours] ?? 'red', plain(status));
}

/** How long an execution took, or nothing while it runs. */
export function tookOf({ startDate, stopDate }: ExecutionState): string | undefined {
  return stopDate === undefined ? undefined : duration((stopDate - startDate) * 1000);
}

/** How an execution stands, as lines for people. */
export function describeState(state: ExecutionState, terminal: Terminal): string[] {
  const { orderid, status, startDate } = state;
  return fields(
    [
      ['Order', plain(orderid)],
      ['Status', describeStatus(status, terminal)],
      ['Started', localDateTime(new Date(startDate * 1000))],
      ['Took', tookOf(state)],
      ['Error', describeError(state)],
    ],
    (text) => terminal.style('bold', text),
  );
}

/**
 * Does nothing for an execution that succeeded.
 *
 * @throws Failure for one that ended otherwise, with what can be done.
 */
export function expectSuccess(state: ExecutionState, embedded: boolean): void {
  if (state.status === 'SUCCEEDED') return;
  const reason = describeError(state);
  const hints = embedded ? [`once the reason is gone: coffee redrive ${state.orderid} --wait`] : [];
  const message = `the execution of order ${plain(state.orderid)} ended ${plain(state.status)}`;
  const told = reason === undefined ? message : `${message}, ${reason}`;
  throw new Failure(exitCodes.failed, told, { code: 'ExecutionFailed', hints });
}
