import type { Terminal } from './terminal.ts';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON on several lines, its keys, texts and numbers in colours of their own where the terminal has colours. */
export function renderJson(value: unknown, terminal: Terminal): string {
  return JSON.stringify(value, null, 2).replace(token, (all: string, text?: string, colon?: string) => {
    if (colon !== undefined) return `${terminal.style('cyan', text ?? '')}${colon}`;
    return terminal.style(text === undefined ? 'yellow' : 'green', all);
  });
}
