import type { Menu } from '@coffee/domain';
import { randomOrder } from '@coffee/domain';
import { now } from '../terminal/text.ts';
import type { Job } from './run-many.ts';

/** A random order of account `a0` at vendor `v0` for number 0, and so on. */
export const nthOrder = (number: number, menu: Menu) =>
  randomOrder(menu, Math.random, { accountid: `a${number}`, vendorid: `v${number}`, orderdate: now() });

/** This many random orders from the menu, each made when its turn comes. */
export async function* randomOrders(count: number, readMenu: () => Promise<Menu>): AsyncGenerator<Job> {
  const menu = await readMenu();
  for (let number = 0; number < count; number++) {
    yield { label: `a${number} at v${number}`, origin: { number }, order: nthOrder(number, menu) };
  }
}
