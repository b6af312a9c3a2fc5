import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/**
 * Where a command writes: results to standard output, all else to standard error. Under `--json` results are JSON
 * only.
 */
export class Terminal {
  readonly json: boolean;

  constructor(options: { readonly json: boolean }) {
    this.json = options.json;
  }

  /** Writes one result: as a line of JSON, or as the lines for people. */
  show(value: unknown, lines: () => string | readonly string[]): void {
    if (this.json) this.record(value);
    else this.print(lines());
  }

  /** Writes one result for a script; nothing otherwise. */
  record(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Writes lines for people; nothing under `--json`. */
  print(lines: string | readonly string[]): void {
    if (!this.json) process.stdout.write(`${typeof lines === 'string' ? lines : lines.join('\n')}\n`);
  }

  /** Tells something that is no result. */
  note(text: string): void {
    process.stderr.write(`${styleText('dim', text, { stream: process.stderr })}\n`);
  }

  /** Styles a part of a result, where standard output can show it. NO_COLOR and FORCE_COLOR are heeded. */
  style(format: Format, text: string): string {
    return styleText(format, text, { stream: process.stdout });
  }

  /** How wide a line may be; as wide as it likes where nobody sees it. */
  get columns(): number {
    return (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY;
  }

  /** How a table is laid out here. */
  get layout(): { readonly heading: (text: string) => string; readonly width: number } {
    return { heading: (text) => this.style('underline', text), width: this.columns };
  }

  /** Waits until standard output takes more: the reader of a pipe may be slower than we are. */
  async drained(): Promise<void> {
    if (process.stdout.writableNeedDrain) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}
