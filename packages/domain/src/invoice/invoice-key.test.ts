import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datedPeriods, exampleOrder, identifiers } from '../arbitraries.ts';
import type { InvoicePeriod } from './invoice.ts';
import { buildInvoiceKey, InvoiceKeyRejected, invoiceKeyOf, invoicePeriod, parseInvoiceKey } from './invoice.ts';

const refused = expect.objectContaining({
  name: 'InvoiceKeyRejected',
  code: 'InvoiceKeyRejected',
  message: 'objectKey must be year/month/accountid, the month not padded, like 2026/11/a0',
});
const periods = fc.record({ year: fc.integer({ min: 1, max: 9999 }), month: fc.integer({ min: 1, max: 12 }) });

describe('invoicePeriod', () => {
  it.each([
    ['2026-11-24 09:30:00', { year: 2026, month: 11 }],
    ['2026-12-31T23:59:59-12:00', { year: 2026, month: 12 }],
    ['2027-01-01T00:00:00+14:00', { year: 2027, month: 1 }],
    ['2000-01-01T00:00:00+23:59', { year: 2000, month: 1 }],
  ])('takes %j as written', (orderdate, period) => {
    expect(invoicePeriod(orderdate)).toEqual(period);
  });

  it('never shifts with the offset', () => {
    fc.assert(
      fc.property(datedPeriods, ({ orderdate, period }) => {
        expect(invoicePeriod(orderdate)).toEqual(period);
      }),
    );
  });

  it.each(['', '2026-11-24', '2026-02-30 00:00:00'])('refuses %j, which is not an order date', (text) => {
    expect(() => invoicePeriod(text)).toThrow(new RangeError(`orderdate ${JSON.stringify(text)} is not a date`));
  });
});

describe('buildInvoiceKey', () => {
  it.each<[InvoicePeriod, string]>([
    [{ year: 2026, month: 11 }, '2026/11/a0'],
    [{ year: 2026, month: 1 }, '2026/1/a0'],
    [{ year: 1, month: 12 }, '0001/12/a0'],
    [{ year: 9999, month: 10 }, '9999/10/a0'],
  ])('builds the key of %j', (period, objectKey) => {
    expect(buildInvoiceKey('a0', period)).toEqual({ objectKey, accountid: 'a0', period });
  });

  it('builds keys that parse back to themselves', () => {
    fc.assert(
      fc.property(identifiers, periods, (accountid, period) => {
        const key = buildInvoiceKey(accountid, period);
        expect(key.accountid).toBe(accountid);
        expect(key.period).toEqual(period);
        expect(parseInvoiceKey(key.objectKey)).toEqual(key);
      }),
    );
  });

  it('builds different keys for different invoices', () => {
    const parts = fc.tuple(fc.constantFrom('1', '11', '1.1', '2026'), periods);
    fc.assert(
      fc.property(parts, parts, ([a, aPeriod], [b, bPeriod]) => {
        const same = a === b && aPeriod.year === bPeriod.year && aPeriod.month === bPeriod.month;
        expect(buildInvoiceKey(a, aPeriod).objectKey === buildInvoiceKey(b, bPeriod).objectKey).toBe(same);
      }),
    );
  });

  it.each<[string, InvoicePeriod]>([
    ['../x', { year: 2026, month: 11 }],
    ['a/b', { year: 2026, month: 11 }],
    ['', { year: 2026, month: 11 }],
    ['a0', { year: 0, month: 11 }],
    ['a0', { year: 10_000, month: 11 }],
    ['a0', { year: -1, month: 11 }],
    ['a0', { year: 2026.5, month: 11 }],
    ['a0', { year: 2026, month: 0 }],
    ['a0', { year: 2026, month: 13 }],
    ['a0', { year: 2026, month: 1.5 }],
    ['a0', { year: Number.NaN, month: 1 }],
  ])('refuses %j in %j', (accountid, period) => {
    expect(() => buildInvoiceKey(accountid, period)).toThrow(refused);
  });
});

describe('invoiceKeyOf', () => {
  it('is the account in the month of the order date', () => {
    expect(invoiceKeyOf(exampleOrder)).toEqual(parseInvoiceKey('2026/11/a0'));
    expect(invoiceKeyOf({ accountid: 'b.1', orderdate: '2026-01-01T00:00:00+14:00' }).objectKey).toBe('2026/1/b.1');
  });
});

describe('parseInvoiceKey', () => {
  it('reads the parts', () => {
    expect(parseInvoiceKey('2026/11/a0')).toEqual({
      objectKey: '2026/11/a0',
      accountid: 'a0',
      period: { year: 2026, month: 11 },
    });
  });

  it.each([
    ...[
      '',
      'x',
      '/',
      '//',
      '2026/11',
      '2026/11/',
      '2026//a0',
      '/2026/11/a0',
      '2026/11/a0/',
      '2026/11/a0/b',
      'x2026/11/a0',
    ],
    ...['2026/01/a0', '2026/0/a0', '2026/13/a0', '2026/111/a0', '0000/11/a0', '226/11/a0', '20261/11/a0', '2026-11-a0'],
    ...[
      '2026/11/../x',
      '2026/11/..',
      '2026/11/a b',
      '2026/11/a0\n',
      '\n2026/11/a0',
      '2026/11/é',
      `2026/11/${'x'.repeat(65)}`,
    ],
  ])('refuses %j', (text) => {
    expect(() => parseInvoiceKey(text)).toThrow(refused);
    expect(() => parseInvoiceKey(text)).toThrow(InvoiceKeyRejected);
  });

  it('refuses any other text, or gives it back unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,5}\/\d{1,3}\/[a.\-/ ]{0,4}$/)), (text) => {
        const parse = () => parseInvoiceKey(text);
        if (/^(?!0000)\d{4}\/([1-9]|1[012])\/[a-zA-Z0-9][\w.-]{0,63}$/.test(text)) expect(parse().objectKey).toBe(text);
        else expect(parse).toThrow(refused);
      }),
    );
  });
});
