import { isOrderDate } from '@coffee/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, localDateTime, localTime, plain, pythonDateTime } from './text.ts';

describe('plain', () => {
  it('is always one line that cannot control a terminal', () => {
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

describe('times', () => {
  it('are local', () => {
    const date = new Date(2026, 10, 4, 9, 5, 7, 8);
    expect(localDateTime(date)).toBe('2026-11-04 09:05:07');
    expect(localTime(date)).toBe('09:05:07.008');
  });

  it('are printed for Python as an order date, with six places of a second', () => {
    const date = fc.date({ min: new Date(2000, 0, 2), max: new Date(2099, 11, 30), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.nat(999), (date, microseconds) => {
        const text = pythonDateTime(date, microseconds);
        expect(text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
        expect(isOrderDate(text)).toBe(true);
        expect(new Date(text.slice(0, 23).replace(' ', 'T')).getTime()).toBe(date.getTime());
        expect(Number(text.slice(-3))).toBe(microseconds);
      }),
    );
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
