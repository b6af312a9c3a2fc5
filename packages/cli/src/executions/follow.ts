import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, ExecutionState, HistoryEvent } from '@coffee/api';
import { Interrupted } from '../failure.ts';
import type { Session } from '../session.ts';

/** Milliseconds between two looks. Step Functions lets an account describe ten executions a second. */
const pauses = { embedded: { first: 20, longest: 400 }, gateway: { first: 500, longest: 4000 } };

/**
 * Polls an execution until it has ended, and returns how. `onEvent` gets everything that happens, in order, from a
 * server that has the history.
 *
 * @throws Interrupted when the signal is aborted before.
 */
export async function follow(
  { server, signal }: Pick<Session, 'server' | 'signal'>,
  orderid: string,
  onEvent?: (event: HistoryEvent) => void,
): Promise<ExecutionState> {
  const embedded = await server.embedded();
  const { first, longest } = pauses[embedded ? 'embedded' : 'gateway'];
  let seen = 0;
  for (let pause = first; ; pause = Math.min(pause * 1.5, longest)) {
    if (signal.aborted) throw new Interrupted();
    const {
      input: _,
      history = [],
      ...state
    }: ExecutionState & Partial<Execution> = embedded && onEvent
      ? await server.api.getExecutionHistory(orderid)
      : await server.api.getExecution(orderid);
    for (const event of history.slice(seen)) onEvent?.(event);
    if (history.length > seen) pause = first;
    seen = history.length;
    if (state.status !== 'RUNNING') return state;
    await sleep(pause, undefined, { signal }).catch(() => {
      throw new Interrupted();
    });
  }
}
