import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionState, HistoryEvent } from '../client/answers.ts';
import type { CoffeeServer } from '../client/coffee-server.ts';
import { Interrupted } from '../failures/interrupted.ts';

/** Step Functions lets an account describe ten executions a second. */
const pauses = { embedded: { first: 20, longest: 400 }, gateway: { first: 500, longest: 4000 } };

/** How to follow an execution. */
export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** Told of everything that happens, in order, when the server tells it. */
  readonly onEvent?: (event: HistoryEvent) => void;
}

/**
 * Looks at an execution again and again until it has ended, and answers how.
 *
 * @throws Interrupted when the signal is aborted before.
 */
export async function follow(
  server: CoffeeServer,
  orderid: string,
  options: FollowOptions = {},
): Promise<ExecutionState> {
  const { signal, onEvent } = options;
  const embedded = await server.embedded();
  const { first, longest } = pauses[embedded ? 'embedded' : 'gateway'];
  let seen = 0;
  for (let pause = first; ; pause = Math.min(pause * 1.5, longest)) {
    if (signal?.aborted) throw new Interrupted();
    let state: ExecutionState;
    if (embedded && onEvent !== undefined) {
      const { history, input: _, ...told } = await server.execution(orderid);
      for (const event of history.slice(seen)) onEvent(event);
      if (history.length > seen) pause = first;
      seen = Math.max(seen, history.length);
      state = told;
    } else {
      state = await server.state(orderid);
    }
    if (state.status !== 'RUNNING') return state;
    await sleep(pause, undefined, signal === undefined ? {} : { signal }).catch(() => {
      throw new Interrupted();
    });
  }
}
