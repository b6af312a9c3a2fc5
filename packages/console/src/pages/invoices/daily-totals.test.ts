import { formatMoney, invoiceKeyOf, invoiceLineOf, invoiceOf, placeOrder } from '@coffee/domain';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dailyTotals } from './daily-totals.ts';

const two = (value: number): string => String(value).padStart(2, '0');

function lineOf({ day, quantity }: { readonly day: number; readonly quantity: number }, index: number) {
  const order = {
    accountid: 'a0',
    vendorid: 'v0',
    orderdate: `2027-02-${two(day)}T23:59:59-11:00`,
    city: 'Hobart',
    details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity },
    eventtype: ['new_order'],
  };
  return invoiceLineOf(placeOrder({ orderid: `o${index}`, acceptedAt: '2027-03-01T10:00:00.000Z', order }));
}

it('has every day of the month and always sums up to the invoice, each order on the day its customer wrote', () => {
  const orders = fc.array(
    fc.record({ day: fc.integer({ min: 1, max: 28 }), quantity: fc.integer({ min: 1, max: 9 }) }),
  );
  fc.assert(
    fc.property(orders, (given) => {
      const key = invoiceKeyOf({ accountid: 'a0', orderdate: '2027-02-01 00:00:00' });
      const invoice = invoiceOf(key, 'AUD', given.map(lineOf));
      const days = dailyTotals(invoice);
      expect(days).toHaveLength(28);
      expect(formatMoney(days.reduce((sum, { cents }) => sum + cents, 0))).toBe(invoice.total);
      for (const { day, orders: count } of days) expect(count).toBe(given.filter((one) => one.day === day).length);
    }),
  );
});

it.each([
  [2026, 11, 30],
  [2026, 12, 31],
  [2028, 2, 29],
])('%d-%d has %d days', (year, month, length) => {
  expect(dailyTotals({ period: { year, month }, lines: [] })).toHaveLength(length);
});
