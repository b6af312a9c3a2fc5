import type { CallOptions } from './call.ts';

/** `granted`: send now, then `finish`. `busy`: another sender holds the lease. `done`: it has been sent. */
export type BeginOutcome = 'granted' | 'busy' | 'done';

/** Lets one sender at a time announce an order, for providers that cannot deduplicate. */
export interface NotificationLog {
  /**
   * Asks to be the sender. Of concurrent calls one is granted. An attempt that was not finished is handed out again
   * after its lease, which must be longer than the longest send; `done` is final.
   *
   * @throws Unavailable when the effect is unknown: a grant that no one received ends with its lease.
   */
  begin(orderid: string, options?: CallOptions): Promise<BeginOutcome>;

  /**
   * Records that the order has been announced. Idempotent; also accepted after the lease, and for an order without an
   * attempt.
   *
   * @throws Unavailable when the effect is unknown; finishing again is safe.
   */
  finish(orderid: string, options?: CallOptions): Promise<void>;

  /**
   * Gives back an attempt that has certainly not been sent, so that the next one need not wait for the lease to end.
   * Called by its sender during the lease. Does nothing for an order that is done or has no attempt.
   *
   * @throws Unavailable when the effect is unknown; the attempt then ends with its lease.
   */
  release(orderid: string, options?: CallOptions): Promise<void>;
}
