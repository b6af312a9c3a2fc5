import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from './render-json.ts';
import { Terminal } from './terminal.ts';

/** Colours, wherever the test runs. */
class ColourTerminal extends Terminal {
  override style(_format: unknown, text: string): string {
    return `<${text}>`;
  }
}

describe('renderJson', () => {
  it('colours keys, texts, numbers and words apart', () => {
    const text = renderJson({ 'a "key"': ['1: "x"', -1.5e30, true, null] }, new ColourTerminal({ json: false }));
    expect(text.replaceAll(/\s+/g, ' ')).toBe('{ <"a \\"key\\"">: [ <"1: \\"x\\"">, <-1.5e+30>, <true>, <null> ] }');
  });

  it('is always the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = renderJson(value, new Terminal({ json: false }));
        expect(JSON.parse(stripVTControlCharacters(text))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
