import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, ExecutionState, HistoryEvent } from '@coffee/api';
import { Interrupted } from '../failure.ts';
import type { Session } from '../session.ts';

/** Milliseconds between two looks. Step Functions lets an account describe ten executions a second. */
const pauses = { embedded: { first: 20, longest: 400 }, gateway: { first: 500, longest: 4000 } };

/** The state of an order; of one that failed also the cause, from a server that tells it. */
export async function readState(server: Session['server'], orderid: string): Promise<ExecutionState> {
  const state = await server.api.getExecution(orderid);
  if (state.status !== 'FAILED' || !(await server.embedded())) return state;
  const { cause } = await server.api.getExecutionHistory(orderid);
  return cause === undefined ? state : { ...state, cause };
}

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
      : await readState(server, orderid);
    for (const event of history.slice(seen)) onEvent?.(event);
    if (history.length > seen) pause = first;
    seen = history.length;
    if (state.status !== 'RUNNING') return state;
    await sleep(pause, undefined, { signal }).catch(() => {
      throw new Interrupted();
    });
  }
}
