import { describeStatus } from '../executions/describe.ts';
import { exitCodes, Failure, Interrupted, UsageError } from '../failure.ts';
import { describeFailure } from '../refused.ts';
import type { Session } from '../session.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration, plain } from '../terminal/text.ts';
import type { Job, Outcome } from './place-many.ts';
import { placeMany } from './place-many.ts';
import { Tally } from './tally.ts';

/** How to place many orders, and what to report. */
export interface RunManyOptions extends Session {
  readonly concurrency: number;
  readonly wait: boolean;
  /** How many there are, when that is known: for the progress bar. */
  readonly total?: number;
  /** Whether people see each order too, not only the summary. */
  readonly each?: boolean;
}

function asJson({ origin }: Job, outcome: Outcome): unknown {
  if (outcome.kind === 'placed') return { ...origin, orderid: outcome.orderid };
  if (outcome.kind === 'ended') return { ...origin, ...outcome.state };
  const { orderid, failure } = outcome;
  return { ...origin, ...(orderid === undefined ? {} : { orderid }), problem: failure };
}

function asLines({ label }: Job, outcome: Outcome, terminal: Terminal): string {
  const start = `${terminal.style('dim', plain(label))}  `;
  if (outcome.kind === 'placed') return `${start}${plain(outcome.orderid)}`;
  if (outcome.kind === 'ended')
    return `${start}${plain(outcome.orderid)}  ${describeStatus(outcome.state.status, terminal)}`;
  return `${start}${describeFailure(outcome.failure, (text) => terminal.style('red', text)).join('\n')}`;
}

/**
 * Places many orders, shows the progress, and ends with a summary.
 *
 * @throws Failure when one of them failed, UsageError when there was none, Interrupted after Ctrl-C.
 */
export async function runMany(source: AsyncIterable<Job>, options: RunManyOptions): Promise<void> {
  const { terminal, wait, signal, total, each = false } = options;
  const tally = new Tally({ wait });
  const bar = total === undefined || terminal.json ? undefined : new ProgressBar(total, terminal);
  const onOutcome = async (job: Job, outcome: Outcome) => {
    tally.add(outcome);
    if (bar !== undefined && total !== undefined) {
      const left = duration((1000 * (total - tally.done)) / tally.rate);
      bar.update(tally.done, `${tally.rate.toFixed(0)}/s  ${tally.failed} failed  ${left} left`);
    }
    if (!terminal.json && !each) return;
    terminal.show(asJson(job, outcome), () => asLines(job, outcome, terminal));
    await terminal.drained();
  };
  try {
    await placeMany(source, { ...options, onOutcome });
  } finally {
    bar?.end();
    if (tally.done > 0) {
      if (each) terminal.print('');
      terminal.show({ summary: tally.summary() }, () =>
        each ? tally.counts(terminal) : [...tally.counts(terminal), ...tally.reasons()],
      );
    }
  }
  if (signal.aborted)
    throw new Interrupted(
      total === undefined ? undefined : `interrupted; ${total - tally.done} orders were not placed`,
    );
  if (tally.done === 0) throw new UsageError('there was no order to place');
  if (tally.failed > 0)
    throw new Failure(exitCodes.failed, `${tally.failed} of ${tally.done} orders failed`, { code: 'OrdersFailed' });
}
