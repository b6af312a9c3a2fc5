import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { badRequests } from '@coffee/acceptance/bad-requests';
import type { Order } from '@coffee/domain';
import { defaultMenu, safeParseOrder } from '@coffee/domain';
import { codePoints } from '@coffee/domain/arbitraries';
import { synthesizeStage } from '@coffee/infra';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BackEndAnswer, ServiceCall } from '../gateway/index.ts';
import { readApi } from '../gateway/index.ts';
import type { Listening } from '../servers/listen.ts';
import { resolve, serveEdge } from './serve-edge.ts';

const machine = 'arn:aws:states:ap-southeast-2:123456789012:stateMachine:order-workflow';
const execution = 'arn:aws:states:ap-southeast-2:123456789012:execution:order-workflow';
const order: Order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00.123456',
  city: 'Adelaide',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 },
  eventtype: ['new_order'],
};

let gateway: Listening;
let answer: (call: ServiceCall) => BackEndAnswer | Promise<BackEndAnswer>;
const calls: ServiceCall[] = [];
const started = (call: ServiceCall): BackEndAnswer => {
  const { name } = JSON.parse(call.body) as { name: string };
  return { status: 200, body: JSON.stringify({ executionArn: `${execution}:${name}`, startDate: 1763976600.125 }) };
};

beforeAll(async () => {
  gateway = await serveEdge(async (call) => {
    calls.push(call);
    return answer(call);
  });
});
afterAll(() => gateway.close());
beforeEach(() => {
  calls.length = 0;
  answer = started;
});

