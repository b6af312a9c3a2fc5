import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney, spellingsOf } from './money.ts';

const amounts = fc.maxSafeNat();
const currencies = fc.constantFrom('AUD', 'JPY', 'KWD', 'CLF');

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
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('reads %j as %d cents', (text, expected) => {
    expect(parseMoney(text, 'AUD')).toBe(expected);
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
    ...['NaN', 'Infinity', '٤', '3.5 AUD', '3.5.0', '90071992547409.92', '10000000000000000'],
  ])('refuses %j and says so', (text) => {
    expect(() => parseMoney(text, 'AUD')).toThrow(
      new RangeError(`An amount of AUD must be a decimal string with at most 2 places, not ${JSON.stringify(text)}.`),
    );
  });

  it.each([
    ['JPY', '800', 800],
    ['KWD', '0.8', 800],
    ['KWD', '0.001', 1],
    ['CLF', '1.2345', 12_345],
    ['XYZ', '1.25', 125],
  ])('knows the decimal places of %s', (currency, text, expected) => {
    expect(parseMoney(text, currency)).toBe(expected);
  });

  it.each([
    ['JPY', '800.0', 'An amount of JPY must be a whole number, not "800.0".'],
    ['KWD', '0.0001', 'An amount of KWD must be a decimal string with at most 3 places, not "0.0001".'],
  ])('refuses a decimal place too many in %s', (currency, text, message) => {
    expect(() => parseMoney(text, currency)).toThrow(new RangeError(message));
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
    expect(formatMoney(amount, 'AUD')).toBe(expected);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])('refuses %d', (amount) => {
    expect(() => formatMoney(amount, 'AUD')).toThrow(
      new RangeError(`An amount must be a non-negative whole number of minor units, not ${amount}.`),
    );
  });

  it.each([
    ['JPY', 800, '800'],
    ['JPY', 0, '0'],
    ['KWD', 800, '0.800'],
    ['KWD', 12_345, '12.345'],
  ])('writes the decimal places of %s', (currency, amount, expected) => {
    expect(formatMoney(amount, currency)).toBe(expected);
  });
});

describe('spellingsOf', () => {
  it.each([
    ['3.5', 'AUD', 3.5, ['3.50', '3.5']],
    ['4', 'AUD', 4, ['4.00', '4.0', '4']],
    ['3.25', 'AUD', 3.25, ['3.25']],
    ['800', 'JPY', 800, ['800']],
    ['0.8', 'KWD', 0.8, ['0.800', '0.80', '0.8']],
  ])('lists every way to write %s %s', (amount, currency, number, texts) => {
    expect(spellingsOf(amount, currency)).toEqual({ number, texts });
  });
});

describe('money', () => {
  it('comes back as it was written, with the decimal places of its currency', () => {
    fc.assert(
      fc.property(amounts, currencies, (amount, currency) => {
        const text = formatMoney(amount, currency);
        expect(parseMoney(text, currency)).toBe(amount);
        expect(text.split('.')[1]?.length ?? 0).toBe({ AUD: 2, JPY: 0, KWD: 3, CLF: 4 }[currency]);
      }),
    );
  });
});
