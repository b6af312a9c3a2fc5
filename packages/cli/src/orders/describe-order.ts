import type { Order } from '@coffee/domain';
import { plain } from '../terminal/plain.ts';

/** An order in a few words, like `2 x Latte, Small`. */
export function describeOrder({ details }: Pick<Order, 'details'>): string {
  return plain(`${details.quantity} x ${details.coffeetype}, ${details.coffeesize}`);
}
