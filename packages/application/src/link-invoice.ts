import { parseInvoiceKey } from '@coffee/domain';
import type { CallOptions, InvoiceLink, InvoiceLinks, InvoiceStore } from '@coffee/ports';

/** There is no invoice with this key. */
export class InvoiceNotFound extends Error {
  override readonly name = 'InvoiceNotFound';
  readonly code = 'InvoiceNotFound';

  constructor(objectKey: string) {
    super(`there is no invoice ${objectKey}`);
  }
}

/** Makes a link to an invoice that exists. */
export class LinkInvoice {
  readonly #invoices: InvoiceStore;
  readonly #links: InvoiceLinks;

  constructor(invoices: InvoiceStore, links: InvoiceLinks) {
    this.#invoices = invoices;
    this.#links = links;
  }

  /**
   * @throws InvoiceKeyRejected for a text that is not an invoice key.
   * @throws InvoiceNotFound
   * @throws Unavailable
   */
  async execute(objectKey: string, options?: CallOptions): Promise<InvoiceLink & { readonly objectKey: string }> {
    const key = parseInvoiceKey(objectKey);
    if (!(await this.#invoices.prepare(key, options))) throw new InvoiceNotFound(objectKey);
    return { objectKey, ...(await this.#links.link(key, options)) };
  }
}
