import type { Order } from '../order/order-schema.ts';
import { defaultMenu } from './default-menu.ts';
import type { Menu } from './menu.ts';
import type { MinorUnits } from './money.ts';
import { parseMoney } from './money.ts';

/**
 * What an order costs, in minor units of the menu's currency: the list price of its size times its quantity. The price that
 * the order states is not used.
 *
 * @throws RangeError when the size is not on the menu; `parseOrder` with the same menu refuses such an order first.
 */
export function priceOrder(order: Order, menu: Menu = defaultMenu): MinorUnits {
  const { coffeesize, quantity } = order.details;
  const size = menu.coffeesizes.find((candidate) => candidate.coffeesize === coffeesize);
  if (size === undefined) throw new RangeError(`details.coffeesize ${JSON.stringify(coffeesize)} is not on the menu`);
  return parseMoney(size.unitprice, menu.currency) * quantity;
}
