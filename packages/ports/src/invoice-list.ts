import type { Invoice, InvoiceKey } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** An invoice without its lines. */
export interface InvoiceSummary extends Omit<Invoice, 'lines'> {
  readonly lineCount: number;
}

/** Selects invoices by year, month (1 to 12, of that year or of any) and account: at most `limit` (100 by default). */
export interface InvoiceQuery {
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly accountid?: string | undefined;
  readonly limit?: number | undefined;
  /** The page continues after this invoice. */
  readonly before?: InvoiceKey | undefined;
}

/** Invoices, the newest month first, then by account. `next` is the `before` of the next page, when there is one. */
export interface InvoicePage {
  readonly invoices: readonly InvoiceSummary[];
  readonly next?: InvoiceKey;
}

/** Browses the invoices. For stores that can list. */
export interface InvoiceList {
  /**
   * A page of invoices, the newest month first, then by account.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  page(query?: InvoiceQuery, options?: CallOptions): Promise<InvoicePage>;
}
