import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from './plain.ts';

describe('plain', () => {
  it('is always one line that can steer no terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plain(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('keeps letters, signs and emoji of every language', () => {
    expect(plain("L'Aquila – Åre – 東京 – ☕️ 👩‍🍳")).toBe("L'Aquila – Åre – 東京 – ☕️ 👩‍🍳");
    expect(plain('one\r\ntwo\tthree')).toBe('one two three');
  });
});
