import type { PlacedOrder } from '@coffee/domain';
import { invoiceLineOf } from '@coffee/domain';
import type { CallOptions, InvoiceStore } from '@coffee/ports';

/** Adds a placed order to its account's invoice of the month. Idempotent by order id. */
export class IssueInvoiceLine {
  readonly #invoices: InvoiceStore;

  constructor(invoices: InvoiceStore) {
    this.#invoices = invoices;
  }

  /**
   * @throws Conflict when the order id is on the invoice with different content.
   * @throws Unavailable when it may or may not be added; executing again is safe.
   */
  async execute(placed: PlacedOrder, options?: CallOptions): Promise<{ readonly objectKey: string }> {
    await this.#invoices.add(invoiceLineOf(placed), options);
    return { objectKey: placed.invoice };
  }
}
