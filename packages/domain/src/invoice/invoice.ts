import type { Order } from '../order/order-schema.ts';
import { formatMoney, parseMoney } from '../pricing/money.ts';
import type { PlacedOrder } from '../pricing/placed-order.ts';
import { compareAccepted } from '../pricing/placed-order.ts';
import { isSameJson } from '../same-json.ts';
import type { InvoiceKey, InvoicePeriod } from './invoice-key.ts';
import { invoiceKeyOf } from './invoice-key.ts';

/** One order on an invoice, the order as it was sent. */
export interface InvoiceLine {
  readonly orderid: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly acceptedAt: string;
  readonly order: Order;
  /** A decimal string with the places of the currency. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** The sum of the amounts of one currency: a decimal string with the places of the currency. */
export interface InvoiceTotal {
  readonly currency: string;
  readonly total: string;
}

/** An account's invoice of a month. */
export interface Invoice {
  readonly objectKey: string;
  readonly accountid: string;
  readonly period: InvoicePeriod;
  /** By `acceptedAt`, then `orderid`, whatever the order in which they were added. */
  readonly lines: readonly InvoiceLine[];
  /** Each currency added up apart, sorted by currency. Empty without lines. */
  readonly totals: readonly InvoiceTotal[];
}

/** A line that cannot be on this invoice: `other_content` (its order id is there with other content) or `other_invoice`. */
export class InvoiceLineRejected extends Error {
  override readonly name = 'InvoiceLineRejected';
  readonly code: 'other_content' | 'other_invoice';

  constructor(code: 'other_content' | 'other_invoice', message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Adds up amounts, each currency apart, sorted by currency.
 *
 * @throws RangeError for an amount that is not a decimal string of its currency, or a sum beyond the safe integers.
 */
export function totalsOf(amounts: readonly Pick<InvoiceLine, 'amount' | 'currency'>[]): InvoiceTotal[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + parseMoney(amount, currency));
  }
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([currency, sum]) => ({ currency, total: formatMoney(sum, currency) }));
}

/** An invoice without lines. */
export function emptyInvoice(key: InvoiceKey): Invoice {
  return invoiceOf(key, []);
}

/** The invoice of a key with these lines, in whatever order they come; each `orderid` must occur once. */
export function invoiceOf(key: InvoiceKey, lines: readonly InvoiceLine[]): Invoice {
  const { objectKey, accountid, period } = key;
  return { objectKey, accountid, period, lines: [...lines].sort(compareAccepted), totals: totalsOf(lines) };
}

/** The line of a placed order. */
export function invoiceLineOf(placed: PlacedOrder): InvoiceLine {
  const { orderid, acceptedAt, order, total, currency } = placed;
  return { orderid, acceptedAt, order, amount: total, currency };
}

/** Tells whether two lines say the same, whatever the order of the keys in their orders. */
export function isSameLine(a: InvoiceLine, b: InvoiceLine): boolean {
  return isSameJson(a, b);
}

/**
 * Checks that a line belongs on the invoice of a key.
 *
 * @throws InvoiceLineRejected `other_invoice` when the line's order is of another account or month.
 */
export function assertLineBelongs(key: Pick<InvoiceKey, 'objectKey'>, line: InvoiceLine): void {
  const own = invoiceKeyOf(line.order).objectKey;
  if (own !== key.objectKey) {
    const message = `order ${line.orderid} belongs on invoice ${own}, not ${key.objectKey}`;
    throw new InvoiceLineRejected('other_invoice', message);
  }
}

/**
 * Returns the invoice with the line added; the given one is not changed. Adding the same line again changes nothing, and
 * nothing is ever overwritten.
 *
 * @throws InvoiceLineRejected `other_content` when the order id is there with other content, `other_invoice` when the
 * order is of another account or month.
 */
export function addLine(invoice: Invoice, line: InvoiceLine): Invoice {
  assertLineBelongs(invoice, line);
  const present = invoice.lines.find((candidate) => candidate.orderid === line.orderid);
  if (present !== undefined) {
    if (isSameLine(present, line)) return invoice;
    const message = `order ${line.orderid} is on invoice ${invoice.objectKey} with other content`;
    throw new InvoiceLineRejected('other_content', message);
  }
  const before = invoice.totals.map(({ currency, total }) => ({ currency, amount: total }));
  return {
    ...invoice,
    lines: [...invoice.lines, line].sort(compareAccepted),
    totals: totalsOf([...before, line]),
  };
}