const send = (body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${gateway.url}/prod/order`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
const place = (changed: Partial<Order> = {}, headers: Readonly<Record<string, string>> = {}) =>
  send(JSON.stringify({ order: { ...order, ...changed } }), headers);
const ask = (path: string) => fetch(`${gateway.url}/prod${path}`);
/** What Step Functions was asked, once. */
function asked(): { stateMachineArn: string; name: string; input: string; executionArn: string } {
  expect(calls).toHaveLength(1);
  return JSON.parse(calls[0]?.body ?? '');
}
/** The input of the execution that was asked for, which has the body and who sent it, and nothing else. */
const handedOn = (): unknown => JSON.parse(asked().input);
const inputOf = (body: string) => ({ body, caller: { kind: 'anyone' } });

/** Expects a problem with the headers for browsers. */
async function expectProblem(response: Response, status: number, code: string): Promise<Record<string, unknown>> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const problem = JSON.parse(text) as Record<string, unknown>;
  expect(problem).toMatchObject({ type: 'about:blank', status, code, detail: expect.any(String) });
  return problem;
}

describe('POST /order', () => {
  it('starts an execution with the body in its input and answers 202 with the Location', async () => {
    const body = ` {"order":\n${JSON.stringify(order)} } `;
    const response = await send(body);
    expect(response.status).toBe(202);
    const { name, stateMachineArn } = asked();
    expect([calls[0]?.service, calls[0]?.action, stateMachineArn]).toEqual(['states', 'StartExecution', machine]);
    expect(handedOn()).toEqual(inputOf(body));
    expect(name).toMatch(/^\d{13}-[0-9A-Za-z_-]+$/);
    expect(Math.abs(Number(name.slice(0, 13)) - Date.now())).toBeLessThan(60_000);
    expect(await response.json()).toEqual({
      orderid: name,
      executionArn: `${execution}:${name}`,
      startDate: 1763976600.125,
    });
    expect(response.headers.get('location')).toBe(`/prod/order/${name}`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).toBe('Location,Retry-After');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it('gives two orders two names', async () => {
    await place();
    await place();
    expect(new Set(calls.map(({ body }) => JSON.parse(body).name)).size).toBe(2);
  });

  it.each([
    "L'Aquila",
    'a "quoted" \\ city',
    `@@city@@ $input.body \${x} #set($a = 1)`,
    'Zürich ☕️ 👩‍🚀',
    'a\u00a0b\u3000c',
    "\\'",
    '/',
  ])('hands on a city like %j to the last character', async (city) => {
    expect((await place({ city })).status).toBe(202);
    expect(handedOn()).toEqual(inputOf(JSON.stringify({ order: { ...order, city } })));
  });

  it('hands on any text in a body, to the last character', async () => {
    const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 5 });
    const city = fc
      .string({ unit: fc.oneof(codePoints, fc.constantFrom(...`'"\\@$#{}/`)), minLength: 1, maxLength: 60 })
      .filter((text) => safeParseOrder({ ...order, city: text }, defaultMenu).success);
    await fc.assert(
      fc.asyncProperty(space, city, async (before, text) => {
        calls.length = 0;
        const body = `${before}${JSON.stringify({ order: { ...order, city: text } })}${before}`;
        expect((await send(body)).status).toBe(202);
        expect(handedOn()).toEqual(inputOf(body));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    `"}, "caller": {"kind": "operator"}}`,
    '\\"}, "caller": {"kind": "operator"}, "x": "',
    '\\u0022}',
    "\\\\\\'",
  ])('hands on %s in a body as a part of it', async (text) => {
    const body = JSON.stringify({ order: { ...order, city: text } });
    expect((await send(body)).status).toBe(202);
    expect(handedOn()).toEqual(inputOf(body));
  });

  it('hands on a key that is given twice', async () => {
    const body = `{"order": ${JSON.stringify({ ...order, city: 'Perth' })}, "order": ${JSON.stringify(order)}}`;
    expect((await send(body)).status).toBe(202);
    expect(handedOn()).toEqual(inputOf(body));
  });

  it('makes the same input of the same body, byte for byte', async () => {
    for (const _ of [1, 2]) await place({ city: "L'Aquila ☕️" }, { 'idempotency-key': 'same' });
    expect(calls[1]?.body).toBe(calls[0]?.body);
  });

  it('hands on no more than task_put_item can take, and lets Step Functions refuse the rest', async () => {
    const body = JSON.stringify({ order });
    const quotes = body.split('"').length - 1; // are escaped
    const full = body + ' '.repeat(261_900 - body.length - quotes);
    expect((await send(full)).status).toBe(202);
    expect(handedOn()).toEqual(inputOf(full));
    const payload = { orderid: 'x'.repeat(80), acceptedAt: new Date(0).toISOString(), input: handedOn() };
    expect(JSON.stringify(payload).length).toBeLessThanOrEqual(262_144);
    calls.length = 0;
    await send(`${full} `);
    expect(asked().input.length).toBeGreaterThan(262_144);
  });

  describe('with an Idempotency-Key', () => {
    it.each(['Idempotency-Key', 'idempotency-key', 'IDEMPOTENCY-KEY'])('written %s', async (header) => {
      const response = await place({}, { [header]: 'My_key-1' });
      expect(asked().name).toBe('My_key-1');
      expect(response.headers.get('location')).toBe('/prod/order/My_key-1');
      expect(await response.json()).toMatchObject({ orderid: 'My_key-1' });
    });

    it('written in quotes, as the draft of its standard has it', async () => {
      const response = await place({}, { 'idempotency-key': '"8e03978e-40d5-43e8-bc93-6894a57f9324"' });
      expect(asked().name).toBe('8e03978e-40d5-43e8-bc93-6894a57f9324');
      expect(response.headers.get('location')).toBe('/prod/order/8e03978e-40d5-43e8-bc93-6894a57f9324');
    });

    it.each(['a b', 'a/b', 'a.b', '"a', 'a"', '"a"b"', '""', 'k\'", "input": "{}', '$context.requestId', 'é'])(
      'never sends on a key like %j',
      async (key) => {
        answer = () => ({
          status: 400,
          body: '{"__type":"com.amazonaws.swf.service.v2.model#InvalidName","message":"Invalid Name: \'/\'"}',
        });
        await expectProblem(
          await place({}, { 'idempotency-key': encodeURI(key) === key || key === 'é' ? key : key }),
          400,
          'IdempotencyKeyRejected',
        );
        expect(asked()).toEqual({ stateMachineArn: machine, name: '/', input: expect.any(String) });
        expect(handedOn()).toEqual(inputOf(JSON.stringify({ order })));
      },
    );

    it('does not take it from the query', async () => {
      const body = JSON.stringify({ order });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${gateway.url}/prod/order?Idempotency-Key=chosen`, { method: 'POST', body, headers });
      expect(asked().name).not.toBe('chosen');
    });
  });

  describe('maps what Step Functions answers', () => {
    const refused = (type: string, message: string) => () => ({
      status: 400,
      body: JSON.stringify({ __type: `com.amazonaws.swf.service.v2.model#${type}`, message }),
    });
    const invalid = (at: string) =>
      refused('ValidationException', `1 validation error detected: Value 'x' at '${at}' failed to satisfy constraint`);

    it('409 with the Location of the first', async () => {
      answer = refused('ExecutionAlreadyExists', `Execution Already Exists: '${execution}:first'`);
      const response = await place({}, { 'idempotency-key': 'first' });
      const problem = await expectProblem(response, 409, 'ExecutionAlreadyExists');
      expect(problem.detail).toContain('first');
      expect(response.headers.get('location')).toBe('/prod/order/first');
    });

    it.each([
      ['a name that is too long', invalid('name'), 400, 'IdempotencyKeyRejected'],
      ['a name with other characters', refused('InvalidName', "Invalid Name: '/'"), 400, 'IdempotencyKeyRejected'],
      ['an input that is too long', invalid('input'), 413, 'PayloadTooLarge'],
      ['an input that is not JSON', refused('InvalidExecutionInput', 'Invalid'), 400, 'MalformedJson'],
      ['a machine that is not there', refused('StateMachineDoesNotExist', 'no'), 500, 'InternalError'],
      ['a role that may not', refused('AccessDeniedException', 'no'), 500, 'InternalError'],
      ['an error without a name', () => ({ status: 400, body: '{}' }), 500, 'InternalError'],
    ])('%s', async (_, given, status, code) => {
      answer = given;
      const response = await place();
      await expectProblem(response, status, code);
      expect(response.headers.get('location')).toBeNull();
    });

    it.each([
      ['throttling', refused('ThrottlingException', 'Rate exceeded'), 429, 'Throttled'],
      ['too many executions', refused('ExecutionLimitExceeded', 'no'), 429, 'Throttled'],
      ['429', () => ({ status: 429, body: '{}' }), 429, 'Throttled'],
      ['500', () => ({ status: 500, body: '{"__type":"InternalFailure"}' }), 502, 'Unavailable'],
      ['503', () => ({ status: 503, body: '<html>' }), 502, 'Unavailable'],
      ['a redirect', () => ({ status: 301, body: '' }), 502, 'Unavailable'],
    ])('%s, which may be tried again', async (_, given, status, code) => {
      answer = given;
      const response = await place();
      await expectProblem(response, status, code);
      expect(response.headers.get('retry-after')).toBe('1');
    });

    it('no answer in time', async () => {
      const slow = await serveEdge(() => new Promise(() => undefined), { timeoutMilliseconds: 50 });
      try {
        const body = JSON.stringify({ order });
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`${slow.url}/prod/order`, { method: 'POST', body, headers });
        await expectProblem(response, 504, 'Unavailable');
        expect(response.headers.get('retry-after')).toBe('1');
      } finally {
        await slow.close();
      }
    });
  });

  it.each(badRequests(order))(
    'refuses $title as the embedded edge does, or otherwise with a reason',
    async (request) => {
      const { body, headers = {}, apiGateway } = request;
      if (request.code === 'IdempotencyKeyRejected') {
        answer = () => ({ status: 400, body: '{"__type":"ValidationException","message":"Value at \'name\' failed"}' });
      }
      const response = await send(body, headers);
      if (apiGateway?.answer === 'accepted') {
        expect(response.status).toBe(202);
        return;
      }
      const { code = '' } = apiGateway ?? request;
      await expectProblem(response, apiGateway === undefined ? request.status : 400, code);
      if (code !== 'IdempotencyKeyRejected') expect(calls).toEqual([]);
    },
  );

  it('refuses otherwise only what is listed here', () => {
    const otherwise = badRequests(order).filter(({ apiGateway }) => apiGateway !== undefined);
    for (const { apiGateway } of otherwise) expect(apiGateway?.reason).toMatch(/\w+ \w+/);
    expect(otherwise.map(({ title }) => title)).toEqual([
      'a body that is not JSON',
      'half an order',
      'an empty body',
      'invalid UTF-8',
      'a body of 300 KiB',
    ]);
  });

  it.each([
    ['a wrong price', { details: { ...order.details, unitprice: '3.00' } }],
    ['an unknown key', { extra: 1 }],
    ['a bad id', { accountid: '../a0' }],
  ])('answers %s with what the validator found', async (_, changed) => {
    const { detail } = await expectProblem(await place(changed as Partial<Order>), 400, 'OrderRejected');
    expect(String(detail)).toMatch(/^\[.+\]$/);
    expect(calls).toEqual([]);
  });

  it.each(['3.5', '3.50', 3.5])('takes the price %j', async (unitprice) => {
    expect((await place({ details: { ...order.details, unitprice } })).status).toBe(202);
  });

  it('accepts every city of a length that the domain accepts, however characters are counted', async () => {
    for (const city of ['x'.repeat(100), '👩'.repeat(100)]) expect((await place({ city })).status).toBe(202);
  });
});

