import { compareAccepted, identifierPattern, orderDatePattern } from '../order/fields.ts';
import type { Order } from '../order/order-schema.ts';
import { formatMoney, parseMoney } from '../pricing/money.ts';
import { isSameJson } from '../same-json.ts';

/** A calendar month on the customer's own clock: `month` is 1 to 12. */
export interface InvoicePeriod {
  readonly year: number;
  readonly month: number;
}

/** The key of an account's invoice for a month. `objectKey` is `year/month/accountid`, the month not padded. */
export interface InvoiceKey {
  readonly objectKey: string;
  readonly accountid: string;
  readonly period: InvoicePeriod;
}

/** The text is not an invoice key; the message shows what one looks like. */
export class InvoiceKeyRejected extends Error {
  override readonly name = 'InvoiceKeyRejected';
  readonly code = 'InvoiceKeyRejected';
}

const keyRule = 'objectKey must be year/month/accountid, the month not padded, like 2026/11/a0';
const shape = new RegExp(`^(\\d{4})/([1-9]|1[0-2])/(${identifierPattern.source.slice(1, -1)})$`);

/**
 * The invoice period of an order date: the year and month as written, never shifted through UTC.
 *
 * @throws RangeError when the text is not an order date.
 */
export function invoicePeriod(orderdate: string): InvoicePeriod {
  if (!orderDatePattern.test(orderdate)) throw new RangeError(`orderdate ${JSON.stringify(orderdate)} is not a date`);
  return { year: Number(orderdate.slice(0, 4)), month: Number(orderdate.slice(5, 7)) };
}

/**
 * Builds the key of an account's invoice of a month, like `2026/11/a0`.
 *
 * @throws InvoiceKeyRejected for an account id outside the alphabet, a year outside 1 to 9999 or a month outside 1 to
 * 12.
 */
export function buildInvoiceKey(accountid: string, period: InvoicePeriod): InvoiceKey {
  const { year, month } = period;
  const isKey =
    Number.isInteger(year) && year > 0 && year < 10_000 && Number.isInteger(month) && month > 0 && month < 13;
  if (!isKey || !identifierPattern.test(accountid)) throw new InvoiceKeyRejected(keyRule);
  return { objectKey: `${String(year).padStart(4, '0')}/${month}/${accountid}`, accountid, period: { year, month } };
}

/** The key of an order's invoice: its account, and the month of its `orderdate`. */
export function invoiceKeyOf(order: Pick<Order, 'accountid' | 'orderdate'>): InvoiceKey {
  return buildInvoiceKey(order.accountid, invoicePeriod(order.orderdate));
}

/**
 * Parses `year/month/accountid` into its parts. Every key that {@link buildInvoiceKey} makes parses to itself.
 *
 * @throws InvoiceKeyRejected for any other text, including a padded month.
 */
export function parseInvoiceKey(objectKey: string): InvoiceKey {
  const match = shape.exec(objectKey);
  const year = Number(match?.[1]);
  const accountid = match?.[3];
  if (accountid === undefined || year < 1) {
    throw new InvoiceKeyRejected(keyRule);
  }
  return { objectKey, accountid, period: { year, month: Number(match?.[2]) } };
}

/** One order on an invoice, as it was sent. */
export interface InvoiceLine {
  readonly orderid: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly acceptedAt: string;
  readonly order: Order;
  /** A decimal string with the currency's decimal places. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** The sum of the amounts in one currency: a decimal string with the currency's decimal places. */
export interface InvoiceTotal {
  readonly currency: string;
  readonly total: string;
}

/** An account's invoice for a month. */
export interface Invoice {
  readonly objectKey: string;
  readonly accountid: string;
  readonly period: InvoicePeriod;
  /** Sorted by `acceptedAt`, then `orderid`, in whatever order they were added. */
  readonly lines: readonly InvoiceLine[];
  /** One total per currency, sorted by currency. Empty without lines. */
  readonly totals: readonly InvoiceTotal[];
}

/** The line cannot go on this invoice: `other_content` (the order id has other content there) or `other_invoice`. */
export class InvoiceLineRejected extends Error {
  override readonly name = 'InvoiceLineRejected';
  readonly code: 'other_content' | 'other_invoice';

  constructor(code: 'other_content' | 'other_invoice', message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Adds up amounts per currency, sorted by currency.
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

/** The invoice of a key with these lines, in any order; each `orderid` must occur once. */
export function invoiceOf(key: InvoiceKey, lines: readonly InvoiceLine[]): Invoice {
  const { objectKey, accountid, period } = key;
  return { objectKey, accountid, period, lines: [...lines].sort(compareAccepted), totals: totalsOf(lines) };
}

/** Whether two lines are equal, ignoring the order of keys. */
export function isSameLine(a: InvoiceLine, b: InvoiceLine): boolean {
  return isSameJson(a, b);
}

/**
 * Checks that a line belongs on the invoice of a key.
 *
 * @throws InvoiceLineRejected `other_invoice` when the line belongs to another account or month.
 */
export function assertLineBelongs(key: Pick<InvoiceKey, 'objectKey'>, line: InvoiceLine): void {
  const own = invoiceKeyOf(line.order).objectKey;
  if (own !== key.objectKey) {
    const message = `order ${line.orderid} belongs on invoice ${own}, not ${key.objectKey}`;
    throw new InvoiceLineRejected('other_invoice', message);
  }
}

/**
 * Returns the invoice with the line added, without changing the given one. Adding the same line again has no effect,
 * and nothing is ever overwritten.
 *
 * @throws InvoiceLineRejected `other_content` when the order id is there with different content, `other_invoice` when
 * the order belongs to another account or month.
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
