import type { ExecutionState } from '@coffee/api';
import { NoAnswer } from '../client/patient-fetch.ts';
import { follow } from '../executions/follow.ts';
import { Failure, Interrupted } from '../failure.ts';
import type { Session } from '../session.ts';

/** One of many orders to place: or why there is none. */
export interface Job {
  /** Where it comes from, for people, like `orders.jsonl:3`. */
  readonly label: string;
  /** The same for a script. */
  readonly origin: { readonly line: number } | { readonly number: number };
  readonly order?: unknown;
  readonly failure?: Failure;
}

/** What became of one of many orders. `placed` means that its execution was not waited for. */
export type Outcome =
  | { readonly kind: 'placed'; readonly orderid: string }
  | { readonly kind: 'ended'; readonly orderid: string; readonly state: ExecutionState }
  | { readonly kind: 'refused'; readonly orderid?: string; readonly failure: Failure };

/** How to place many orders. */
export interface PlaceManyOptions extends Pick<Session, 'server' | 'signal'> {
  /** How many are in progress at once. */
  readonly concurrency: number;
  /** Whether to wait for each execution. */
  readonly wait: boolean;
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
    return { kind: 'ended', orderid, state: await follow({ server, signal }, orderid) };
  } catch (error) {
    if (error instanceof Interrupted) return { kind: 'placed', orderid };
    if (error instanceof Failure) return { kind: 'refused', orderid, failure: error };
    throw error;
  }
}

/**
 * Places every order of the source, some at once. A refused order does not end the run; a server that is gone does. Once
 * the signal is aborted, no further order is sent and no execution waited for.
 *
 * @throws NoAnswer when the server is gone, after the outcome of every order in progress was reported.
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
