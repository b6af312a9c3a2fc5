import type { Invoice, Menu, PlacedOrder } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import { v7 as uuidv7 } from 'uuid';
import { NotServed, UsageError } from '../failure.ts';
import type { Accepted, ExecutionDetails, ExecutionState, InvoiceLink, Mail } from './answers.ts';
import { pagesOf } from './pages-of.ts';
import type { Patience } from './patient-fetch.ts';
import { patientFetch } from './patient-fetch.ts';
import { Refused, readAnswer } from './read-answer.ts';

/**
 * The base URL of the API: a URL without a path gets the stage `/prod`.
 *
 * @throws UsageError when it is not an http URL.
 */
export function apiOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`${JSON.stringify(text)} is not an http URL`, ['for example --url http://127.0.0.1:3000']);
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? '/prod' : path}`;
}

type Query = Readonly<Record<string, string>>;

/**
 * The calls that the commands make. Each throws `Refused` for an error answer and `NoAnswer` when there is no server.
 */
export class CoffeeServer {
  /** The base URL with its stage, like `http://127.0.0.1:3000/prod`. */
  readonly api: string;
  readonly origin: string;
  readonly #patience: Patience;
  #embedded: Promise<boolean> | undefined;

  constructor(api: string, patience: Patience) {
    this.api = api;
    this.origin = new URL(api).origin;
    this.#patience = patience;
  }

  /** Whether this is an embedded server: only those have executions, a mailbox and a menu to read. */
  embedded(): Promise<boolean> {
    this.#embedded ??= this.#fetch(`${this.origin}/healthz`).then(async (response) => {
      const text = await response.text();
      return response.ok && text.includes('"ok"');
    });
    return this.#embedded;
  }

  /**
   * Passes where an embedded server answers.
   *
   * @throws NotServed for a deployed gateway: it does not have `what`; `instead` says where to look.
   */
  async expectEmbedded(what: string, instead: string): Promise<void> {
    if (!(await this.embedded())) throw new NotServed(what, this.origin, instead);
  }

  /**
   * Places an order: `order` is sent as it is. Without a key the order gets a new id, so that one whose answer is lost
   * is sent again and yet placed once.
   */
  async place(order: unknown, key?: string): Promise<Accepted> {
    const orderid = key ?? uuidv7();
    try {
      return await this.#json<Accepted>(`${this.api}/order`, {
        method: 'POST',
        body: JSON.stringify({ order }),
        headers: { 'content-type': 'application/json', 'idempotency-key': orderid },
      });
    } catch (error) {
      const placedBefore = error instanceof Refused && error.problem.code === 'ExecutionAlreadyExists';
      if (key !== undefined || !placedBefore) throw error;
      const { startDate } = await this.state(orderid); // its first answer was lost, and it has ended since
      return { orderid, startDate };
    }
  }

  order(accountid: string, vendorid: string): Promise<PlacedOrder> {
    return this.#json(`${this.api}/order?${new URLSearchParams({ accountid, vendorid })}`);
  }

  state(orderid: string): Promise<ExecutionState> {
    return this.#json(`${this.api}/order/${encodeURIComponent(orderid)}`);
  }

  invoiceLink(objectKey: string): Promise<InvoiceLink> {
    return this.#json(`${this.api}/invoice?${new URLSearchParams({ objectKey })}`);
  }

  /** The invoice behind a link. */
  invoice({ url }: InvoiceLink): Promise<Invoice> {
    return this.#json(url);
  }

  /** The menu of an embedded server, or the default menu where a gateway does not show its own (`own: false`). */
  async menu(): Promise<{ readonly menu: Menu; readonly own: boolean }> {
    const response = await this.#fetch(`${this.origin}/menu`);
    const type = response.headers.get('content-type') ?? '';
    if (response.ok && type.startsWith('application/json')) return { menu: await readAnswer(response), own: true };
    await response.body?.cancel();
    return { menu: defaultMenu, own: false };
  }

  /** An execution with its history. Embedded servers only. */
  execution(orderid: string): Promise<ExecutionDetails> {
    return this.#json(`${this.origin}/executions/${encodeURIComponent(orderid)}`);
  }

  /** At most `limit` executions, newest first. Embedded servers only. */
  executions(limit: number, query: Query = {}): AsyncGenerator<ExecutionState> {
    return pagesOf(limit, async (page) => {
      const answer = await this.#page<{ executions: ExecutionState[] }>('executions', { ...query, ...page });
      return { items: answer.executions, next: answer.next };
    });
  }

  /** At most `limit` messages, newest first. Embedded servers only. */
  mails(limit: number, query: Query = {}): AsyncGenerator<Mail> {
    return pagesOf(limit, async (page) => {
      const answer = await this.#page<{ mails: Mail[] }>('mailbox', { ...query, ...page });
      return { items: answer.mails, next: answer.next };
    });
  }

  /** Redrives a failed execution; sent only once, since the second would be refused. Embedded servers only. */
  async redrive(orderid: string): Promise<ExecutionState> {
    const url = `${this.origin}/executions/${encodeURIComponent(orderid)}/redrive`;
    return readAnswer(await patientFetch(url, { method: 'POST' }, { ...this.#patience, milliseconds: 0 }));
  }

  #page<T>(path: string, query: Query): Promise<T & { readonly next?: string | number }> {
    return this.#json(`${this.origin}/${path}?${new URLSearchParams(query)}`);
  }

  #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    return patientFetch(url, init, this.#patience);
  }

  async #json<T>(url: string, init: RequestInit = {}): Promise<T> {
    return readAnswer<T>(await this.#fetch(url, init));
  }
}
