import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** Keeps the invoice of each account and month. */
export interface InvoiceStore {
  /**
   * Adds the line to the invoice of its account and month, and creates the invoice with its first line. Idempotent by
   * `orderid`. Concurrent calls lose no line. Adding a line costs the same however many there are.
   *
   * @throws Conflict when the invoice has the `orderid` with different content.
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
   * is made.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  prepare(key: InvoiceKey, options?: CallOptions): Promise<boolean>;
}
