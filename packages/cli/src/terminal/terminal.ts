import { once } from 'node:events';
import { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Output, Surroundings } from '../surroundings.ts';

type Format = Parameters<typeof styleText>[0];

/** Whether output to a stream is coloured. NO_COLOR and FORCE_COLOR are respected as Node.js does for its own streams. */
export function hasColours(stream: Output, env: Surroundings['env']): boolean {
  const asked = env.FORCE_COLOR !== undefined || stream.isTTY === true;
  return asked && WriteStream.prototype.getColorDepth(env) > 2;
}

/**
 * Where a command writes: results to standard output, everything else to standard error. Under `--json` results are
 * JSON only.
 */
export class Terminal {
  readonly json: boolean;
  readonly #stdout: Output;
  readonly #stderr: Output;
  readonly #signal: AbortSignal;
  readonly #colours: { readonly stdout: boolean; readonly stderr: boolean };
  /** Whether standard error is a terminal on which a line can be redrawn. */
  readonly redraws: boolean;

  constructor({ stdout, stderr, env, signal }: Surroundings, options: { readonly json: boolean }) {
    this.json = options.json;
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#signal = signal;
    this.#colours = { stdout: hasColours(stdout, env), stderr: hasColours(stderr, env) };
    this.redraws = stderr.isTTY === true && env.TERM !== 'dumb';
  }

  /** Writes one result: as a line of JSON, or as lines for people. */
  show(value: unknown, lines: () => string | readonly string[]): void {
    if (this.json) this.record(value);
    else this.print(lines());
  }

  /** Writes one result for a script; nothing otherwise. */
  record(value: unknown): void {
    if (this.json) this.#stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Writes lines for people; nothing under `--json`. */
  print(lines: string | readonly string[]): void {
    if (!this.json) this.#stdout.write(`${typeof lines === 'string' ? lines : lines.join('\n')}\n`);
  }

  /** Writes a line that is not a result. */
  note(text: string): void {
    this.redraw(`${this.style('dim', text, 'stderr')}\n`);
  }

  /** Writes to standard error as it is, without a line break. */
  redraw(text: string): void {
    this.#stderr.write(text);
  }

  /** Styles text where the output has colours. */
  style(format: Format, text: string, output: 'stdout' | 'stderr' = 'stdout'): string {
    return this.#colours[output] ? styleText(format, text, { validateStream: false }) : text;
  }

  /** Styles the label of a value. */
  readonly label = (text: string) => this.style('bold', text);

  /** How a table is laid out here: as wide as the terminal, or unlimited where there is none. */
  get layout(): { readonly heading: (text: string) => string; readonly width: number } {
    const width = (this.#stdout.isTTY && this.#stdout.columns) || Number.POSITIVE_INFINITY;
    return { heading: (text) => this.style('underline', text), width };
  }

  /** The width of standard error; 80 where the terminal does not say. */
  get statusWidth(): number {
    return this.#stderr.columns || 80;
  }

  /** Waits until standard output takes more: the reader of a pipe may be slower than we are. Ctrl-C ends the wait. */
  async drained(): Promise<void> {
    if (this.#stdout.writableNeedDrain)
      await once(this.#stdout, 'drain', { signal: this.#signal }).catch(() => undefined);
  }
}
