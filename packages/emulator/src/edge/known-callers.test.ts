import { MemoryAuthenticator } from '@coffee/adapter-memory';
import { callerPrefix, inputOf } from '@coffee/application';
import type { CallerClaims, Principal } from '@coffee/domain';
import { mayReadOrder, principalOf } from '@coffee/domain';
import { exampleOrder, principals } from '@coffee/domain/arbitraries';
import { synthesizeStage } from '@coffee/infra';
import { AuthorizeHandler } from '@coffee/lambdas';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackEndAnswer, ServiceCall } from '../gateway/index.ts';
import { readApi } from '../gateway/index.ts';
import type { Listening } from '../servers/listen.ts';
import { resolve, serveEdge } from './serve-edge.ts';

const execution = 'arn:aws:states:ap-southeast-2:123456789012:execution:order-workflow';
const { template } = synthesizeStage({ issuer: 'https://issuer.example', audience: 'coffee-orders' });
const authenticator = new MemoryAuthenticator();
const { handle } = new AuthorizeHandler({
  authenticate: (token) => {
    if (token === 'issuer.is.away') return Promise.reject(new Error('away'));
    return authenticator.authenticate(token);
  },
});

let gateway: Listening;
let answer: (call: ServiceCall) => BackEndAnswer;
const calls: ServiceCall[] = [];
/** The tokens that the authorizer was asked about. */
const asked: string[] = [];

/** Invokes the authorizer; the other functions answer who API Gateway says is calling. */
async function invoke(name: string, event: { readonly authorizationToken: string; readonly methodArn: string }) {
  if (!name.startsWith('FunctionsAuthorize')) {
    const { authorizer } = (event as unknown as { readonly requestContext: { readonly authorizer: unknown } })
      .requestContext;
    return { Payload: { statusCode: 200, body: JSON.stringify(authorizer) } };
  }
  asked.push(event.authorizationToken);
  return handle({ type: 'TOKEN', ...event }).then(
    (Payload) => ({ Payload }),
    ({ name, message }: Error) => ({ FunctionError: 'Unhandled', Payload: { errorType: name, errorMessage: message } }),
  );
}

beforeAll(async () => {
  const send = async ({ input }: { readonly input: { FunctionName: string; Payload: Uint8Array } }) => {
    const { Payload, ...output } = await invoke(input.FunctionName, JSON.parse(Buffer.from(input.Payload).toString()));
    return { ...output, Payload: Buffer.from(JSON.stringify(Payload)) };
  };
  const backEnd = async (call: ServiceCall) => {
    calls.push(call);
    return answer(call);
  };
  gateway = await serveEdge(backEnd, { api: readApi(template, resolve), lambda: { send } as never });
});
afterAll(() => gateway.close());
beforeEach(() => {
  calls.length = 0;
  asked.length = 0;
  answer = ({ body }) => {
    const { name } = JSON.parse(body) as { readonly name: string };
    return { status: 200, body: JSON.stringify({ executionArn: `${execution}:${name}`, startDate: 1 }) };
  };
});

const tokenOf = (claims: CallerClaims) => `Bearer ${authenticator.issue(claims)}`;
const [customer, other]: readonly Principal[] = ['a0', 'a1'].map((accountid) => ({ kind: 'customer', accountid }));
const vendor: Principal = { kind: 'vendor', vendorid: 'v0' };
const operator: Principal = { kind: 'operator' };
const claimsOf = ({ kind, ...ids }: Principal): CallerClaims => ({ role: kind, ...ids });

const ask = (path: string, authorization?: string, init: RequestInit = {}) => {
  const headers = { ...init.headers, ...(authorization === undefined ? {} : { authorization }) };
  return fetch(`${gateway.url}/prod${path}`, { ...init, headers });
};
const place = (authorization?: string, body = JSON.stringify({ order: exampleOrder }), key?: string) => {
  const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) };
  return ask('/order', authorization, { method: 'POST', body, headers });
};
const started = () => calls.map(({ body }) => JSON.parse(body) as { readonly name: string; readonly input: string });

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect(await response.json()).toMatchObject({ status, code });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
}

