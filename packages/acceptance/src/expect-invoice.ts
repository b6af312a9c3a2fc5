import type { Invoice, Order } from '@coffee/domain';
import { formatMoney, parseMoney } from '@coffee/domain';
import { expect } from 'vitest';
import { objectKeyOf } from './coffee-client.ts';

/** What an order costs: the list price of its size times its quantity. */
export function amountOf({ details }: Order): string {
  return formatMoney(parseMoney(String(details.unitprice)) * details.quantity);
}

/** Expects one line for the order, as it was sent, and a total that is the sum of all lines. */
export function expectInvoiceLine(invoice: Invoice, orderid: string, order: Order): void {
  expect(invoice).toMatchObject({
    objectKey: objectKeyOf(order),
    accountid: order.accountid,
    period: { year: Number(order.orderdate.slice(0, 4)), month: Number(order.orderdate.slice(5, 7)) },
    currency: 'AUD',
  });
  const lines = invoice.lines.filter((line) => line.orderid === orderid);
  expect(lines).toMatchObject([{ orderid, order, amount: amountOf(order) }]);
  expect(invoice.total).toBe(formatMoney(invoice.lines.reduce((sum, line) => sum + parseMoney(line.amount), 0)));
}
