import type { InvoiceKey, InvoicePeriod } from './invoice-key.ts';
import { invoiceKeyOf } from './invoice-key.ts';
import { formatMoney, parseMoney } from './money.ts';
import type { Order } from './order.ts';
import type { PlacedOrder } from './placed-order.ts';
import { compareAccepted } from './placed-order.ts';

/** One order on an invoice, the order as it was sent. `amount` is a decimal string with two places. */
export interface InvoiceLine {
  readonly orderid: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly acceptedAt: string;
  readonly order: Order;
  readonly amount: string;
}

/** An account's invoice of a month. `total` is the sum of the amounts, a decimal string with two places. */
export interface Invoice {
  readonly objectKey: string;
  readonly accountid: string;
  readonly period: InvoicePeriod;
  /** ISO 4217 code. */
  readonly currency: string;
  /** By `acceptedAt`, then `orderid`, whatever the order in which they were added. */
  readonly lines: readonly InvoiceLine[];
  readonly total: string;
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

/** An invoice without lines. */
export function emptyInvoice(key: InvoiceKey, currency: string): Invoice {
  const { objectKey, accountid, period } = key;
  return { objectKey, accountid, period, currency, lines: [], total: formatMoney(0) };
}

/** The invoice of a key with these lines, in whatever order they come; each `orderid` must stand once. */
export function invoiceOf(key: InvoiceKey, currency: string, lines: readonly InvoiceLine[]): Invoice {
  const cents = lines.reduce((sum, line) => sum + parseMoney(line.amount), 0);
  return { ...emptyInvoice(key, currency), lines: [...lines].sort(compareAccepted), total: formatMoney(cents) };
}

/** The line of a placed order. */
export function invoiceLineOf(placed: PlacedOrder): InvoiceLine {
  const { orderid, acceptedAt, order, total } = placed;
  return { orderid, acceptedAt, order, amount: total };
}

/** Tells whether two lines say the same, whatever the order of the keys in their orders. */
export function isSameLine(a: InvoiceLine, b: InvoiceLine): boolean {
  return (
    a.orderid === b.orderid && a.acceptedAt === b.acceptedAt && a.amount === b.amount && isSameJson(a.order, b.order)
  );
}

/** Tells whether two placed orders say the same, whatever the order of their keys. */
export function isSamePlacedOrder(a: PlacedOrder, b: PlacedOrder): boolean {
  return isSameJson(a, b);
}

function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && isSameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

/**
 * Checks that a line belongs on the invoice of a key.
 *
 * @throws InvoiceLineRejected `other_invoice` when the line's order is of another account or month.
 */
export function assertLineBelongs(key: Pick<InvoiceKey, 'objectKey'>, line: InvoiceLine): void {
  const own = invoiceKeyOf(line.order).objectKey;
  if (own !== key.objectKey) {
    throw new InvoiceLineRejected(
      'other_invoice',
      `order ${line.orderid} belongs on invoice ${own}, not ${key.objectKey}`,
    );
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
    throw new InvoiceLineRejected(
      'other_content',
      `order ${line.orderid} is on invoice ${invoice.objectKey} with other content`,
    );
  }
  const lines = [...invoice.lines, line].sort(compareAccepted);
  return { ...invoice, lines, total: formatMoney(parseMoney(invoice.total) + parseMoney(line.amount)) };
}
