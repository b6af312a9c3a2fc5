import { NoAnswer } from '../client/patient-fetch.ts';
import { describeStatus } from '../executions/describe.ts';
import { follow } from '../executions/follow.ts';
import { describeFailure, exitCodes, Failure, Interrupted, UsageError } from '../failure.ts';
import type { Session } from '../session.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration, plain } from '../terminal/text.ts';
import type { Job } from './jobs.ts';
import type { Outcome } from './tally.ts';
import { Tally } from './tally.ts';

interface RunManyOptions extends Session {
  /** How many are in progress at once. */
  readonly concurrency: number;
  readonly wait: boolean;
  /** How many there are, for the progress bar. When it is not known, people see each order too, not only the summary. */
  readonly total?: number;
}

async function place(job: Job, session: RunManyOptions): Promise<Outcome> {
  if (job.failure !== undefined) return { failure: job.failure };
  let orderid: string | undefined;
  try {
    ({ orderid } = await session.server.place(job.order));
    return session.wait ? { orderid, state: await follow(session, orderid) } : { orderid };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error instanceof Interrupted && orderid !== undefined ? { orderid } : { orderid, failure: error };
  }
}

function describeOutcome(label: string, { orderid, state, failure }: Outcome, terminal: Terminal): string {
  const placed = () => (state ? [plain(orderid), describeStatus(state.status, terminal)] : [plain(orderid)]);
  const what = failure ? [describeFailure(failure, (text) => terminal.style('red', text)).join('\n')] : placed();
  return [terminal.style('dim', plain(label)), ...what].join('  ');
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
  const jobs = source[Symbol.asyncIterator]();
  let gone: NoAnswer | undefined;

  async function work(): Promise<void> {
    while (gone === undefined && !signal.aborted) {
      const { done, value: job } = await jobs.next();
      if (done || signal.aborted) return;
      const outcome = await place(job, options);
      const { orderid, state, failure } = outcome;
      if (failure instanceof NoAnswer) gone ??= failure;
      tally.add(outcome);
      bar?.update(tally.done, (left) => {
        const time = duration((1000 * left) / tally.rate);
        return `${tally.rate.toFixed(0)}/s  ${tally.failed} failed  ${time} left`;
      });
      if (!terminal.json && !each) continue;
      const result = { ...job.origin, orderid, ...state, problem: failure };
      terminal.show(result, () => describeOutcome(job.label, outcome, terminal));
      await terminal.drained();
    }
  }

  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    bar?.end();
    if (tally.done > 0) {
      if (each) terminal.print('');
      terminal.show({ summary: tally.summary() }, () => [...tally.counts(terminal), ...(each ? [] : tally.reasons())]);
    }
  }
  if (gone !== undefined) throw gone;
  if (signal.aborted)
    throw new Interrupted(each ? undefined : `interrupted; ${total - tally.done} orders were not placed`);
  if (tally.done === 0) throw new UsageError('there was no order to place');
  if (tally.failed > 0)
    throw new Failure(exitCodes.failed, `${tally.failed} of ${tally.done} orders failed`, { code: 'OrdersFailed' });
}
