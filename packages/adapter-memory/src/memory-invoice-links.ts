import type { Invoice, InvoiceKey } from '@coffee/domain';
import type { CallOptions, Clock, InvoiceLink, InvoiceLinks, InvoiceStore } from '@coffee/ports';
import { abortable } from '@coffee/ports';
import { copyOf } from './copy.ts';

/** Where links lead and how long they last. */
export interface MemoryInvoiceLinksOptions {
  readonly invoices: InvoiceStore;
  /** The origin that serves `/invoices/…` by {@link MemoryInvoiceLinks.open}; a function when it is not known yet. */
  readonly baseUrl?: string | (() => string);
  readonly clock?: Clock;
  /** Defaults to 15 minutes. */
  readonly lifetimeMilliseconds?: number;
}

/** Links that carry an unguessable token, remembered until it expires. */
export class MemoryInvoiceLinks implements InvoiceLinks {
  readonly #invoices: InvoiceStore;
  readonly #baseUrl: () => string;
  readonly #clock: Clock;
  readonly #lifetime: number;
  readonly #links = new Map<string, { readonly key: InvoiceKey; readonly expires: number }>();

  constructor(options: MemoryInvoiceLinksOptions) {
    const {
      invoices,
      baseUrl = 'http://localhost',
      clock = () => Date.now(),
      lifetimeMilliseconds = 15 * 60_000,
    } = options;
    this.#invoices = invoices;
    this.#baseUrl = typeof baseUrl === 'string' ? () => baseUrl : baseUrl;
    this.#clock = clock;
    this.#lifetime = lifetimeMilliseconds;
  }

  link(key: InvoiceKey, options: CallOptions = {}): Promise<InvoiceLink> {
    return abortable(options, async () => {
      const now = this.#clock();
      for (const [place, { expires }] of this.#links) {
        if (expires > now) break; // in order of creation, so the first valid one ends the search
        this.#links.delete(place);
      }
      const token = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
        byte.toString(16).padStart(2, '0'),
      );
      const place = `/invoices/${key.objectKey}?token=${token.join('')}`;
      const expires = Math.floor((now + this.#lifetime) / 1000) * 1000; // whole seconds, as signed links have
      this.#links.set(place, { key: copyOf(key), expires });
      return { url: `${this.#baseUrl()}${place}`, expiresAt: new Date(expires).toISOString() };
    });
  }

  /** The invoice a link leads to, or `undefined` when the link was changed, has expired or leads nowhere. */
  async open(url: string): Promise<Invoice | undefined> {
    const start = url.indexOf('/invoices/');
    const link = start < 0 ? undefined : this.#links.get(url.slice(start));
    return link === undefined || link.expires <= this.#clock() ? undefined : this.#invoices.get(link.key);
  }
}
