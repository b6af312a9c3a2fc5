import { defineMenu, formatMoney, invoiceKeyOf, invoiceLineOf, invoiceOf, placeOrder } from '@coffee/domain';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dailyTotals, formatTotals } from './totals.ts';

const menuOf = (currency: string, unitprice: string) =>
  defineMenu({ currency, coffeetypes: ['Latte'], coffeesizes: [{ coffeesize: 'Small', unitprice }] });
const menus = [menuOf('AUD', '3.50'), menuOf('JPY', '480'), menuOf('KWD', '0.850')] as const;

const two = (value: number): string => String(value).padStart(2, '0');

interface Given {
  readonly day: number;
  readonly quantity: number;
  readonly menu: (typeof menus)[number];
}

function lineOf({ day, quantity, menu }: Given, index: number) {
  const order = {
    accountid: 'a0',
    vendorid: 'v0',
    orderdate: `2027-02-${two(day)}T23:59:59-11:00`,
    city: 'Hobart',
    details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: menu.coffeesizes[0]?.unitprice ?? '', quantity },
    eventtype: ['new_order'],
  };
  return invoiceLineOf(placeOrder({ orderid: `o${index}`, acceptedAt: '2027-03-01T10:00:00.000Z', order }, menu));
}

it('always adds up to the invoice, each currency apart and each order on the day its customer wrote', () => {
  const orders = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      menu: fc.constantFrom(...menus),
    }),
  );
  fc.assert(
    fc.property(orders, (given) => {
      const key = invoiceKeyOf({ accountid: 'a0', orderdate: '2027-02-01 00:00:00' });
      const invoice = invoiceOf(key, given.map(lineOf));
      for (const { currency, total } of invoice.totals) {
        const days = dailyTotals(invoice, currency);
        expect(days).toHaveLength(28);
        const sum = days.reduce((whole, { amount }) => whole + amount, 0);
        expect(formatMoney(sum, currency)).toBe(total);
        for (const { day, amount } of days) {
          const ordered = given.some((one) => one.day === day && one.menu.currency === currency);
          expect(amount > 0).toBe(ordered);
        }
      }
    }),
  );
});

it.each([
  [2026, 11, 30],
  [2026, 12, 31],
  [2028, 2, 29],
])('%d-%d has %d days', (year, month, length) => {
  expect(dailyTotals({ period: { year, month }, lines: [] }, 'AUD')).toHaveLength(length);
});

it('writes every currency with its own places', () => {
  const totals = [
    { currency: 'AUD', total: '8.00' },
    { currency: 'JPY', total: '960' },
    { currency: 'KWD', total: '1.700' },
  ];
  expect(formatTotals(totals)).toBe('8.00 AUD, 960 JPY, 1.700 KWD');
  expect(formatTotals([])).toBe('');
});
