import type { PlacedOrder } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** `stored`: this is now the order of its primary key. `superseded`: there is a newer one, and nothing was changed. */
export type PutOutcome = 'stored' | 'superseded';

/** Keeps the newest order of each primary key (`accountid`, `vendorid`). */
export interface OrderRepository {
  /**
   * Stores the order unless there is a newer one: the newest `acceptedAt` wins, ties go to the greater `orderid`.
   * Idempotent by `orderid`. Concurrent puts leave the newest, whatever their order. Times are compared as times, and kept
   * in UTC with milliseconds.
   *
   * @throws RangeError when `acceptedAt` is not a time.
   * @throws Conflict when the stored order has the same `orderid` and different content.
   * @throws Unavailable when the effect is unknown; putting again is safe.
   */
  put(placed: PlacedOrder, options?: CallOptions): Promise<PutOutcome>;

  /**
   * The order of a primary key, or `undefined`. Reads are consistent: a put that resolved before is seen.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  get(accountid: string, vendorid: string, options?: CallOptions): Promise<PlacedOrder | undefined>;
}
