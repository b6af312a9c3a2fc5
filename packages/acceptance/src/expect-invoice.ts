import type { Invoice, Order } from '@coffee/domain';
import { formatMoney, parseMoney } from '@coffee/domain';
import { expect } from 'vitest';
import { objectKeyOf } from './random-orders.ts';

/** The currency of the seed's menu. */
export const currency = 'AUD';

/** What an order costs: the list price of its size times its quantity. */
export function amountOf({ details }: Order): string {
  return formatMoney(parseMoney(String(details.unitprice), currency) * details.quantity, currency);
}

/** Expects one line for the order, as it was sent, and a total that is the sum of all lines. */
export function expectInvoiceLine(invoice: Invoice, orderid: string, order: Order): void {
  expect(invoice).toMatchObject({
    objectKey: objectKeyOf(order),
    accountid: order.accountid,
    period: { year: Number(order.orderdate.slice(0, 4)), month: Number(order.orderdate.slice(5, 7)) },
  });
  const lines = invoice.lines.filter((line) => line.orderid === orderid);
  expect(lines).toMatchObject([{ orderid, order, amount: amountOf(order), currency }]);
  const sum = invoice.lines.reduce((total, line) => total + parseMoney(line.amount, currency), 0);
  expect(invoice.totals).toEqual([{ currency, total: formatMoney(sum, currency) }]);
}
