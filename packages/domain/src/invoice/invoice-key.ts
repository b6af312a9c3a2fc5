import { identifierPattern, orderDatePattern } from '../order/fields.ts';
import type { Order } from '../order/order-schema.ts';

/** A calendar month on the customer's own clock: `month` is 1 to 12. */
export interface InvoicePeriod {
  readonly year: number;
  readonly month: number;
}

/** Where an account's invoice of a month lives. `objectKey` is `year/month/accountid`, the month not padded. */
export interface InvoiceKey {
  readonly objectKey: string;
  readonly accountid: string;
  readonly period: InvoicePeriod;
}

/** A text that is not an invoice key; the message says what one looks like. */
export class InvoiceKeyRejected extends Error {
  override readonly name = 'InvoiceKeyRejected';
  readonly code = 'InvoiceKeyRejected';
}

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
 * @throws InvoiceKeyRejected for an account id outside the alphabet, a year outside 1 to 9999 or a month outside 1 to 12.
 */
export function buildInvoiceKey(accountid: string, period: InvoicePeriod): InvoiceKey {
  return parseInvoiceKey(`${String(period.year).padStart(4, '0')}/${period.month}/${accountid}`);
}

/** The key of the invoice an order belongs to: its account, in the month of its `orderdate`. */
export function invoiceKeyOf(order: Pick<Order, 'accountid' | 'orderdate'>): InvoiceKey {
  return buildInvoiceKey(order.accountid, invoicePeriod(order.orderdate));
}

/**
 * Reads `year/month/accountid` back into its parts. Every key that {@link buildInvoiceKey} makes parses to itself.
 *
 * @throws InvoiceKeyRejected for any other text, a padded month among them.
 */
export function parseInvoiceKey(objectKey: string): InvoiceKey {
  const match = shape.exec(objectKey);
  const year = Number(match?.[1]);
  const accountid = match?.[3];
  if (accountid === undefined || year < 1) {
    throw new InvoiceKeyRejected('objectKey must be year/month/accountid, the month not padded, like 2026/11/a0');
  }
  return { objectKey, accountid, period: { year, month: Number(match?.[2]) } };
}
