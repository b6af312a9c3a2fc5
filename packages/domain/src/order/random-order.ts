import type { Menu } from '../pricing/menu.ts';
import type { Order } from './order-schema.ts';

/** The cities of the seed's demonstration, for random orders and suggestions. Any other city is as valid. */
export const exampleCities =
  'Adelaide,Brisbane,Canberra,Darwin,Geelong,Gold Coast,Hobart,Melbourne,Perth,Sydney,Wollongong'.split(',');

/**
 * The order date of a moment in local time, as Python's `str(datetime.now())` prints it: `2026-11-24 09:30:00.123456`.
 * The last three places are the microseconds, from 0 to 999, which a `Date` does not have.
 */
export function orderDateOf(date: Date, microseconds = 0): string {
  const local = new Date(date.getTime() - 60_000 * date.getTimezoneOffset()).toISOString();
  return `${local.slice(0, 23).replace('T', ' ')}${String(microseconds).padStart(3, '0')}`;
}

/**
 * A valid order of a menu with a random city, coffee, size and quantity (1 to 10), as the seed's demonstration places them.
 * `random` returns a number from 0 up to, but not including, 1, as `Math.random` does; the same numbers make the same
 * order. `given` names who orders and when; its other fields replace the random ones as they are.
 */
export function randomOrder(
  menu: Menu,
  random: () => number,
  given: Pick<Order, 'accountid' | 'vendorid' | 'orderdate'> & Partial<Order>,
): Order {
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const city = one(exampleCities);
  const coffeetype = one(menu.coffeetypes);
  const { coffeesize, unitprice } = one(menu.coffeesizes);
  const quantity = Math.floor(random() * 10) + 1;
  return { city, details: { coffeetype, coffeesize, unitprice, quantity }, eventtype: ['new_order'], ...given };
}
