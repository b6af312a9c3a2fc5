import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ExecutionState, Mail } from '@coffee/api';
import { createClient, mailPage } from '@coffee/api';
import type { Invoice, Order } from '@coffee/domain';
import * as z from 'zod/mini';

/** A running system. */
export interface Target {
  /** The base URL with its stage, like `http://127.0.0.1:3000/prod`. */
  readonly api: string;
  /** What answers: API Gateway says what is wrong with a body in one text, and cannot see everything. */
  readonly edge: 'embedded' | 'API Gateway';
  /** Where messages can be read, like `http://127.0.0.1:3000/mailbox`. Left out: they cannot be. */
  readonly mailbox?: string;
}

/** How long an execution may take: a test's own timeout comes first, mostly. */
const patience = 240_000;
/** The longest pause between two looks: Step Functions lets an account describe ten executions a second. */
const longestPause = { embedded: 500, 'API Gateway': 4_000 };

/** Sends again what was answered 429, as long as there is patience. */
async function fetchWhenFree(request: Request): Promise<Response> {
  const deadline = Date.now() + patience;
  for (;;) {
    const response = await fetch(request.clone());
    if (response.status !== 429 || Date.now() > deadline) return response;
    await response.body?.cancel();
    await sleep(1000 * Number(response.headers.get('retry-after') ?? '1') * (1 + Math.random()));
  }
}

/** What a customer does: the calls of the API, and what takes several of them. */
export class Customer {
  readonly client: Client;
  readonly #target: Target;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param token Who calls, where callers are known. */
  constructor(target: Target, token?: string) {
    this.#target = target;
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.client = createClient({ baseUrl: target.api, fetch: fetchWhenFree, token });
  }

  /** Asks the API; the answer is not looked at. */
  get(path: string, parameters: Readonly<Record<string, string>> = {}, init: RequestInit = {}): Promise<Response> {
    const query = new URLSearchParams(parameters).toString();
    const headers = { ...this.#headers, ...(init.headers as Record<string, string>) };
    return fetch(`${this.#target.api}${path}${query === '' ? '' : `?${query}`}`, { ...init, headers });
  }

  /** Sends a body as it is; the answer is not looked at. */
  post(
    body: string | Uint8Array<ArrayBuffer> | object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return fetch(`${this.#target.api}/order`, {
      method: 'POST',
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...this.#headers, ...headers },
    });
  }

  /** Where the API says an order's state is. */
  location(orderid: string): string {
    return `${new URL(this.#target.api).pathname}/order/${orderid}`;
  }

  /** Polls until the execution has ended, four minutes at most. */
  async waitUntilEnded(orderid: string): Promise<ExecutionState> {
    const { edge } = this.#target;
    const deadline = Date.now() + patience;
    for (let pause = 10; ; pause = Math.min(pause * 2, longestPause[edge])) {
      const state = await this.client.getExecution(orderid);
      if (state.status !== 'RUNNING') return state;
      if (Date.now() > deadline) throw new Error(`order ${orderid} is still ${state.status} after ${patience} ms`);
      await sleep(pause);
    }
  }

  /** Waits until the execution has succeeded. */
  async finish(orderid: string): Promise<void> {
    const { status, error, message } = await this.waitUntilEnded(orderid);
    if (status !== 'SUCCEEDED') throw new Error(`order ${orderid} ended ${status}: ${error} ${message ?? ''}`);
  }

  /** Places an order and waits until its execution has succeeded. */
  async placeAndFinish(order: Order, options: { readonly idempotencyKey?: string } = {}): Promise<string> {
    const { orderid } = await this.client.placeOrder(order, options);
    await this.finish(orderid);
    return orderid;
  }

  /** The invoice that its link leads to. */
  async getInvoice(objectKey: string): Promise<Invoice> {
    const { url } = await this.client.getInvoice(objectKey);
    return this.client.openInvoice(url);
  }

  /** The messages about one order, when the target has a mailbox. */
  async mails(orderid: string): Promise<Mail[]> {
    if (this.#target.mailbox === undefined) throw new Error('this target has no mailbox');
    const answer = await read(await fetch(`${this.#target.mailbox}?orderid=${orderid}`), 200);
    return z.parse(mailPage, answer).mails;
  }
}

/** The JSON of an answer that must have this status. */
export async function read<T>(response: Response, status: number): Promise<T> {
  const text = await response.text();
  if (response.status !== status) {
    throw new Error(`${response.url} answered ${response.status}, not ${status}: ${text.slice(0, 500)}`);
  }
  return JSON.parse(text) as T;
}
