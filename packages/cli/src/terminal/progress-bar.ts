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
    if (terminal.redrawable) terminal.redraw(hideCursor);
  }

  /** Draws the bar, unless it was drawn a moment ago. */
  update(done: number, describe: (left: number) => string): void {
    const columns = this.#terminal.redrawable;
    if (columns === undefined || (Date.now() - this.#drawnAt < milliseconds && done < this.#total)) return;
    this.#drawnAt = Date.now();
    const filled = Math.round((width * done) / this.#total);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
    const line = cut(`${bar} ${done}/${this.#total}  ${describe(this.#total - done)}`, columns);
    const styled = this.#terminal.style('green', line.slice(0, width), 'stderr');
    this.#terminal.redraw(`${clearLine}${styled}${line.slice(width)}`);
  }

  /** Takes the bar off the screen. */
  end(): void {
    if (this.#terminal.redrawable) this.#terminal.redraw(`${clearLine}${showCursor}`);
  }
}