describe.each([
  ['EUR', '3.20', ['3.20', '3.2', 3.2], ['3.2000', '3', '3.50']],
  ['JPY', '450', ['450', 450], ['450.00', '4.50', '3.50']],
  ['KWD', '0.800', ['0.800', '0.80', '0.8', 0.8], ['0.8000', '0.801', '3.50']],
])('with a menu in %s', (currency, unitprice, taken, refused) => {
  const folder = mkdtempSync(join(tmpdir(), 'coffee-edge-'));
  let own: Listening;
  beforeAll(async () => {
    const menu = join(folder, 'menu.json');
    writeFileSync(
      menu,
      JSON.stringify({ ...defaultMenu, currency, coffeesizes: [{ coffeesize: 'Small', unitprice }] }),
    );
    own = await serveEdge(async (call) => started(call), {
      api: readApi(synthesizeStage({ menu, open: 'true' }).template, resolve),
    });
  });
  afterAll(async () => {
    await own.close();
    rmSync(folder, { recursive: true });
  });
  const statusOf = async (price: string | number) => {
    const body = JSON.stringify({ order: { ...order, details: { ...order.details, unitprice: price } } });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${own.url}/prod/order`, { method: 'POST', headers, body })).status;
  };

  it.each(taken)('takes the price %j', async (price) => {
    expect(await statusOf(price)).toBe(202);
  });

  it.each(refused)('refuses the price %j', async (price) => {
    expect(await statusOf(price)).toBe(400);
  });
});

describe('GET /order/{orderid}', () => {
  it('answers the status of the execution', async () => {
    answer = () => ({
      status: 200,
      body: JSON.stringify({
        name: 'o1',
        status: 'RUNNING',
        startDate: 1763976600.125,
        input: '{"order":{}}',
        inputDetails: {},
      }),
    });
    const response = await ask('/order/o1');
    expect(response.status).toBe(200);
    expect(calls[0]?.action).toBe('DescribeExecution');
    expect(asked()).toEqual({ executionArn: `${execution}:o1` });
    expect(await response.json()).toEqual({ orderid: 'o1', status: 'RUNNING', startDate: 1763976600.125, order: {} });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  describe.each([
    ['this version', (body: string) => JSON.stringify(inputOf(body))],
    ['an earlier version', (body: string) => body],
  ])('of an execution that %s started', (_, input) => {
    it.each([
      ['', ''],
      [' \n\t', '\r\n'],
    ])('tells the order as it was sent (%j before it)', async (before, after) => {
      const order = { city: 'L\'Aquila "x" \\ \u2028 $context #end', details: { unitprice: 3.5 }, eventtype: [] };
      const described = { name: 'o1', status: 'RUNNING', startDate: 1 };
      const sent = input(`${before}${JSON.stringify({ order })}${after}`);
      answer = () => ({ status: 200, body: JSON.stringify({ ...described, input: sent }) });
      expect(await (await ask('/order/o1')).json()).toEqual({ orderid: 'o1', status: 'RUNNING', startDate: 1, order });
    });
  });

  it.each([
    '{}',
    '"order"',
    '[{"order":1}]',
    '{"body":"order","caller":{"kind":"anyone"}}',
    '{"body":"\ufeff{\\"order\\":1}"}',
  ])('tells the state alone of what was started with %s', async (input) => {
    const described = { name: 'o1', status: 'RUNNING', startDate: 1 };
    answer = () => ({ status: 200, body: JSON.stringify({ ...described, input }) });
    expect(await (await ask('/order/o1')).json()).toEqual({ orderid: 'o1', status: 'RUNNING', startDate: 1 });
  });

  it('tells when and why it ended', async () => {
    const message = 'city "L\'Aquila" \\';
    const cause = JSON.stringify({ errorType: 'OrderRejected', errorMessage: message, trace: ['at /var/task'] });
    const ended = {
      name: 'o1',
      status: 'FAILED',
      startDate: 1763976600,
      stopDate: 1763976601.5,
      error: 'OrderRejected',
      cause,
    };
    answer = () => ({ status: 200, body: JSON.stringify(ended) });
    const { name, cause: _, ...rest } = ended;
    expect(await (await ask('/order/o1')).json()).toEqual({ orderid: name, ...rest, message });
  });

  it('tells only the name of any other error', async () => {
    const cause = '{"errorMessage":"arn:aws:sts::1:assumed-role/x is not authorized","trace":["at /var/task"]}';
    const ended = { name: 'o1', status: 'FAILED', startDate: 1763976600, stopDate: 1763976601.5 };
    answer = () => ({ status: 200, body: JSON.stringify({ ...ended, error: 'AccessDenied', cause }) });
    const { name, ...rest } = ended;
    expect(await (await ask('/order/o1')).json()).toEqual({ orderid: name, ...rest, error: 'AccessDenied' });
  });

  const long = [81, 161, 162, 181, 4000].map((length) => 'x'.repeat(length));

  it.each(['a%20b', 'a%3Ab', '%22', 'é', "'", `${'x'.repeat(81)}/`, ...long])(
    'never asks for %s, which cannot be an order id, but for one that never exists, by a well-formed ARN',
    async (orderid) => {
      answer = () => ({ status: 400, body: '{"__type":"com.amazonaws.swf.service.v2.model#ExecutionDoesNotExist"}' });
      await expectProblem(
        await ask(`/order/${encodeURIComponent(decodeURIComponent(orderid))}`),
        404,
        'ExecutionNotFound',
      );
      expect(asked()).toEqual({ executionArn: `${execution}:not.an.order` });
    },
  );

  it('asks for an order id of 80 characters', async () => {
    answer = () => ({ status: 400, body: '{"__type":"com.amazonaws.swf.service.v2.model#ExecutionDoesNotExist"}' });
    await expectProblem(await ask(`/order/${'x'.repeat(80)}`), 404, 'ExecutionNotFound');
    expect(asked()).toEqual({ executionArn: `${execution}:${'x'.repeat(80)}` });
  });

  it.each([
    ['an execution that is not there', 400, 'ExecutionDoesNotExist', 404, 'ExecutionNotFound'],
    ['throttling', 400, 'ThrottlingException', 429, 'Throttled'],
    ['a role that may not', 400, 'AccessDeniedException', 500, 'InternalError'],
    ['429', 429, '', 429, 'Throttled'],
    ['500', 500, 'InternalFailure', 502, 'Unavailable'],
  ])('answers %s', async (_, given, type, status, code) => {
    answer = () => ({ status: given, body: JSON.stringify({ __type: type }) });
    await expectProblem(await ask('/order/o1'), status, code);
  });
});

describe('the edge itself', () => {
  it.each([
    ['/order', 'DELETE'],
    ['/orders', 'GET'],
    ['/', 'GET'],
  ])('knows nothing at %s by %s', async (path, method) => {
    await expectProblem(await fetch(`${gateway.url}/prod${path}`, { method }), 404, 'RouteNotFound');
  });

  it.each(['/order', '/order/o1', '/invoice'])('lets pages of other origins call %s', async (path) => {
    const response = await fetch(`${gateway.url}/prod${path}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-max-age')).toBe('600');
    expect(response.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('idempotency-key');
  });

  it('answers 413 above what API Gateway takes', async () => {
    expect((await send(`{"order": "${'x'.repeat(11 * 1024 * 1024)}"}`)).status).toBe(413);
    expect(calls).toEqual([]);
  });

  it('passes on only bodies made by a template', () => {
    const methods = Object.values(synthesizeStage({ open: 'true' }).template.Resources)
      .filter(({ Type }) => Type === 'AWS::ApiGateway::Method')
      .map(({ Properties }) => Properties.Integration as { Type: string; PassthroughBehavior?: string });
    const services = methods.filter(({ Type }) => Type === 'AWS');
    expect(services.map(({ PassthroughBehavior }) => PassthroughBehavior)).toEqual(['NEVER', 'NEVER']);
  });
});
