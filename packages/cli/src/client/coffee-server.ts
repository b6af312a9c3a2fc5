import { isDeepStrictEqual } from 'node:util';
import type { AcceptedOrder, Client, TokenSource } from '@coffee/api';
import { createClient, stageOf } from '@coffee/api';
import type { Menu, Order } from '@coffee/domain';
import { v7 as uuidv7 } from 'uuid';
import { exitCodes, Failure, Refused, UsageError } from '../failure.ts';
import type { Patience } from './patient-fetch.ts';
import { fetchJson } from './patient-fetch.ts';

/** The most that an embedded server puts on a page. */
const largestPage = 1000;

/** Reads a list page by page, until it ends or there are `limit` items; `next` is the `before` of the page after it. */
export async function* pagesOf<T>(
  limit: number,
  read: (query: {
    readonly limit: number;
    readonly before?: number;
  }) => Promise<{ readonly items: readonly T[]; readonly next: number | undefined }>,
): AsyncGenerator<T> {
  let before: number | undefined;
  for (let left = limit; left > 0; ) {
    const page = await read({ limit: Math.min(left, largestPage), ...(before === undefined ? {} : { before }) });
    yield* page.items;
    left -= page.items.length;
    if (page.next === undefined || page.items.length === 0) return;
    before = page.next;
  }
}

/** What an embedded server answers, or `undefined` where something else does. */
async function ifServed<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) throw error;
    if (error instanceof Refused || (error instanceof Failure && error.code === 'NotJson')) return undefined;
    throw error;
  }
}

/**
 * A server: the calls of the API, and what the commands need on top. All throw `Refused` for an error answer and
 * `NoAnswer` when there is no server.
 */
export class CoffeeServer {
  /** The calls of the API as they are. */
  readonly api: Client;
  #embedded: Promise<boolean> | undefined;

  /**
   * @param tokenOf Gets the token for an origin. Without it none is sent.
   * @throws UsageError when `url` is not an http URL.
   */
  constructor(url: string, patience: Patience, tokenOf?: (origin: string) => TokenSource) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new UsageError(`${JSON.stringify(url)} is not an http URL`, ['for example --url http://127.0.0.1:3000']);
    }
    const { origin } = new URL(stageOf(url));
    this.api = createClient({
      baseUrl: url,
      fetch: (request) => fetchJson(request, patience),
      token: tokenOf?.(origin),
    });
  }

  /** Whether this is an embedded server: only those have executions, a mailbox and a menu to read. */
  embedded(): Promise<boolean> {
    this.#embedded ??= ifServed(this.api.getHealth()).then((health) => health?.status === 'ok');
    return this.#embedded;
  }

  /**
   * Passes where an embedded server answers.
   *
   * @throws Failure for a deployed gateway: it does not have `what`; `instead` says where to look.
   */
  async expectEmbedded(what: string, instead: string): Promise<void> {
    if (await this.embedded()) return;
    const message = `${what}: only an embedded server has them, and ${this.api.origin} is a deployed gateway`;
    throw new Failure(exitCodes.notServed, message, { code: 'NotServed', hints: [instead] });
  }

  /** The menu of an embedded server; `undefined` for a deployed gateway, which does not show its own. */
  menu(): Promise<Menu | undefined> {
    return ifServed(this.api.getMenu());
  }

  /**
   * Places an order, which only the server checks. Without a key the order gets a new id, so that one whose answer is
   * lost is sent again and yet placed once. A key that the same order had is that order's success.
   */
  async place(order: unknown, key?: string): Promise<Pick<AcceptedOrder, 'orderid' | 'startDate'>> {
    const idempotencyKey = key ?? uuidv7();
    try {
      return await this.api.placeOrder(order as Order, { idempotencyKey });
    } catch (error) {
      if (!(error instanceof Refused && error.problem.code === 'ExecutionAlreadyExists')) throw error;
      const { orderid, startDate, order: first } = await this.api.getExecution(idempotencyKey);
      // Its first answer was lost, and it has ended since.
      if (key === undefined || isDeepStrictEqual(first, order)) return { orderid, startDate };
      throw first === undefined ? error : error.withHints(`the first order: ${JSON.stringify(first)}`);
    }
  }
}
