import { randomFillSync } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Issue } from '@coffee/api';
import { executionName, problem, rejection } from '@coffee/api';
import { callerPrefix, inputOf } from '@coffee/application';
import type { Menu, Order } from '@coffee/domain';
import { issueLimit, mayPlace, safeParseOrder } from '@coffee/domain';
import type { Authenticator } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import { v7 as uuidv7 } from 'uuid';
import type { WorkflowEngine } from '../engine/workflow-engine.ts';
import type { Identified } from './callers.ts';
import { identify } from './callers.ts';
import type { Answer } from './messages.ts';
import { executionArn, problemAnswer, readJsonBody, toSeconds } from './messages.ts';

const randomBytes = new Uint8Array(16 * 1024);
let drawn = randomBytes.length;

/** Sixteen random bytes of a block, since drawing them one by one costs more than the rest of an id. */
function rng(): Uint8Array {
  if (drawn === randomBytes.length) {
    randomFillSync(randomBytes);
    drawn = 0;
  }
  drawn += 16;
  return randomBytes.subarray(drawn - 16, drawn);
}

const anyone: Identified = { caller: { kind: 'anyone' } };

/** The prefix of a caller and a key make a name of an execution, which has at most 80 characters. */
const longestOwnKey = 60;

/** What placing an order needs. */
export interface PlaceOrderOptions {
  /** Tells who is calling. Without one, anyone is. */
  readonly authenticator?: Authenticator | undefined;
  readonly engine: WorkflowEngine;
  readonly menu: Menu;
  /** Whether the server shuts down: nothing new begins. */
  readonly server: { readonly isClosing: boolean };
}

type ParsedRequest =
  | { readonly success: true; readonly order: Order }
  | { readonly success: false; readonly issues: readonly Issue[]; readonly moreIssues: number };

/** Checks a body `{ "order": … }`: every broken rule at once, its path from the body inward. */
function parseOrderRequest(body: unknown, menu: Menu): ParsedRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const issue = { path: [], code: 'wrong_type', message: 'the body must be an object' };
    return { success: false, issues: [issue], moreIssues: 0 };
  }
  const unknown = Object.keys(body).filter((key) => key !== 'order');
  const issues: Issue[] = unknown.slice(0, issueLimit).map((key) => {
    const name = key.length > 100 ? `${key.slice(0, 100)}…` : key;
    return { path: [name], code: 'unknown_key', message: `${name} is not a field of the body, which is {"order": …}` };
  });
  let moreIssues = unknown.length - issues.length;
  if (!Object.hasOwn(body, 'order')) {
    issues.push({ path: ['order'], code: 'required', message: 'order is required' });
    return { success: false, issues, moreIssues };
  }
  const result = safeParseOrder((body as { order: unknown }).order, menu);
  if (!result.success) {
    issues.push(...result.error.issues.map((issue) => ({ ...issue, path: ['order', ...issue.path] })));
    moreIssues += result.error.moreIssues;
  }
  return issues.length === 0 && result.success
    ? { success: true, order: result.data }
    : { success: false, issues, moreIssues };
}

/** Answers `POST /order`. Rejects with what the store or the engine throws. */
export function placeOrder(options: PlaceOrderOptions): (incoming: IncomingMessage) => Promise<Answer> {
  const { authenticator, engine, menu, server } = options;
  return async (incoming) => {
    const identified = authenticator === undefined ? anyone : await identify(authenticator, incoming);
    if ('refusal' in identified) return identified.refusal;
    const { caller } = identified;
    if (incoming.destroyed) throw new Unavailable('the client is gone');
    const body = await readJsonBody(incoming);
    if (!body.success) return problemAnswer(body.problem);
    // The draft of the header's standard writes it in quotes.
    const key = incoming.headers['idempotency-key']?.toString().replace(/^"([^"]*)"$/, '$1');
    if (key !== undefined && !executionName.test(key)) return problemAnswer(problem('IdempotencyKeyRejected'));
    if (key !== undefined && caller.kind !== 'anyone' && key.length > longestOwnKey) {
      const rule = `Idempotency-Key must be 1 to ${longestOwnKey} of the characters A-Z a-z 0-9 _ -`;
      return problemAnswer(problem('IdempotencyKeyRejected', rule));
    }
    const request = parseOrderRequest(body.value, menu);
    if (!request.success) return problemAnswer(rejection('OrderRejected', request.issues, request.moreIssues));
    if (!mayPlace(caller, request.order)) return problemAnswer(problem('OrderForbidden'));
    if (server.isClosing) throw new Unavailable('the server is shutting down');
    const orderid = `${await callerPrefix(caller)}${key ?? uuidv7({ rng })}`;
    const { accountid, vendorid } = request.order;
    const outcome = await engine.start(orderid, inputOf(body.text, caller), { accountid, vendorid });
    const location = { Location: `/prod/order/${orderid}` };
    if (outcome.kind === 'exists') {
      const detail = `execution ${orderid} has ended or was started with another body`;
      return problemAnswer(problem('ExecutionAlreadyExists', detail), location);
    }
    const startDate = toSeconds(outcome.execution.startedAt);
    return {
      status: 202,
      headers: { 'Content-Type': 'application/json', ...location },
      body: JSON.stringify({ orderid, executionArn: executionArn(orderid), startDate }),
    };
  };
}

/** What {@link orderListener} needs besides. */
export interface OrderListenerOptions extends PlaceOrderOptions {
  readonly servesHost: (host: string) => boolean;
  /** The answer to what placing an order throws. */
  readonly failure: (error: unknown, incoming: IncomingMessage) => Answer;
}

/**
 * Answers plain requests to place an order without the framework's objects: those of no web page, to a host that is served.
 * All others are for the other listener, whose answers are the same.
 */
export function orderListener(options: OrderListenerOptions, others: RequestListener): RequestListener {
  const place = placeOrder(options);
  return (incoming, outgoing) => {
    const { host, origin } = incoming.headers;
    const isPlain = incoming.method === 'POST' && incoming.url === '/prod/order' && origin === undefined;
    if (!isPlain || host === undefined || !options.servesHost(host)) return others(incoming, outgoing);
    void place(incoming)
      .catch((error: unknown) => options.failure(error, incoming))
      .then(({ status, headers, body }) => {
        const length = { Vary: 'Origin', 'Content-Length': Buffer.byteLength(body) };
        outgoing.writeHead(status, { ...headers, ...length }).end(body);
      });
  };
}
