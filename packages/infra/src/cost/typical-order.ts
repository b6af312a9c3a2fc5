import type { InvoiceLine, Order, PlacedOrder } from '@coffee/domain';
import { emptyInvoice, invoiceKeyOf, invoiceLineOf, invoiceOf, placeOrder } from '@coffee/domain';

const order: Order = {
  accountid: 'a100',
  vendorid: 'v100',
  orderdate: '2026-11-24 09:30:00.123456',
  city: 'Melbourne',
  details: { coffeetype: 'Flat White', coffeesize: 'Medium', unitprice: '4.0', quantity: 3 },
  eventtype: ['new_order'],
};
const orderid = '1795512600123-JKJaXmPLvHcESHA_';
const placed: PlacedOrder = placeOrder({ orderid, acceptedAt: '2026-11-24T09:30:00.123Z', order });

const jsonBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** Bytes of the typical order's item in the orders table, as DynamoDB counts them. */
export const orderItemBytes: number = itemBytes({ ...placed.order, ...placed, order: undefined });

/** Bytes of its item in the notification log, once it is sent. */
export const notificationItemBytes: number = itemBytes({ orderid, finishedAt: 1795512600123, expiresAt: 1803461400 });

/** Bytes that an order adds to an invoice. */
export const invoiceLineBytes: number = jsonBytes(invoiceLineOf(placed)) + 1;

/** Bytes of an invoice with so many typical lines. */
export function invoiceBytes(lines: number): number {
  const key = invoiceKeyOf(order);
  const line: InvoiceLine = invoiceLineOf(placed);
  if (lines === 0) return jsonBytes(emptyInvoice(key, placed.currency));
  return jsonBytes(
    invoiceOf(
      key,
      placed.currency,
      Array.from({ length: lines }, () => line),
    ),
  );
}

/** Names and texts by their UTF-8 bytes, a number by half its digits and one, a list or map 3 and 1 an element. */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .reduce((bytes, [name, value]) => bytes + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  const elements = Object.entries(value as object);
  const names = Array.isArray(value) ? 0 : Buffer.byteLength(elements.map(([name]) => name).join(''));
  return elements.reduce((bytes, [, element]) => bytes + 1 + valueBytes(element), 3 + names);
}
