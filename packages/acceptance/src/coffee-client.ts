import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoice, Order, PlacedOrder } from '@coffee/domain';

/** A running system. */
export interface Target {
  /** The base URL with its stage, like `http://127.0.0.1:3000/prod`. */
  readonly api: string;
  /** What stands in front: API Gateway says what is wrong with a body as one text, and cannot see everything. */
  readonly edge: 'embedded' | 'API Gateway';
  /** Where mails can be read, like `http://127.0.0.1:3000/mailbox`. Left out: they cannot be. */
  readonly mailbox?: string;
}

/** An error answer, as RFC 9457 writes it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly issues?: readonly { readonly path: readonly (string | number)[] }[];
}

export interface Accepted {
  readonly orderid: string;
  readonly executionArn: string;
  /** Seconds since 1970. */
  readonly startDate: number;
}

export interface ExecutionState {
  readonly orderid: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly error?: string;
  readonly cause?: string;
}

export interface Mail {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly attributes: { readonly eventtype: readonly string[]; readonly accountid: string; readonly vendorid: string };
}

const sizes = [
  { coffeesize: 'Small', unitprice: '3.5' },
  { coffeesize: 'Medium', unitprice: '4.0' },
  { coffeesize: 'Large', unitprice: '4.5' },
  { coffeesize: 'x-Large', unitprice: '5.0' },
] as const;
const coffeetypes = ['Short Black', 'Flat White', 'Latte', 'Long Black'] as const;
const cities = 'Adelaide,Brisbane,Canberra,Darwin,Geelong,Gold Coast,Hobart,Melbourne,Perth,Sydney,Wollongong'.split(
  ',',
);

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;
const padded = (value: number, places = 2): string => String(value).padStart(places, '0');

/** Now on this machine's clock, as Python's `str(datetime.datetime.now())` prints it. */
function pythonNow(now = new Date()): string {
  const day = `${now.getFullYear()}-${padded(now.getMonth() + 1)}-${padded(now.getDate())}`;
  const time = `${padded(now.getHours())}:${padded(now.getMinutes())}:${padded(now.getSeconds())}`;
  return `${day} ${time}.${padded(now.getMilliseconds(), 3)}${padded(randomInt(1000), 3)}`;
}

/** An order with the seed's random choices. */
export function randomOrder(accountid: string, vendorid: string, overrides: Partial<Order> = {}): Order {
  return {
    accountid,
    vendorid,
    orderdate: pythonNow(),
    city: pick(cities),
    details: { coffeetype: pick(coffeetypes), ...pick(sizes), quantity: randomInt(1, 11) },
    eventtype: ['new_order'],
    ...overrides,
  };
}

/** The key of the invoice an order is a line of, built as the seed builds it: the month not padded. */
export function objectKeyOf(order: Pick<Order, 'accountid' | 'orderdate'>): string {
  return `${order.orderdate.slice(0, 4)}/${Number(order.orderdate.slice(5, 7))}/${order.accountid}`;
}

/** Account ids that no earlier run has used. */
export function freshAccounts(): (name: string) => string {
  const prefix = `t${randomBytes(5).toString('hex')}`;
  return (name) => `${prefix}-${name}`;
}

/** How long an execution may take: a test's own timeout comes first, mostly. */
const patience = 240_000;
/** The longest pause between two looks: Step Functions lets an account describe ten executions a second. */
const longestPause = { embedded: 500, 'API Gateway': 4_000 };

/** The calls of the API, as a customer makes them. Each throws when the answer has another status than it should. */
export class CoffeeClient {
  readonly target: Target;

  constructor(target: Target) {
    this.target = target;
  }

  get(path: string, parameters: Readonly<Record<string, string>> = {}, init: RequestInit = {}): Promise<Response> {
    const query = new URLSearchParams(parameters).toString();
    return fetch(`${this.target.api}${path}${query === '' ? '' : `?${query}`}`, init);
  }

  /** Sends a body as it is. */
  postRaw(body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.target.api}/order`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.postRaw(JSON.stringify(body), headers);
  }

  /** Where the API says an order's state is. */
  location(orderid: string): string {
    return `${new URL(this.target.api).pathname}/order/${orderid}`;
  }

  /** Places an order and answers its id. */
  async place(order: Order, headers: Readonly<Record<string, string>> = {}): Promise<Accepted> {
    return read<Accepted>(await this.#whenFree(() => this.post({ order }, headers)), 202);
  }

  async state(orderid: string): Promise<ExecutionState> {
    return read<ExecutionState>(await this.#whenFree(() => this.get(`/order/${orderid}`)), 200);
  }

  /** Polls until the execution has ended, four minutes at most. */
  async waitUntilEnded(orderid: string): Promise<ExecutionState> {
    const { edge } = this.target;
    const deadline = Date.now() + patience;
    for (let pause = 10; ; pause = Math.min(pause * 2, longestPause[edge])) {
      const state = await this.state(orderid);
      if (state.status !== 'RUNNING') return state;
      if (Date.now() > deadline) throw new Error(`order ${orderid} is still ${state.status} after ${patience} ms`);
      await sleep(pause);
    }
  }

  /** Sends again what was answered 429, as long as there is patience. */
  async #whenFree(send: () => Promise<Response>): Promise<Response> {
    const deadline = Date.now() + patience;
    for (;;) {
      const response = await send();
      if (response.status !== 429 || Date.now() > deadline) return response;
      await response.body?.cancel();
      await sleep(1000 * Number(response.headers.get('retry-after') ?? '1') * (1 + Math.random()));
    }
  }

  /** Places an order and waits until its execution has succeeded. */
  async placeAndFinish(order: Order, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const { orderid } = await this.place(order, headers);
    await this.finish(orderid);
    return orderid;
  }

  /** Waits until the execution has succeeded. */
  async finish(orderid: string): Promise<void> {
    const { status, error, cause } = await this.waitUntilEnded(orderid);
    if (status !== 'SUCCEEDED') throw new Error(`order ${orderid} ended ${status}: ${error} ${cause}`);
  }

  async getOrder(accountid: string, vendorid: string): Promise<PlacedOrder> {
    return read<PlacedOrder>(await this.get('/order', { accountid, vendorid }), 200);
  }

  /** A link to an invoice. */
  async getLink(objectKey: string): Promise<{ objectKey: string; url: string; expiresAt: string }> {
    return read(await this.get('/invoice', { objectKey }), 200);
  }

  /** The invoice that its link leads to. */
  async getInvoice(objectKey: string): Promise<Invoice> {
    const { url } = await this.getLink(objectKey);
    return read<Invoice>(await fetch(url), 200);
  }

  /** The mails of one order, when the target has a mailbox. */
  async mails(orderid: string): Promise<Mail[]> {
    if (this.target.mailbox === undefined) throw new Error('this target has no mailbox');
    const answer = await fetch(`${this.target.mailbox}?orderid=${orderid}`);
    return (await read<{ mails: Mail[] }>(answer, 200)).mails;
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
