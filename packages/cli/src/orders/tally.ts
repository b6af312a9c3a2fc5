import type { ExecutionState } from '@coffee/api';
import { describeError } from '../executions/describe.ts';
import type { Failure } from '../failure.ts';
import { Refused } from '../failure.ts';
import { fields } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration, plain } from '../terminal/text.ts';

/** What became of one of many orders. Without a state, its execution was not waited for. */
export interface Outcome {
  readonly orderid?: string | undefined;
  readonly state?: ExecutionState;
  /** Why it was not placed, or could not be followed. */
  readonly failure?: Failure;
}

/** Why an order failed; `undefined` when it did not. */
function reasonOf({ state, failure }: Outcome): string | undefined {
  if (failure !== undefined) return `${failure instanceof Refused ? `${failure.label}: ` : ''}${failure.message}`;
  if (state === undefined || state.status === 'SUCCEEDED') return undefined;
  return `the execution ended ${state.status}, ${describeError(state) ?? 'no reason given'}`;
}

/** Counts what became of many orders, and measures the time they took. */
export class Tally {
  readonly #startedAt = performance.now();
  readonly #wait: boolean;
  /** What went wrong, how often, and an order that it happened to, when it has an id. */
  readonly #reasons = new Map<string, { count: number; readonly example: string | undefined }>();
  /** Orders whose outcome is known. */
  done = 0;
  #placed = 0;
  #succeeded = 0;
  failed = 0;

  constructor(wait: boolean) {
    this.#wait = wait;
  }

  get #milliseconds(): number {
    return performance.now() - this.#startedAt;
  }

  /** Orders a second. */
  get rate(): number {
    return (1000 * this.done) / Math.max(1, this.#milliseconds);
  }

  add(outcome: Outcome): void {
    const { orderid: example, state } = outcome;
    const text = reasonOf(outcome);
    this.done += 1;
    if (example !== undefined) this.#placed += 1;
    if (text === undefined) {
      if (state !== undefined) this.#succeeded += 1;
      return;
    }
    this.failed += 1;
    const reason = this.#reasons.get(text) ?? { count: 0, example };
    this.#reasons.set(text, { ...reason, count: reason.count + 1 });
  }

  /** The counts for a script. */
  summary(): Readonly<Record<string, number>> {
    return {
      placed: this.#placed,
      ...(this.#wait ? { succeeded: this.#succeeded } : {}),
      failed: this.failed,
      seconds: Math.round(this.#milliseconds) / 1000,
      ordersPerSecond: Math.round(10 * this.rate) / 10,
    };
  }

  /** The counts for people. */
  counts(terminal: Terminal): string[] {
    const unfinished = this.done - this.#succeeded - this.failed;
    const rate = this.rate.toFixed(this.rate < 10 ? 1 : 0);
    return fields(terminal.label, [
      ['Placed', String(this.#placed)],
      ['Succeeded', this.#wait ? terminal.style('green', String(this.#succeeded)) : undefined],
      ['Failed', this.failed === 0 ? '0' : terminal.style('red', String(this.failed))],
      ['Not waited for', this.#wait && unfinished > 0 ? String(unfinished) : undefined],
      ['Executions', this.#wait ? undefined : 'not waited for; add --wait to wait'],
      ['Took', `${duration(this.#milliseconds)}, ${rate} orders a second`],
    ]);
  }

  /** Why orders failed, the five most frequent reasons. */
  reasons(): string[] {
    const reasons = [...this.#reasons].sort(([, one], [, other]) => other.count - one.count).slice(0, 5);
    const lines = reasons.map(([text, { count, example }]) => {
      return `${count} x ${plain(text)}${example === undefined ? '' : `, order ${plain(example)} for example`}`;
    });
    return lines.length === 0 ? [] : ['', ...lines, ''];
  }
}
