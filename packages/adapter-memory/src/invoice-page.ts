import type { Invoice, InvoiceKey } from '@coffee/domain';

/** An invoice without its lines. */
export interface InvoiceSummary extends Omit<Invoice, 'lines'> {
  readonly lineCount: number;
}

/** Which invoices: of a year, a month (1 to 12) of any year or of that one, an account; at most `limit` (100). */
export interface InvoicePageOptions {
  readonly year?: number;
  readonly month?: number;
  readonly accountid?: string;
  readonly limit?: number;
  /** The page goes on behind this invoice. */
  readonly before?: InvoiceKey;
}

/** Invoices, the newest month first, then by account. `next` is the `before` of the next page, when there is one. */
export interface InvoicePage {
  readonly invoices: readonly InvoiceSummary[];
  readonly next?: InvoiceKey;
}
