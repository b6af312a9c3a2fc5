import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOfOneInvoice, menus, placedOrdersOf } from '../arbitraries.ts';
import { invoiceOf, parseInvoiceKey } from '../invoice/invoice.ts';
import { composeNotification } from '../notification/notification.ts';
import { invoiceLineOf } from '../pricing/placed-order.ts';
import { parseInvoice, parseInvoiceLine, parseNotification, parsePlacedOrder } from './parse-stored.ts';

const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const placedOrders = menus.chain(placedOrdersOf);
const rejected = (message: string | RegExp) =>
  expect.objectContaining({ name: 'StoredValueRejected', message: expect.stringMatching(message) });

describe('what was stored is read back', () => {
  it('placed orders, lines and messages of any menu', () => {
    fc.assert(
      fc.property(placedOrders, (placed) => {
        expect(parsePlacedOrder(stored(placed))).toEqual(placed);
        expect(parseInvoiceLine(stored(invoiceLineOf(placed)))).toEqual(invoiceLineOf(placed));
        expect(parseNotification(stored(composeNotification(placed)))).toEqual(composeNotification(placed));
      }),
    );
  });

  it('invoices of several currencies', () => {
    fc.assert(
      fc.property(linesOfOneInvoice, (lines) => {
        const invoice = invoiceOf(parseInvoiceKey('2026/11/a0'), lines);
        expect(parseInvoice(stored(invoice))).toEqual(invoice);
      }),
    );
  });

  it('lines written before lines had a currency, in that of their invoice', () => {
    const [placed] = fc.sample(placedOrders, { numRuns: 1, seed: 1 });
    if (placed === undefined) throw new Error('no sample');
    const { currency, ...line } = invoiceLineOf(placed);
    const { objectKey } = parseInvoiceKey(placed.invoice);
    const old = { objectKey, currency, lines: [line], total: line.amount };
    expect(parseInvoice(old)).toEqual(invoiceOf(parseInvoiceKey(objectKey), [invoiceLineOf(placed)]));
    expect(parseInvoiceLine(line, currency)).toEqual(invoiceLineOf(placed));
    const own = { ...line, amount: '800', currency: 'JPY' };
    expect(parseInvoiceLine(own, 'EUR')).toEqual(own);
    expect(() => parseInvoiceLine(line)).toThrow(rejected(/^currency is missing$/));
  });
});

describe('what is damaged is refused, and named', () => {
  const [placed] = fc.sample(placedOrders, { numRuns: 1, seed: 2 });
  if (placed === undefined) throw new Error('no sample');

  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /^the value must be of type object$/],
    ['a missing total', { ...placed, total: undefined }, /^total must be of type string$/],
    ['a number as a total', { ...placed, total: 7 }, /^total must be of type string$/],
    ['a text as a total', { ...placed, total: 'free' }, /^total has the wrong format$/],
    ['a currency in small letters', { ...placed, currency: 'aud' }, /^currency has the wrong format$/],
    [
      'an order without details',
      { ...placed, order: { ...placed.order, details: 1 } },
      /^order\.details must be of type object$/,
    ],
    [
      'an account with a slash',
      { ...placed, order: { ...placed.order, accountid: '../x' } },
      /^order\.accountid has the wrong format$/,
    ],
  ])('%s', (_, value, message) => {
    expect(() => parsePlacedOrder(value)).toThrow(rejected(message));
  });

  it('every field that is damaged, and the error has a code', () => {
    const rejection = {
      code: 'StoredValueRejected',
      message: 'acceptedAt has the wrong format; total must be of type string',
    };
    expect(() => parsePlacedOrder({ ...placed, acceptedAt: '', total: 7 })).toThrow(expect.objectContaining(rejection));
  });

  it('an invoice with an impossible key or amount', () => {
    const line = invoiceLineOf(placed);
    const invoice = stored(invoiceOf(parseInvoiceKey(placed.invoice), [line])) as object;
    expect(() => parseInvoice({ ...invoice, objectKey: '2026/13/a0' })).toThrow(rejected('objectKey'));
    expect(() => parseInvoice({ ...invoice, lines: [{ ...line, amount: '1.23456' }] })).toThrow(
      rejected(/^lines\.0\.amount/),
    );
    expect(() => parseInvoice({ ...invoice, lines: [{ ...line, amount: '1.5', currency: 'JPY' }] })).toThrow(
      rejected('amount of JPY'),
    );
    expect(() => parseInvoice({ ...invoice, lines: 7 })).toThrow(rejected(/^lines must be of type array$/));
  });
});
