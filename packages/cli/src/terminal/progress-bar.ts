import { styleText } from 'node:util';
import { cut } from './table.ts';

const milliseconds = 80;
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearLine = '\r\u001b[2K';

/** A line on a terminal's standard error that is drawn over and over; nothing where there is no terminal. */
export class ProgressBar {
  readonly #total: number;
  readonly #shown = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  #drawnAt = 0;

  constructor(total: number) {
    this.#total = total;
    if (this.#shown) process.stderr.write(hideCursor);
  }

  /** Draws the bar, unless it was drawn a moment ago. */
  update(done: number, text: string): void {
    if (!this.#shown || (Date.now() - this.#drawnAt < milliseconds && done < this.#total)) return;
    this.#drawnAt = Date.now();
    const width = 30;
    const filled = Math.round((width * done) / Math.max(1, this.#total));
    const line = cut(
      `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${this.#total}  ${text}`,
      process.stderr.columns || 80, // some terminals do not tell
    );
    const bar = styleText('green', line.slice(0, width), { stream: process.stderr });
    process.stderr.write(`${clearLine}${bar}${line.slice(width)}`);
  }

  /** Takes the bar off the screen. */
  end(): void {
    if (this.#shown) process.stderr.write(`${clearLine}${showCursor}`);
  }
}
