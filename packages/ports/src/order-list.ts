import type { PlacedOrder } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** Where an order is in the list: lists of orders are sorted by `acceptedAt`, then `orderid`. */
export type OrderPosition = Pick<PlacedOrder, 'acceptedAt' | 'orderid'>;

/** Selects orders by account and by vendor: at most `limit` (100 by default), older than `before`. */
export interface OrderQuery {
  readonly accountid?: string | undefined;
  readonly vendorid?: string | undefined;
  readonly limit?: number | undefined;
  readonly before?: OrderPosition | undefined;
}

/** Orders, newest first. `next` is the `before` of the next page, when there is one. */
export interface OrderPage {
  readonly orders: readonly PlacedOrder[];
  readonly next?: OrderPosition;
}

/** Browses the newest order of each primary key. For stores that can list. */
export interface OrderList {
  /**
   * A page of orders, newest first. Following `next` visits each order that exists throughout once.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  page(query?: OrderQuery, options?: CallOptions): Promise<OrderPage>;
}
