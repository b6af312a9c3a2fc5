import { cut } from './table.ts';
import type { Terminal } from './terminal.ts';

const milliseconds = 80;
const width = 30;
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearLine = '\r\u001b[2K';

/** A line on standard error that is redrawn as work goes on; nothing where there is no terminal. */
export class ProgressBar {
  readonly #total: number;
  readonly #terminal: Terminal;
  #drawnAt = 0;

  constructor(total: number, terminal: Terminal) {
    this.#total = total;
    this.#terminal = terminal;
    this.#write(hideCursor);
  }

  #write(text: string): void {
    if (this.#terminal.redraws) this.#terminal.redraw(text);
  }

  /** Draws the bar, unless it was drawn a moment ago. */
  update(done: number, text: string): void {
    if (Date.now() - this.#drawnAt < milliseconds && done < this.#total) return;
    this.#drawnAt = Date.now();
    const filled = Math.round((width * done) / Math.max(1, this.#total));
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
    const line = cut(`${bar} ${done}/${this.#total}  ${text}`, this.#terminal.statusWidth);
    const styled = this.#terminal.style('green', line.slice(0, width), 'stderr');
    this.#write(`${clearLine}${styled}${line.slice(width)}`);
  }

  /** Takes the bar off the screen. */
  end(): void {
    this.#write(`${clearLine}${showCursor}`);
  }
}
