import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney } from './money.ts';

const cents = fc.integer({ min: 0, max: 999_999_999_999_999 });

describe('parseMoney', () => {
  it.each([
    ['0', 0],
    ['0.0', 0],
    ['0.01', 1],
    ['0.1', 10],
    ['3.5', 350],
    ['3.50', 350],
    ['3.05', 305],
    ['4', 400],
    ['10', 1000],
    ['9999999999999.99', 999_999_999_999_999],
  ])('reads %j as %d cents', (text, expected) => {
    expect(parseMoney(text)).toBe(expected);
  });

  it.each([
    ...[
      '',
      ' ',
      '.',
      '.5',
      '3.',
      '04',
      '00',
      '3.500',
      '+4',
      '-4',
      '-0',
      '4e0',
      '0x4',
      ' 4',
      '4 ',
      '4\n',
      '3,5',
      '1,000',
    ],
    ...['NaN', 'Infinity', '٤', '3.5 AUD', '3.5.0', '10000000000000'],
  ])('refuses %j and says so', (text) => {
    expect(() => parseMoney(text)).toThrow(
      new RangeError(
        `money must be a decimal string with at most two places, like "3.50", not ${JSON.stringify(text)}`,
      ),
    );
  });
});

describe('formatMoney', () => {
  it.each([
    [0, '0.00'],
    [-0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [99, '0.99'],
    [100, '1.00'],
    [800, '8.00'],
    [123_456, '1234.56'],
    [Number.MAX_SAFE_INTEGER, '90071992547409.91'],
  ])('writes %d cents as %j', (amount, expected) => {
    expect(formatMoney(amount)).toBe(expected);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])('refuses %d', (amount) => {
    expect(() => formatMoney(amount)).toThrow(
      new RangeError(`money must be a whole, non-negative number of cents, not ${amount}`),
    );
  });
});

describe('money', () => {
  it('comes back as it was written, with two places always', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        expect(formatMoney(amount)).toMatch(/^(0|[1-9]\d*)\.\d\d$/);
        expect(parseMoney(formatMoney(amount))).toBe(amount);
      }),
    );
  });
});
