import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Menu } from '@coffee/domain';

type Format = Parameters<typeof styleText>[0];

type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command gets from its process, or from a test. */
export interface Surroundings {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The menu to assume for a server that does not show its own. */
  readonly menu: Menu;
}

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
  readonly #surroundings: Surroundings;
  readonly #colours;

  constructor(surroundings: Surroundings, json: boolean) {
    const { stdout, stderr, env } = surroundings;
    this.json = json;
    this.#surroundings = surroundings;
    this.#colours = { stdout: hasColours(stdout, env), stderr: hasColours(stderr, env) };
  }

  /** Writes one result: as a line of JSON, or as lines for people. */
  show(value: unknown, lines: () => string | readonly string[]): void {
    if (this.json) this.record(value);
    else this.print(lines());
  }

  /** Writes one result for a script; nothing otherwise. */
  record(value: unknown): void {
    if (this.json) this.#surroundings.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Writes lines for people; nothing under `--json`. */
  print(lines: string | readonly string[]): void {
    if (!this.json) this.#surroundings.stdout.write(`${typeof lines === 'string' ? lines : lines.join('\n')}\n`);
  }

  /** Writes a line that is not a result. */
  note(text: string): void {
    this.redraw(`${this.style('dim', text, 'stderr')}\n`);
  }

  /** Writes to standard error as it is, without a line break. */
  redraw(text: string): void {
    this.#surroundings.stderr.write(text);
  }

  style(format: Format, text: string, output: 'stdout' | 'stderr' = 'stdout'): string {
    return this.#colours[output] ? styleText(format, text, { validateStream: false }) : text;
  }

  readonly label = (text: string) => this.style('bold', text);

  /** How a table is laid out here: as wide as the terminal, or unlimited where there is none. */
  get layout(): { readonly heading: (text: string) => string; readonly width: number } {
    const { stdout } = this.#surroundings;
    const width = (stdout.isTTY && stdout.columns) || Number.POSITIVE_INFINITY;
    return { heading: (text) => this.style('underline', text), width };
  }

  /** The width of standard error when it is a terminal on which a line can be redrawn. */
  get redrawable(): number | undefined {
    const { stderr, env } = this.#surroundings;
    return stderr.isTTY === true && env.TERM !== 'dumb' ? stderr.columns || 80 : undefined;
  }

  /** Waits until standard output takes more: the reader of a pipe may be slower than we are. Ctrl-C ends the wait. */
  async drained(): Promise<void> {
    const { stdout, signal } = this.#surroundings;
    if (stdout.writableNeedDrain) await once(stdout, 'drain', { signal }).catch(() => undefined);
  }
}