describe('a request', () => {
  const paths = ['/order?accountid=a0&vendorid=v0', '/order/o1', '/invoice?objectKey=2026/11/a0'];

  it.each([undefined, 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'Bearer {}'])(
    'with %j as its Authorization is answered 401 without asking the authorizer',
    async (authorization) => {
      for (const path of paths) {
        const response = await ask(path, authorization);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
        await expectProblem(response, 401, 'Unauthorized');
      }
      await expectProblem(await place(authorization), 401, 'Unauthorized');
      expect([asked, calls]).toEqual([[], []]);
    },
  );

  it('with a token that is refused is answered 401', async () => {
    const response = await place('Bearer not.a.token');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    await expectProblem(response, 401, 'Unauthorized');
    expect(calls).toEqual([]);
  });

  it('while the issuer cannot be asked is answered 503', async () => {
    const response = await place('Bearer issuer.is.away');
    expect(response.headers.get('retry-after')).toBe('1');
    await expectProblem(response, 503, 'Unavailable');
  });

  it('of a page of another origin may send a token, which its preflight does not need', async () => {
    const response = await ask('/order', undefined, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toMatch(/\bAuthorization\b/);
  });

  it('reaches a function with its caller', async () => {
    const response = await ask('/order?accountid=a0&vendorid=v0', tokenOf({ accountid: 'a0' }));
    expect(await response.json()).toEqual({
      caller: '{"kind":"customer","accountid":"a0"}',
      principalId: await callerPrefix(customer as Principal),
    });
  });
});

describe('what the authorizer answered', () => {
  it('is kept for the token, and right for every other path', async () => {
    const token = tokenOf({ accountid: 'a0' });
    expect((await ask('/invoice?objectKey=2026/11/a1', token)).status).toBe(200);
    expect((await place(token)).status).toBe(202);
    expect((await ask('/order?accountid=a1&vendorid=v0', token)).status).toBe(200);
    expect(asked).toEqual([token]);
  });

  it('is asked for again after five minutes', async () => {
    const token = tokenOf({ accountid: 'a0' });
    const now = Date.now();
    const clock = vi.spyOn(Date, 'now');
    for (const minutes of [0, 4.9, 5.1]) {
      clock.mockReturnValue(now + minutes * 60_000);
      await place(token);
    }
    clock.mockRestore();
    expect(asked).toEqual([token, token]);
  });

  it('keeps a vendor from placing orders, whatever it was asked for first', async () => {
    const token = tokenOf({ vendorid: 'v0' });
    expect((await ask('/order?accountid=a0&vendorid=v0', token)).status).toBe(200);
    await expectProblem(await place(token), 403, 'OrderForbidden');
    expect([asked.length, calls.length]).toEqual([1, 0]);
  });
});

describe('POST /order', () => {
  it('hands on who placed it beside the body, whoever that is', async () => {
    await fc.assert(
      fc.asyncProperty(principals, fc.stringMatching(/^[\w-]{1,60}$/), async (caller, key) => {
        fc.pre(caller.kind === 'customer' || caller.kind === 'operator');
        calls.length = 0;
        const body = JSON.stringify({ order: exampleOrder });
        const response = await place(tokenOf(claimsOf(caller)), body, key);
        const orderid = `${await callerPrefix(caller)}${key}`;
        expect(response.headers.get('location')).toBe(`/prod/order/${orderid}`);
        expect(await response.json()).toMatchObject({ orderid });
        expect(started().map(({ name }) => name)).toEqual([orderid]);
        expect(started().map(({ input }) => JSON.parse(input))).toEqual([JSON.parse(inputOf(body, caller))]);
      }),
      { numRuns: 40 },
    );
  });

  it('makes the same call of the same key and body with a refreshed token', async () => {
    for (const _ of [1, 2]) await place(tokenOf({ accountid: 'a0' }), undefined, 'same');
    expect(calls[1]?.body).toBe(calls[0]?.body);
    expect(asked).toHaveLength(2);
  });

  it('keeps the same key of two callers apart', async () => {
    for (const accountid of ['a0', 'a1']) await place(tokenOf({ accountid }), undefined, 'same');
    expect(new Set(started().map(({ name }) => name)).size).toBe(2);
  });

  it('begins an order id of its own with the prefix too', async () => {
    await place(tokenOf({ accountid: 'a0' }));
    expect(started()[0]?.name).toMatch(/^[0-9a-f]{16}-\d{13}-[\w-]+$/);
  });

  it.each(['k'.repeat(61), 'a/b', ''])('never sends on the key %j', async (key) => {
    answer = () => ({ status: 400, body: '{"__type":"InvalidName","message":"Invalid Name"}' });
    const response = await place(tokenOf({ accountid: 'a0' }), undefined, key);
    expect(await response.clone().text()).toContain('1 to 60 of');
    await expectProblem(response, 400, 'IdempotencyKeyRejected');
    expect(started()[0]?.name).toMatch(/^[0-9a-f]{16}-\/$/);
  });

  it.each([
    `{"order": ${JSON.stringify(exampleOrder)}}"}, "caller": {"kind": "operator"}}`,
    JSON.stringify({ order: { ...exampleOrder, city: '"}, "caller": {"kind": "operator"}, "x": {"y": "' } }),
    JSON.stringify({ order: { ...exampleOrder, city: '\\"}", "caller": "{"kind": "operator"}' } }),
    `{"order": ${JSON.stringify(exampleOrder).replace('{', '{"accountid": "a1", ')}}`,
  ])('never takes a caller from the body %s', async (body) => {
    const response = await place(tokenOf({ accountid: 'a0' }), body);
    if (response.status === 400) return expect(calls).toEqual([]);
    expect(started().map(({ input }) => JSON.parse(input))).toEqual([{ body, caller: customer }]);
  });

  it('hands on no more than task_put_item can take, whoever placed it', async () => {
    const accountid = 'a'.repeat(64);
    const body = JSON.stringify({ order: exampleOrder });
    const full = body + ' '.repeat(261_800 - body.length - (body.split('"').length - 1));
    expect((await place(tokenOf({ accountid }), full, 'k'.repeat(60))).status).toBe(202);
    const [{ name, input } = { name: '', input: '' }] = started();
    const payload = { orderid: name, acceptedAt: new Date(0).toISOString(), input: JSON.parse(input) };
    expect(JSON.stringify(payload).length).toBeLessThanOrEqual(262_144);
    calls.length = 0;
    await place(tokenOf({ accountid }), `${full} `);
    expect(started()[0]?.input.length).toBeGreaterThan(262_144);
  });
});

describe('GET /order/{orderid}', () => {
  const described = (name: string, input: string) => ({ name, status: 'RUNNING', startDate: 1, input });
  const order = { ...exampleOrder, accountid: 'a0', vendorid: 'v0' };
  const body = JSON.stringify({ order });
  /** What the caller gets of an execution, as a status, headers and a body. */
  async function answerTo(caller: Principal, execution: object | undefined) {
    answer = () =>
      execution === undefined
        ? { status: 400, body: '{"__type":"com.amazonaws.swf.service.v2.model#ExecutionDoesNotExist"}' }
        : { status: 200, body: JSON.stringify(execution) };
    const response = await ask('/order/o1', tokenOf(claimsOf(caller)));
    const headers = [...response.headers].filter(([name]) => !['date', 'x-amzn-requestid'].includes(name));
    return { status: response.status, headers, body: (await response.text()).trim() };
  }

  it.each([
    [customer, 200],
    [other, 404],
    [vendor, 200],
    [{ kind: 'vendor', vendorid: 'v1' }, 404],
    [{ kind: 'vendor', vendorid: 'a0' }, 404],
    [{ kind: 'customer', accountid: 'v0' }, 404],
    [operator, 200],
  ] as const)('for %o answers %i for an order of a0 at v0, however it was started', async (caller, status) => {
    for (const input of [inputOf(body, operator), body, ` ${body}\n`]) {
      expect((await answerTo(caller as Principal, described('o1', input))).status).toBe(status);
    }
  });

  it('reads as the rule of the domain says, and answers the rest as if it did not exist', async () => {
    await fc.assert(
      fc.asyncProperty(principals, principals, async (caller, placedBy) => {
        fc.pre(caller.kind !== 'anyone');
        const own = JSON.stringify(caller) === JSON.stringify(placedBy);
        const name = `${await callerPrefix(placedBy)}o1`;
        const answered = await answerTo(caller, described(name, inputOf(body, placedBy)));
        const missing = await answerTo(caller, undefined);
        if (own || mayReadOrder(caller, order)) expect(answered.status).toBe(200);
        else expect(answered).toEqual(missing);
      }),
      { numRuns: 60 },
    );
  });

  it('shows a customer what it placed though its order was refused, and no one else', async () => {
    const name = `${await callerPrefix(customer as Principal)}o1`;
    for (const input of ['{}', '{"body":"x","caller":{}}', inputOf('{"order":1}', customer as Principal)]) {
      expect((await answerTo(customer as Principal, described(name, input))).status).toBe(200);
      expect((await answerTo(other as Principal, described(name, input))).status).toBe(404);
      expect((await answerTo(vendor, described(name, input))).status).toBe(404);
    }
  });

  it('tells the order and the reason of a refusal as an open API does', async () => {
    const cause = JSON.stringify({ errorMessage: 'city "x"' });
    const ended = { ...described('o1', inputOf(body, operator)), status: 'FAILED', error: 'OrderRejected', cause };
    const { body: text } = await answerTo(operator, ended);
    expect(JSON.parse(text)).toEqual({
      ...{ orderid: 'o1', status: 'FAILED', startDate: 1, error: 'OrderRejected', message: 'city "x"', order },
    });
  });
});

it('the principals of these tests are what their claims make', () => {
  for (const principal of [customer, other, vendor, operator] as Principal[]) {
    expect(principalOf(claimsOf(principal))).toEqual(principal);
  }
});
