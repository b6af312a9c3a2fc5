import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Terminal } from '../terminal/terminal.ts';
import { surroundingsOf } from '../test-support/run-coffee.ts';
import { renderJson } from './demo.ts';

const terminal = new Terminal(surroundingsOf().surroundings, false);
const marking: Terminal = Object.assign(Object.create(terminal), { style: (_: unknown, text: string) => `<${text}>` });

describe('renderJson', () => {
  it('colours keys, texts, numbers and words apart', () => {
    const text = renderJson({ 'a "key"': ['1: "x"', -1.5e30, true, null] }, marking);
    expect(text.replaceAll(/\s+/g, ' ')).toBe('{ <"a \\"key\\"">: [ <"1: \\"x\\"">, <-1.5e+30>, <true>, <null> ] }');
  });

  it('is always the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = renderJson(value, terminal);
        expect(JSON.parse(stripVTControlCharacters(text))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
