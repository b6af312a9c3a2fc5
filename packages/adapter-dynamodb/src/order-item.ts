import type { Order, PlacedOrder } from '@coffee/domain';
import type { Item } from './condition-check.ts';

/** The item of an order: the seed's attributes at the top, beside them what the domain added. */
export function toItem({ order, ...added }: PlacedOrder): Item {
  return { ...order, ...added };
}

/** The order of an item. Attributes that somebody else added are left out. */
export function fromItem(item: Item): PlacedOrder {
  const { accountid, vendorid, orderdate, city, details, eventtype } = item as Order;
  const { orderid, acceptedAt, total, currency, invoice } = item as PlacedOrder;
  const order: Order = { accountid, vendorid, orderdate, city, details, eventtype };
  return { orderid, acceptedAt, order, total, currency, invoice };
}
