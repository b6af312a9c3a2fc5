import type { Menu, Order, PlacedOrder } from '@coffee/domain';
import { defineMenu, placeOrder } from '@coffee/domain';
import { exampleOrder, menus, ordersOf } from '@coffee/domain/arbitraries';
import type * as fc from 'fast-check';

/** A fresh id, since suites share their store with others. Valid as order id, `accountid` and `vendorid`. */
export function uniqueId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${prefix}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The menu of {@link sampleOrder}. */
const sampleMenu: Menu = defineMenu({
  currency: 'AUD',
  coffeetypes: ['Latte', 'Flat White'],
  coffeesizes: [
    { coffeesize: 'Small', unitprice: '3.50' },
    { coffeesize: 'Medium', unitprice: '4.00' },
  ],
});

/** The same coffees in another currency, one without decimal places. */
export const yenMenu: Menu = defineMenu({
  ...sampleMenu,
  currency: 'JPY',
  coffeesizes: [{ coffeesize: 'Medium', unitprice: '4' }],
});

/** A valid order of two medium lattes for 8.00, of an unused account by default. */
export function sampleOrder(overrides: Partial<Order> = {}): Order {
  const details = { ...exampleOrder.details, coffeesize: 'Medium', unitprice: 4 };
  return { ...exampleOrder, details, accountid: uniqueId('a'), ...overrides };
}

/** A placed order, with an unused order id and a fixed time by default. */
export function samplePlaced(
  order: Order = sampleOrder(),
  accepted: { readonly orderid?: string; readonly acceptedAt?: string } = {},
  menu: Menu = sampleMenu,
): PlacedOrder {
  return placeOrder({ orderid: uniqueId('o'), acceptedAt: acceptedAt(0), ...accepted, order }, menu);
}

/** The time `step` milliseconds after a fixed one, as `acceptedAt` is written. */
export function acceptedAt(step: number): string {
  return new Date(Date.UTC(2026, 10, 24, 9, 30) + step).toISOString();
}

/** The same value with the keys of every object reversed. */
export function withKeysReversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withKeysReversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, withKeysReversed(inner)])) as T;
}

/** Placed orders that are hard to store, with fresh ids: any menu, hostile texts, every spelling of prices and dates. */
export const anyPlaced: fc.Arbitrary<PlacedOrder> = menus.chain((menu) =>
  ordersOf(menu).map((order) => samplePlaced({ ...order, accountid: uniqueId('a') }, {}, menu)),
);
