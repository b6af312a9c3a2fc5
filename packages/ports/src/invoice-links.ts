import type { InvoiceKey } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** A URL and when it expires: UTC, ISO 8601. */
export interface InvoiceLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** Makes invoices readable without credentials, for a while. */
export interface InvoiceLinks {
  /**
   * A URL anyone can GET until `expiresAt`, and no longer; it cannot be changed to serve another invoice or to live
   * longer. It serves the invoice as JSON with a file name, as of the last `prepare` of the store or later. It does not
   * check that the invoice exists.
   *
   * @throws Unavailable
   */
  link(key: InvoiceKey, options?: CallOptions): Promise<InvoiceLink>;
}
