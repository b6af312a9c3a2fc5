import type { Principal } from '@coffee/domain';
import { mayReadInvoice, parseInvoiceKey } from '@coffee/domain';
import type { CallOptions, InvoiceLink, InvoiceLinks, InvoiceStore } from '@coffee/ports';

/** There is no invoice with this key, or the caller may not read it: the error does not say which. */
export class InvoiceNotFound extends Error {
  override readonly name = 'InvoiceNotFound';
  readonly code = 'InvoiceNotFound';

  constructor(objectKey: string) {
    super(`there is no invoice ${objectKey}`);
  }
}

/** Makes a link to an invoice that exists. Whoever has the link reads the invoice; only who may read it gets one. */
export class LinkInvoice {
  readonly #invoices: InvoiceStore;
  readonly #links: InvoiceLinks;

  constructor(invoices: InvoiceStore, links: InvoiceLinks) {
    this.#invoices = invoices;
    this.#links = links;
  }

  /**
   * @param caller Who asks. What belongs to others is not looked up.
   * @throws InvoiceKeyRejected for a text that is not an invoice key.
   * @throws InvoiceNotFound
   * @throws Unavailable
   */
  async execute(
    caller: Principal,
    objectKey: string,
    options?: CallOptions,
  ): Promise<InvoiceLink & { readonly objectKey: string }> {
    const key = parseInvoiceKey(objectKey);
    const isThere = mayReadInvoice(caller, key) && (await this.#invoices.prepare(key, options));
    if (!isThere) throw new InvoiceNotFound(objectKey);
    return { objectKey, ...(await this.#links.link(key, options)) };
  }
}
