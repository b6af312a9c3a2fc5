import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';

/** Keeps the invoice of each account and month. */
export interface InvoiceStore {
  /**
   * Adds the line to the invoice of the key, and creates the invoice with its first line. Idempotent by `orderid`.
   * Concurrent calls lose no line.
   *
   * @throws Conflict when the invoice has the `orderid` with other content, or the order is of another account or month.
   * @throws Unavailable when the effect is unknown; adding again is safe.
   */
  addLine(key: InvoiceKey, line: InvoiceLine): Promise<void>;

  /**
   * The invoice of a key, or `undefined`. Reads are consistent.
   *
   * @throws Unavailable
   */
  get(key: InvoiceKey): Promise<Invoice | undefined>;

  /**
   * Tells whether the invoice of a key exists, at less cost than reading it.
   *
   * @throws Unavailable
   */
  exists(key: InvoiceKey): Promise<boolean>;
}
