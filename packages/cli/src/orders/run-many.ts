import { NoAnswer } from '../client/patient-fetch.ts';
import { describeStatus } from '../executions/describe.ts';
import { follow } from '../executions/follow.ts';
import { exitCodes, Failure, Interrupted, UsageError } from '../failure.ts';
import { describeFailure } from '../refused.ts';
import type { Session } from '../session.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration, plain } from '../terminal/text.ts';
import type { Outcome } from './tally.ts';
import { Tally } from './tally.ts';

/** One of many orders to place: or why there is none. */
export interface Job {
  /** Where it comes from, for people, like `orders.jsonl:3`. */
  readonly label: string;
  /** The same for a script. */
  readonly origin: { readonly line: number } | { readonly number: number };
  readonly order?: unknown;
  readonly failure?: Failure;
}

interface RunManyOptions extends Session {
  /** How many are in progress at once. */
  readonly concurrency: number;
  /** Whether to wait for each execution. */
  readonly wait: boolean;
  /** How many there are, for the progress bar. When it is not known, people see each order too, not only the summary. */
  readonly total?: number;
}

async function place(job: Job, { server, wait, signal }: RunManyOptions): Promise<Outcome> {
  let orderid: string | undefined;
  try {
    if (job.failure !== undefined) throw job.failure;
    ({ orderid } = await server.place(job.order));
    return wait ? { orderid, state: await follow({ server, signal }, orderid) } : { orderid };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error instanceof Interrupted && orderid !== undefined ? { orderid } : { orderid, failure: error };
  }
}

function asLines({ label }: Job, { orderid, state, failure }: Outcome, terminal: Terminal): string {
  const lines = failure && describeFailure(failure, (text) => terminal.style('red', text)).join('\n');
  const status = state && describeStatus(state.status, terminal);
  const parts = [terminal.style('dim', plain(label)), ...(lines === undefined ? [plain(orderid), status] : [lines])];
  return parts.filter((part) => part !== undefined).join('  ');
}

/**
 * Places many orders, shows the progress, and ends with a summary. A refused order does not end the run; a server that is
 * gone does. Once the signal is aborted, no further order is sent and no execution waited for.
 */
export async function runMany(source: AsyncIterable<Job>, options: RunManyOptions): Promise<void> {
  const { terminal, wait, signal, total, concurrency } = options;
  const each = total === undefined;
  const tally = new Tally(wait);
  const bar = each || terminal.json ? undefined : new ProgressBar(total, terminal);

  const report = async (job: Job, outcome: Outcome) => {
    tally.add(outcome);
    bar?.update(tally.done, (left) => {
      const time = duration((1000 * left) / tally.rate);
      return `${tally.rate.toFixed(0)}/s  ${tally.failed} failed  ${time} left`;
    });
    if (!terminal.json && !each) return;
    const { orderid, state, failure } = outcome;
    terminal.show({ ...job.origin, orderid, ...state, problem: failure }, () => asLines(job, outcome, terminal));
    await terminal.drained();
  };

  const jobs = source[Symbol.asyncIterator]();
  let gone: NoAnswer | undefined;
  const work = async () => {
    while (gone === undefined && !signal.aborted) {
      const next = await jobs.next();
      if (next.done || signal.aborted) return;
      const outcome = await place(next.value, options);
      if (outcome.failure instanceof NoAnswer) gone ??= outcome.failure;
      await report(next.value, outcome);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    bar?.end();
    if (tally.done > 0) {
      if (each) terminal.print('');
      const reasons = each ? [] : tally.reasons();
      terminal.show({ summary: tally.summary() }, () => [...tally.counts(terminal), ...reasons]);
    }
  }
  if (gone !== undefined) throw gone;
  if (signal.aborted)
    throw new Interrupted(each ? undefined : `interrupted; ${total - tally.done} orders were not placed`);
  if (tally.done === 0) throw new UsageError('there was no order to place');
  if (tally.failed > 0)
    throw new Failure(exitCodes.failed, `${tally.failed} of ${tally.done} orders failed`, { code: 'OrdersFailed' });
}
