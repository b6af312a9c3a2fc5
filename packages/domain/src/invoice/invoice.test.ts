import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleOrder, linesOfOneInvoice } from '../arbitraries.ts';
import { invoiceLineOf, placeOrder } from '../pricing/placed-order.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import {
  addLine,
  assertLineBelongs,
  emptyInvoice,
  InvoiceLineRejected,
  invoiceOf,
  isSameLine,
  parseInvoiceKey,
  totalsOf,
} from './invoice.ts';

const key = parseInvoiceKey('2026/11/a0');
const empty = emptyInvoice(key);
const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: exampleOrder });
const line = invoiceLineOf(placed);
const addAll = (lines: readonly InvoiceLine[]): Invoice => lines.reduce(addLine, empty);
const shuffled = linesOfOneInvoice.chain((lines) =>
  fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
);
/** The same value with the keys of every object reversed. */
function reversed<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, reversed(inner)]);
  return Object.fromEntries(entries.reverse());
}

describe('emptyInvoice', () => {
  it('has no lines and no totals', () => {
    expect(empty).toEqual({
      objectKey: '2026/11/a0',
      accountid: 'a0',
      period: { year: 2026, month: 11 },
      lines: [],
      totals: [],
    });
  });
});

describe('invoiceLineOf', () => {
  it('keeps the order as it was sent', () => {
    expect(line).toEqual({
      orderid: 'o1',
      acceptedAt: '2026-11-24T09:30:00.000Z',
      order: exampleOrder,
      amount: '7.00',
      currency: 'AUD',
    });
  });
});

describe('addLine', () => {
  it('adds the line and its amount without changing its arguments', () => {
    const before = structuredClone(empty);
    const one = addLine(empty, line);
    expect(one).toEqual({ ...empty, lines: [line], totals: [{ currency: 'AUD', total: '7.00' }] });
    expect(empty).toEqual(before);
    const two = addLine(one, { ...line, orderid: 'o2' });
    expect(two).toEqual({
      ...empty,
      lines: [line, { ...line, orderid: 'o2' }],
      totals: [{ currency: 'AUD', total: '14.00' }],
    });
    expect(one.lines).toEqual([line]);
  });

  it('gives the same invoice for any order of the lines, oldest first', () => {
    fc.assert(
      fc.property(shuffled, ([lines, others]) => {
        const invoice = addAll(lines);
        expect(addAll(others)).toEqual(invoice);
        expect(invoiceOf(key, others)).toEqual(invoice);
        const places = invoice.lines.map(({ acceptedAt, orderid }) => `${acceptedAt} ${orderid}`);
        expect(places).toEqual([...places].sort());
        expect(invoice.lines).toHaveLength(lines.length);
      }),
    );
  });

  it('totals each currency separately, to the minor unit, for any order of the lines', () => {
    fc.assert(
      fc.property(shuffled, ([lines, others]) => {
        const { totals } = addAll(others);
        expect(totals.map(({ currency }) => currency)).toEqual([...new Set(lines.map((each) => each.currency))].sort());
        for (const { currency, total } of totals) {
          const sum = lines
            .filter((each) => each.currency === currency)
            .reduce((all, each) => all + minorUnits(each.amount), 0);
          expect(minorUnits(total)).toBe(sum);
        }
      }),
    );
  });

  it('puts two currencies of one month on one invoice', () => {
    const euro = { ...line, orderid: 'o2', amount: '2.80', currency: 'EUR' };
    const yen = { ...line, orderid: 'o3', amount: '800', currency: 'JPY' };
    expect(addAll([yen, line, euro]).totals).toEqual([
      { currency: 'AUD', total: '7.00' },
      { currency: 'EUR', total: '2.80' },
      { currency: 'JPY', total: '800' },
    ]);
  });

  it('adding a line twice is adding it once', () => {
    fc.assert(
      fc.property(linesOfOneInvoice, (lines) => {
        const invoice = addAll(lines);
        for (const again of lines) expect(addLine(invoice, reversed(structuredClone(again)))).toBe(invoice);
        expect(addAll([...lines, ...lines])).toEqual(invoice);
      }),
    );
  });

  it.each<[string, Partial<InvoiceLine>]>([
    ['acceptance', { acceptedAt: '2026-11-24T09:30:00.001Z' }],
    ['amount', { amount: '7.01' }],
    ['currency', { currency: 'EUR' }],
    ['city', { order: { ...exampleOrder, city: 'Perth' } }],
    ['spelling of the price', { order: { ...exampleOrder, details: { ...exampleOrder.details, unitprice: 3.5 } } }],
    ['event types', { order: { ...exampleOrder, eventtype: ['new_order', 'x'] } }],
  ])('refuses the same order id with a different %s', (_, change) => {
    const invoice = addLine(empty, line);
    expect(() => addLine(invoice, { ...line, ...change })).toThrow(
      expect.objectContaining({
        name: 'InvoiceLineRejected',
        code: 'other_content',
        message: 'order o1 is on invoice 2026/11/a0 with other content',
      }),
    );
    expect(invoice.lines).toEqual([line]);
  });

  it.each([
    ['account', { accountid: 'a1' }, '2026/11/a1'],
    ['month', { orderdate: '2026-12-01 00:00:00' }, '2026/12/a0'],
    ['year', { orderdate: '2025-11-24 09:30:00' }, '2025/11/a0'],
  ])('refuses a line of another %s', (_, change, own) => {
    const other = { ...line, order: { ...exampleOrder, ...change } };
    const refusal = expect.objectContaining({
      name: 'InvoiceLineRejected',
      code: 'other_invoice',
      message: `order o1 belongs on invoice ${own}, not 2026/11/a0`,
    });
    expect(() => addLine(empty, other)).toThrow(refusal);
    expect(() => assertLineBelongs(key, other)).toThrow(refusal);
    expect(() => assertLineBelongs(key, other)).toThrow(InvoiceLineRejected);
  });

  it('accepts a line of its own account and month', () => {
    expect(assertLineBelongs(key, line)).toBeUndefined();
  });
});

describe('isSameLine', () => {
  it('compares content, not the order of keys', () => {
    expect(isSameLine(line, reversed(structuredClone(line)))).toBe(true);
  });

  it.each<[string, Partial<InvoiceLine>]>([
    ['order id', { orderid: 'o2' }],
    ['acceptance', { acceptedAt: '2026-11-24T09:30:00.001Z' }],
    ['amount', { amount: '7.0' }],
    ['currency', { currency: 'EUR' }],
    ['order', { order: { ...exampleOrder, vendorid: 'v1' } }],
  ])('notices a different %s', (_, change) => {
    expect(isSameLine(line, { ...line, ...change })).toBe(false);
  });
});

describe('totalsOf', () => {
  it('refuses a sum beyond the safe integers', () => {
    const huge = { amount: '90071992547409.91', currency: 'AUD' };
    expect(totalsOf([huge])).toEqual([{ currency: 'AUD', total: '90071992547409.91' }]);
    expect(() => totalsOf([huge, { amount: '0.01', currency: 'AUD' }])).toThrow(RangeError);
  });
});

/** Amounts of one currency have the same decimal places, so their digits can be added. */
const minorUnits = (amount: string): number => Number(amount.replace('.', ''));
