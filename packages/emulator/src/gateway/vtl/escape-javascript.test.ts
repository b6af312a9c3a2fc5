import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeJavaScript } from './escape-javascript.ts';

it('escapes as Commons Lang does', () => {
  expect(escapeJavaScript(`it's "q" \\ / \b\n\t\f\r \u0001\u001f\u007f\u0080\u00ff\u2028é😀`)).toBe(
    `it\\'s \\"q\\" \\\\ \\/ \\b\\n\\t\\f\\r \\u0001\\u001F\u007f\\u0080\\u00FF\\u2028\\u00E9\\uD83D\\uDE00`,
  );
});

it('is JSON once the apostrophes are repaired, for every string, well formed or not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.integer({ min: 0, max: 0xffff })), (text, units) => {
      for (const given of [text, String.fromCharCode(...units)]) {
        expect(JSON.parse(`"${escapeJavaScript(given).replaceAll("\\'", "'")}"`)).toBe(given);
      }
    }),
  );
});

it('is no JSON before that', () => {
  expect(() => JSON.parse(`"${escapeJavaScript("L'Aquila")}"`)).toThrow(SyntaxError);
});
