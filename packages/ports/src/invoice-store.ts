import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** Keeps the invoice of each account and month. */
export interface InvoiceStore {
  /**
   * Adds the line to the invoice of its account and month, and creates the invoice with its first line. Idempotent by
   * `orderid`. Concurrent calls lose no line. Adding a line costs the same however many there are.
   *
   * @throws Conflict when the invoice has the `orderid` with different content.
   * @throws Damaged when the line with this `orderid` cannot be read.
   * @throws Unavailable when the effect is unknown; adding again is safe.
   */
  add(line: InvoiceLine, options?: CallOptions): Promise<void>;

  /**
   * The invoice of a key, or `undefined`. Reads are consistent.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  get(key: InvoiceKey, options?: CallOptions): Promise<Invoice | undefined>;

  /**
   * Brings what a link to the invoice serves up to date, and answers whether the invoice exists. Called before a link
   * is made: the link then serves every line whose `add` ended before this call, whoever adds or prepares meanwhile.
   *
   * @throws Damaged
   * @throws Unavailable also when there is more to do than fits into one call. Progress is kept: call again.
   */
  prepare(key: InvoiceKey, options?: CallOptions): Promise<boolean>;
}
