import { defaultMenu } from './default-menu.ts';
import type { Menu } from './menu.ts';
import type { Cents } from './money.ts';
import { parseMoney } from './money.ts';
import type { Order } from './order.ts';

/**
 * The amount of an order in cents: the list price of its size times its quantity. What the order says of the price is
 * not used.
 *
 * @throws RangeError when the size is not on the menu; `parseOrder` with the same menu refuses such an order first.
 */
export function priceOrder(order: Order, menu: Menu = defaultMenu): Cents {
  const { coffeesize, quantity } = order.details;
  const size = menu.coffeesizes.find((candidate) => candidate.coffeesize === coffeesize);
  if (size === undefined) throw new RangeError(`details.coffeesize ${JSON.stringify(coffeesize)} is not on the menu`);
  return parseMoney(size.unitprice) * quantity;
}
