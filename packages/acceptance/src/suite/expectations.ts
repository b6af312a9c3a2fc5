import type { Problem } from '@coffee/api';
import type { Invoice, Order } from '@coffee/domain';
import { formatMoney, parseMoney } from '@coffee/domain';
import { expect } from 'vitest';
import { objectKeyOf } from './random-orders.ts';

/** The currency of the seed's menu. */
export const currency = 'AUD';

/** What an order costs: the list price of its size times its quantity. */
export const amountOf = ({ details }: Order): string =>
  formatMoney(parseMoney(String(details.unitprice), currency) * details.quantity, currency);

/** The total of an invoice with these amounts. */
export function totalsOf(amounts: readonly string[]): Invoice['totals'] {
  const sum = amounts.reduce((total, amount) => total + parseMoney(amount, currency), 0);
  return [{ currency, total: formatMoney(sum, currency) }];
}

/** Expects one line for the order, as it was sent, and a total that is the sum of all lines. */
export function expectInvoiceLine(invoice: Invoice, orderid: string, order: Order): void {
  expect(invoice).toMatchObject({
    objectKey: objectKeyOf(order),
    accountid: order.accountid,
    period: { year: Number(order.orderdate.slice(0, 4)), month: Number(order.orderdate.slice(5, 7)) },
    totals: totalsOf(invoice.lines.map((line) => line.amount)),
  });
  const lines = invoice.lines.filter((line) => line.orderid === orderid);
  expect(lines).toMatchObject([{ orderid, order, amount: amountOf(order), currency }]);
}

/** Expects an `application/problem+json` answer with this code and, when given, an issue at this path. */
export async function expectProblem(
  response: Response,
  status: number,
  code: string,
  path?: readonly string[],
): Promise<void> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({ status, code });
  if (path !== undefined) expect(problem.issues?.map((issue) => issue.path)).toContainEqual(path);
}
