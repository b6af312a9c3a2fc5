import type { Terminal } from '../terminal/terminal.ts';

/**
 * Tells the steps of a demonstration: a title and the call for people, then what came of it; one object a step under
 * `--json`.
 */
export class Narrator {
  readonly #terminal: Terminal;
  #step = 0;
  #title = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Begins a step. `why` says what there is to see. */
  begin(title: string, call: string, why: string): void {
    this.#step += 1;
    this.#title = title;
    const terminal = this.#terminal;
    if (this.#step > 1) terminal.print('');
    const heading = terminal.style('bold', `${this.#step}. ${title}`);
    terminal.print([`${heading}  ${terminal.style('cyan', call)}`, terminal.style('dim', why), '']);
  }

  /** What came of the step, for a script. Each step has one. */
  result(value: Readonly<Record<string, unknown>>): void {
    this.#terminal.record({ step: this.#step, title: this.#title, ...value });
  }
}
