import { codePoints } from '@coffee/domain/arbitraries';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, localDateTime, localTime, plain } from './text.ts';

describe('plain', () => {
  it('is always one line that cannot control a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoints }), (text) => {
        expect(plain(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('keeps letters, signs and emoji of every language', () => {
    expect(plain("L'Aquila – Åre – 東京 – ☕️ 👩‍🍳")).toBe("L'Aquila – Åre – 東京 – ☕️ 👩‍🍳");
    expect(plain('one\r\ntwo\tthree')).toBe('one two three');
  });
});

describe('times', () => {
  it('are local', () => {
    const date = new Date(2026, 10, 4, 9, 5, 7, 8);
    expect(localDateTime(date)).toBe('2026-11-04 09:05:07');
    expect(localTime(date)).toBe('09:05:07.008');
  });

  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [200_000, '3 min 20 s'],
    [900_000, '15 min'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
