import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifiers } from '../arbitraries.ts';
import { isIdentifier } from './fields.ts';

describe('isIdentifier', () => {
  it.each(['a', 'Z', '0', '9', 'a0', 'A.b_c-9', 'a..', 'x'.repeat(64)])('accepts %j', (text) => {
    expect(isIdentifier(text)).toBe(true);
  });

  it.each(['', '.a', '_a', '-a', '..', '../x', 'a/b', 'a b', ' a', 'a ', 'a\n', 'é', 'a\u0000', 'a:b', 'x'.repeat(65)])(
    'refuses %j',
    (text) => {
      expect(isIdentifier(text)).toBe(false);
    },
  );

  it.each([undefined, null, 0, 7, true, [], ['a0'], {}])('refuses %j, which is no text', (value) => {
    expect(isIdentifier(value)).toBe(false);
  });

  it('accepts the whole alphabet and nothing outside it', () => {
    fc.assert(fc.property(identifiers, (text) => isIdentifier(text)));
    for (let code = 0; code < 0x300; code++) {
      const character = String.fromCharCode(code);
      expect(isIdentifier(`a${character}`), `a\\u${code.toString(16)}`).toBe(/[A-Za-z0-9._-]/.test(character));
      expect(isIdentifier(character), `\\u${code.toString(16)}`).toBe(/[A-Za-z0-9]/.test(character));
    }
  });
});
