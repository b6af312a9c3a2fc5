import type { Order } from '@coffee/domain';

/** A request that must be refused, how it is sent, and with what it is refused. */
export interface BadRequest {
  readonly title: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
  /** Where one of the issues is. */
  readonly path?: readonly string[];
  /** What API Gateway answers, where it cannot answer the same. */
  readonly apiGateway?: ApiGatewayAnswer;
}

/** Another refusal, or `accepted`: the workflow decides what becomes of the order. */
export type ApiGatewayAnswer =
  | { readonly answer: 'refused'; readonly code: string; readonly reason: string }
  | { readonly answer: 'accepted'; readonly code?: never; readonly reason: string };

const oneAnswer = (reason: string): ApiGatewayAnswer => ({ answer: 'refused', code: 'OrderRejected', reason });
const oneForAll = oneAnswer('its validator has one answer for every body that it refuses');

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A copy with another value at a path. One that is `undefined` is missing from the JSON. */
function changed(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [key]: changed(object[key], rest, other) };
}

/** Every bad `POST /order` made of a good order: nothing else is wrong with it. */
export function badRequests(order: Order): BadRequest[] {
  const good = JSON.stringify({ order });
  const bad = (title: string, status: number, code: string, more: Partial<BadRequest>): BadRequest => {
    return { title, body: good, status, code, ...more };
  };
  const refused = (title: string, path: readonly string[], value: unknown) =>
    bad(title, 400, 'OrderRejected', { body: JSON.stringify(changed({ order }, path, value)), path });
  const proto = (title: string, at: string, path: readonly string[]) => {
    const body = good.replace(at, `${at}"__proto__":{"admin":true},`);
    return bad(`__proto__ in ${title}`, 400, 'OrderRejected', { body, path });
  };
  const key = (title: string, value: string) =>
    bad(`an Idempotency-Key ${title}`, 400, 'IdempotencyKeyRejected', { headers: { 'idempotency-key': value } });
  const malformed = (title: string, body: string | Uint8Array<ArrayBuffer>, apiGateway = oneForAll) =>
    bad(title, 400, 'MalformedJson', { body, apiGateway });
  const otherType = (type: string) =>
    bad(`the content type ${type}`, 415, 'UnsupportedMediaType', { headers: { 'content-type': type } });
  const fields = ['accountid', 'vendorid', 'orderdate', 'city', 'details', 'eventtype'].map((name) => ['order', name]);
  const details = ['coffeetype', 'coffeesize', 'unitprice', 'quantity'].map((name) => ['order', 'details', name]);
  const cut = good.indexOf('"city":"') + '"city":"'.length;

  return [
    malformed('a body that is not JSON', 'order=1'),
    malformed('half an order', good.slice(0, -5)),
    malformed('an empty body', ''),
    malformed('invalid UTF-8', Uint8Array.of(...encode(good.slice(0, cut)), 0xc3, 0x28, ...encode(good.slice(cut))), {
      answer: 'accepted',
      reason: 'it decodes the body before anything of ours sees it',
    }),
    otherType('text/plain'),
    otherType('application/x-www-form-urlencoded'),
    bad('a body of 300 KiB', 413, 'PayloadTooLarge', {
      body: JSON.stringify({ order: { ...order, city: 'x'.repeat(300 * 1024) } }),
      apiGateway: oneAnswer('its validator refuses the city before Step Functions sees the size'),
    }),
    refused('no order', ['order'], undefined),
    refused('an order that is null', ['order'], null),
    refused('an order that is a list', ['order'], [order]),
    refused('an unknown key beside the order', ['extra'], 1),
    refused('an unknown key in the order', ['order', 'extra'], 1),
    refused('an unknown key in the details', ['order', 'details', 'extra'], 1),
    proto('the body', '{', ['__proto__']),
    proto('the order', '"order":{', ['order', '__proto__']),
    proto('the details', '"details":{', ['order', 'details', '__proto__']),
    ...[...fields, ...details].map((path) => refused(`no ${path.at(-1)}`, path, undefined)),
    ...[0, -1, 1.5, '2', 101, null].map((value) =>
      refused(`the quantity ${JSON.stringify(value)}`, ['order', 'details', 'quantity'], value),
    ),
    ...['0.01', 0.01, '-3.5', '3.5e0'].map((value) =>
      refused(`the price ${JSON.stringify(value)}`, ['order', 'details', 'unitprice'], value),
    ),
    ...['../x', 'a/b', '', 'a'.repeat(65), 'a b', '.a', 'a\n'].map((value) =>
      refused(`the accountid ${JSON.stringify(value)}`, ['order', 'accountid'], value),
    ),
    refused('a vendorid with a space', ['order', 'vendorid'], 'v 0'),
    refused('the 30th of February', ['order', 'orderdate'], '2026-02-30 09:30:00'),
    refused('the 29th of February of a year that has none', ['order', 'orderdate'], '2026-02-29 09:30:00'),
    refused('the year 1999', ['order', 'orderdate'], '1999-12-31 09:30:00'),
    refused('month 13', ['order', 'orderdate'], '2026-13-01 09:30:00'),
    refused('an orderdate in words', ['order', 'orderdate'], 'tomorrow'),
    refused('an empty city', ['order', 'city'], ''),
    refused('a city with a line break', ['order', 'city'], 'Perth\nBcc: x'),
    refused('a city with a line separator', ['order', 'city'], 'line\u2028and\u2029paragraph'),
    refused('a city with a bidirectional control', ['order', 'city'], 'Perth\u202e'),
    refused('a city that cannot be seen', ['order', 'city'], '\u200b\u200b'),
    refused('an empty list of event types', ['order', 'eventtype'], []),
    refused('a coffee that is not on the menu', ['order', 'details', 'coffeetype'], 'Tea'),
    refused('a size that is not on the menu', ['order', 'details', 'coffeesize'], 'Bucket'),
    key('with a space', 'a b'),
    key('with a slash', 'a/b'),
    key('of 81 characters', 'k'.repeat(81)),
  ];
}
