import type { PlacedOrder } from '@coffee/domain';

/** Where an order stands among all of them. */
export type OrderPosition = Pick<PlacedOrder, 'acceptedAt' | 'orderid'>;

/** Which orders: of an account, of a vendor, older than a position; at most `limit` (100). */
export interface OrderPageOptions {
  readonly accountid?: string;
  readonly vendorid?: string;
  readonly limit?: number;
  readonly before?: OrderPosition;
}

/** Orders, newest first. `next` is the `before` of the next page, when there is one. */
export interface OrderPage {
  readonly orders: readonly PlacedOrder[];
  readonly next?: OrderPosition;
}
