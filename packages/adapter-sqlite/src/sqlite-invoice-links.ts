import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Invoice, InvoiceKey } from '@coffee/domain';
import { InvoiceKeyRejected, parseInvoiceKey } from '@coffee/domain';
import type { CallOptions, Clock, InvoiceLink, InvoiceLinks, InvoiceStore } from '@coffee/ports';
import { abortable } from '@coffee/ports';
import type { SlicedInvoice } from './invoice-slices.ts';
import { openInvoice } from './invoice-slices.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Where links lead and how long they last. */
export interface SqliteInvoiceLinksOptions {
  readonly invoices: InvoiceStore;
  /** The origin that serves `/invoices/…` by {@link SqliteInvoiceLinks.open}; a function when it is not known yet. */
  readonly baseUrl: string | (() => string);
  readonly clock?: Clock;
  /** Defaults to 15 minutes. */
  readonly lifetimeMilliseconds?: number;
}

const keep = "INSERT INTO secrets (name, value) VALUES ('invoice-links', ?) ON CONFLICT DO NOTHING";
const read = "SELECT value FROM secrets WHERE name = 'invoice-links'";
const place = /\/invoices\/(\d{4}\/\d{1,2}\/[^/]+)$/;

/** Links signed with a secret kept in the file: they survive a restart, expire, and cannot be forged. */
export class SqliteInvoiceLinks implements InvoiceLinks {
  readonly #database: SqliteDatabase;
  readonly #invoices: InvoiceStore;
  readonly #baseUrl: () => string;
  readonly #clock: Clock;
  readonly #lifetime: number;
  #secret: Promise<string> | undefined;

  constructor(database: SqliteDatabase, options: SqliteInvoiceLinksOptions) {
    const { invoices, baseUrl, clock = () => Date.now(), lifetimeMilliseconds = 15 * 60_000 } = options;
    this.#database = database;
    this.#invoices = invoices;
    this.#baseUrl = typeof baseUrl === 'string' ? () => baseUrl : baseUrl;
    this.#clock = clock;
    this.#lifetime = lifetimeMilliseconds;
  }

  async link(key: InvoiceKey, options?: CallOptions): Promise<InvoiceLink> {
    const expires = Math.floor((this.#clock() + this.#lifetime) / 1000);
    return {
      url: `${this.#baseUrl()}${await this.#sign(key, String(expires), options)}`,
      expiresAt: new Date(expires * 1000).toISOString(),
    };
  }

  /** The invoice a link leads to, or `undefined` when the link was changed, has expired or leads nowhere. */
  async open(url: string): Promise<Invoice | undefined> {
    const key = await this.#keyOf(url);
    return key && this.#invoices.get(key);
  }

  /** The same, of an invoice in this file, whose lines are read in slices: a long one is never in memory as a whole. */
  async openSlices(url: string): Promise<SlicedInvoice | undefined> {
    const key = await this.#keyOf(url);
    return key && openInvoice(this.#database, key);
  }

  async #keyOf(url: string): Promise<InvoiceKey | undefined> {
    const { pathname, search, searchParams } = new URL(url, 'http://localhost');
    const objectKey = place.exec(pathname)?.[1];
    const expires = searchParams.get('expires');
    if (objectKey === undefined || expires === null) return undefined;
    let key: InvoiceKey;
    try {
      key = parseInvoiceKey(objectKey);
    } catch (error) {
      if (error instanceof InvoiceKeyRejected) return undefined;
      throw error;
    }
    const expected = Buffer.from(await this.#sign(key, expires));
    const given = Buffer.from(`${pathname.slice(pathname.indexOf('/invoices/'))}${search}`);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
    return this.#clock() < Number(expires) * 1000 ? key : undefined;
  }

  async #sign(key: InvoiceKey, expires: string, options: CallOptions = {}): Promise<string> {
    this.#secret ??= this.#loadSecret().catch((error) => {
      this.#secret = undefined;
      throw error;
    });
    const secret = this.#secret;
    const signature = createHmac('sha256', await abortable(options, () => secret))
      .update(`${key.objectKey}\n${expires}`)
      .digest('hex');
    return `/invoices/${key.objectKey}?expires=${encodeURIComponent(expires)}&signature=${signature}`;
  }

  async #loadSecret(): Promise<string> {
    await this.#database.run(keep, [randomBytes(32).toString('hex')]);
    return String((await this.#database.get(read, []))?.value);
  }
}
