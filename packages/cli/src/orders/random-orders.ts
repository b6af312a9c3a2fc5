import { randomInt } from 'node:crypto';
import type { Menu, Order } from '@coffee/domain';
import { now } from '../terminal/text.ts';
import type { Job } from './run-many.ts';

/** Cities that random orders come from. */
export const cities =
  'Adelaide,Brisbane,Canberra,Darwin,Geelong,Gold Coast,Hobart,Melbourne,Perth,Sydney,Wollongong'.split(',');

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;

/** A random order, of account `a0` at vendor `v0` for number 0, and so on. */
export function randomOrder(number: number, menu: Menu): Order {
  const { coffeesize, unitprice } = pick(menu.coffeesizes);
  return {
    accountid: `a${number}`,
    vendorid: `v${number}`,
    orderdate: now(),
    city: pick(cities),
    details: { coffeetype: pick(menu.coffeetypes), coffeesize, unitprice, quantity: randomInt(1, 11) },
    eventtype: ['new_order'],
  };
}

/** This many random orders from the menu, each made when its turn comes. */
export async function* randomOrders(count: number, readMenu: () => Promise<Menu>): AsyncGenerator<Job> {
  const menu = await readMenu();
  for (let number = 0; number < count; number++) {
    yield { label: `a${number} at v${number}`, origin: { number }, order: randomOrder(number, menu) };
  }
}
