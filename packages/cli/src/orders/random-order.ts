import { randomInt } from 'node:crypto';
import type { Menu, Order } from '@coffee/domain';
import { pythonNow } from './python-now.ts';

/** The cities of the seed. */
export const cities = [
  'Adelaide',
  'Brisbane',
  'Canberra',
  'Darwin',
  'Geelong',
  'Gold Coast',
  'Hobart',
  'Melbourne',
  'Perth',
  'Sydney',
  'Wollongong',
];

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;

/** The order number `number` of the seed's script: account and vendor are counted, the rest is a matter of chance. */
export function randomOrder(number: number, menu: Menu): Order {
  const { coffeesize, unitprice } = pick(menu.coffeesizes);
  return {
    accountid: `a${number}`,
    vendorid: `v${number}`,
    orderdate: pythonNow(),
    city: pick(cities),
    details: { coffeetype: pick(menu.coffeetypes), coffeesize, unitprice, quantity: randomInt(1, 11) },
    eventtype: ['new_order'],
  };
}
