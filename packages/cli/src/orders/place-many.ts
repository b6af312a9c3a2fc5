import type { CoffeeServer } from '../client/coffee-server.ts';
import { follow } from '../executions/follow.ts';
import { Failure } from '../failures/failure.ts';
import { Interrupted } from '../failures/interrupted.ts';
import { NoAnswer } from '../failures/no-answer.ts';
import type { Job, Outcome } from './job.ts';

/** How to place many orders. */
export interface PlaceManyOptions {
  readonly server: CoffeeServer;
  /** How many are under way at once. */
  readonly concurrency: number;
  /** Whether to wait for each execution. */
  readonly wait: boolean;
  /** Ends the run: no order more is sent, and no execution waited for. */
  readonly signal: AbortSignal;
  readonly onOutcome: (job: Job, outcome: Outcome) => void | Promise<void>;
}

async function place(job: Job, { server, wait, signal }: PlaceManyOptions): Promise<Outcome> {
  if (job.failure !== undefined) return { kind: 'refused', failure: job.failure };
  let orderid: string;
  try {
    ({ orderid } = await server.place(job.order));
  } catch (error) {
    if (error instanceof Failure) return { kind: 'refused', failure: error };
    throw error;
  }
  if (!wait) return { kind: 'placed', orderid };
  try {
    return { kind: 'ended', orderid, state: await follow(server, orderid, { signal }) };
  } catch (error) {
    if (error instanceof Interrupted) return { kind: 'placed', orderid };
    if (error instanceof Failure) return { kind: 'refused', orderid, failure: error };
    throw error;
  }
}

/**
 * Places every order that the source gives, some at once. One that is refused does not end the run; a server that has
 * gone does.
 *
 * @throws NoAnswer when the server has gone, after the outcome of every order under way was told.
 */
export async function placeMany(source: AsyncIterable<Job>, options: PlaceManyOptions): Promise<void> {
  const { concurrency, signal, onOutcome } = options;
  const jobs = source[Symbol.asyncIterator]();
  let gone: NoAnswer | undefined;
  const work = async () => {
    while (gone === undefined && !signal.aborted) {
      const next = await jobs.next();
      if (next.done || signal.aborted) return;
      const outcome = await place(next.value, options);
      if (outcome.kind === 'refused' && outcome.failure instanceof NoAnswer) gone ??= outcome.failure;
      await onOutcome(next.value, outcome);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  if (gone !== undefined) throw gone;
}
