import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleOrder, linesOfOneInvoice } from '../arbitraries.ts';
import { placeOrder } from '../order/placed-order.ts';
import { parseMoney } from '../pricing/money.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import {
  addLine,
  assertLineBelongs,
  emptyInvoice,
  InvoiceLineRejected,
  invoiceLineOf,
  invoiceOf,
  isSameLine,
  isSamePlacedOrder,
} from './invoice.ts';
import { parseInvoiceKey } from './invoice-key.ts';

const key = parseInvoiceKey('2026/11/a0');
const empty = emptyInvoice(key, 'AUD');
const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: exampleOrder });
const line = invoiceLineOf(placed);
const addAll = (lines: readonly InvoiceLine[]): Invoice => lines.reduce(addLine, empty);
const shuffled = linesOfOneInvoice.chain((lines) =>
  fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
);
/** The same value with the keys of every object in reverse. */
function reversed<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, reversed(inner)]);
  return Object.fromEntries(entries.reverse());
}

describe('emptyInvoice', () => {
  it('has no lines and costs nothing', () => {
    expect(empty).toEqual({
      objectKey: '2026/11/a0',
      accountid: 'a0',
      period: { year: 2026, month: 11 },
      currency: 'AUD',
      lines: [],
      total: '0.00',
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
    });
  });
});

describe('addLine', () => {
  it('adds the line and its amount, and changes nothing of what it was given', () => {
    const before = structuredClone(empty);
    const one = addLine(empty, line);
    expect(one).toEqual({ ...empty, lines: [line], total: '7.00' });
    expect(empty).toEqual(before);
    const two = addLine(one, { ...line, orderid: 'o2' });
    expect(two).toEqual({ ...empty, lines: [line, { ...line, orderid: 'o2' }], total: '14.00' });
    expect(one.lines).toEqual([line]);
  });

  it('gives the same invoice for any order of the lines, oldest first', () => {
    fc.assert(
      fc.property(shuffled, ([lines, others]) => {
        const invoice = addAll(lines);
        expect(addAll(others)).toEqual(invoice);
        expect(invoiceOf(key, 'AUD', others)).toEqual(invoice);
        const places = invoice.lines.map(({ acceptedAt, orderid }) => `${acceptedAt} ${orderid}`);
        expect(places).toEqual([...places].sort());
        expect(invoice.lines).toHaveLength(lines.length);
      }),
    );
  });

  it('adds up to the cent over any order of the lines', () => {
    fc.assert(
      fc.property(shuffled, ([lines, others]) => {
        const cents = lines.reduce(
          (sum, { order }) => sum + parseMoney(unitOf(order.details.coffeesize)) * order.details.quantity,
          0,
        );
        expect(parseMoney(addAll(others).total)).toBe(cents);
      }),
    );
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
    ['city', { order: { ...exampleOrder, city: 'Perth' } }],
    ['spelling of the price', { order: { ...exampleOrder, details: { ...exampleOrder.details, unitprice: 3.5 } } }],
    ['event types', { order: { ...exampleOrder, eventtype: ['new_order', 'x'] } }],
  ])('refuses the same order id with another %s', (_, change) => {
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
  it('looks at content, not at the order of keys', () => {
    expect(isSameLine(line, reversed(structuredClone(line)))).toBe(true);
  });

  it.each<[string, Partial<InvoiceLine>]>([
    ['order id', { orderid: 'o2' }],
    ['acceptance', { acceptedAt: '2026-11-24T09:30:00.001Z' }],
    ['amount', { amount: '7.0' }],
    ['order', { order: { ...exampleOrder, vendorid: 'v1' } }],
  ])('tells another %s apart', (_, change) => {
    expect(isSameLine(line, { ...line, ...change })).toBe(false);
  });
});

describe('isSamePlacedOrder', () => {
  it('looks at content, not at the order of keys', () => {
    expect(isSamePlacedOrder(placed, reversed(structuredClone(placed)))).toBe(true);
  });

  const { city: _, ...withoutCity } = exampleOrder;
  it.each<[string, unknown]>([
    ['another order id', { ...placed, orderid: 'o2' }],
    ['another acceptance', { ...placed, acceptedAt: '2026-11-24T09:30:00.001Z' }],
    ['another total', { ...placed, total: '7.0' }],
    ['another currency', { ...placed, currency: 'EUR' }],
    ['another invoice', { ...placed, invoice: '2026/12/a0' }],
    ['a key more', { ...placed, order: { ...exampleOrder, tip: '1.00' } }],
    ['a key less', { ...placed, order: withoutCity }],
    ['a key in place of another', { ...placed, order: { ...withoutCity, town: 'Adelaide' } }],
    ['an inherited key', { ...placed, order: { ...withoutCity, town: undefined } }],
    ['null for an object', { ...placed, order: null }],
    ['a text for an object', { ...placed, order: 'order' }],
    ['an object for a list', { ...placed, order: { ...exampleOrder, eventtype: { 0: 'new_order' } } }],
    ['a shorter list', { ...placed, order: { ...exampleOrder, eventtype: [] } }],
    ['another order of events', { ...placed, order: { ...exampleOrder, eventtype: ['b', 'a'] } }],
  ])('tells %s apart, both ways round', (name, other) => {
    const base =
      name === 'another order of events' ? { ...placed, order: { ...exampleOrder, eventtype: ['a', 'b'] } } : placed;
    expect(isSamePlacedOrder(base, other as typeof placed)).toBe(false);
    expect(isSamePlacedOrder(other as typeof placed, base)).toBe(false);
  });
});

function unitOf(coffeesize: string): string {
  return { Small: '3.5', Medium: '4', Large: '4.5', 'x-Large': '5' }[coffeesize] ?? '';
}
