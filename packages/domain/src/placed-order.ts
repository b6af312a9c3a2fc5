import { defaultMenu } from './default-menu.ts';
import { invoiceKeyOf } from './invoice-key.ts';
import type { Menu } from './menu.ts';
import { formatMoney } from './money.ts';
import type { Order } from './order.ts';
import { priceOrder } from './price-order.ts';

/** An accepted order: the order as it was sent, and what the domain added. */
export interface PlacedOrder {
  /** The name of the execution that handles the order: 1 to 80 of `A-Z a-z 0-9 _ -`. */
  readonly orderid: string;
  /** When the execution started: UTC, ISO 8601 with milliseconds. */
  readonly acceptedAt: string;
  readonly order: Order;
  /** A decimal string with two places. */
  readonly total: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** The `objectKey` of the invoice the order is a line of. */
  readonly invoice: string;
}

/** Prices an order and names its invoice. The same arguments always give the same placed order. */
export function placeOrder(
  accepted: { readonly orderid: string; readonly acceptedAt: string; readonly order: Order },
  menu: Menu = defaultMenu,
): PlacedOrder {
  const { orderid, acceptedAt, order } = accepted;
  return {
    orderid,
    acceptedAt,
    order,
    total: formatMoney(priceOrder(order, menu)),
    currency: menu.currency,
    invoice: invoiceKeyOf(order).objectKey,
  };
}

/**
 * Tells which of two orders of the same primary key is the newer: by `acceptedAt`, ties by the greater `orderid`.
 * Negative when `a` is older, positive when it is newer, 0 when they are the same order.
 */
export function compareAccepted(
  a: Pick<PlacedOrder, 'acceptedAt' | 'orderid'>,
  b: Pick<PlacedOrder, 'acceptedAt' | 'orderid'>,
): number {
  if (a.acceptedAt !== b.acceptedAt) return a.acceptedAt < b.acceptedAt ? -1 : 1;
  if (a.orderid !== b.orderid) return a.orderid < b.orderid ? -1 : 1;
  return 0;
}
