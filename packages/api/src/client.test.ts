import { describe, expect, it } from 'vitest';
import type { TokenSource } from './client.ts';
import { ApiProblem, createClient, stageOf } from './client.ts';
import { problem, problemMediaType } from './problems.ts';

const order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00',
  city: 'Adelaide',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 },
  eventtype: ['new_order'],
};

/** A client that records its requests and gets the same answer to each. */
function arrange(baseUrl: string, answer: () => Response, token?: TokenSource) {
  const requests: Request[] = [];
  const client = createClient({
    baseUrl,
    token,
    fetch: (request) => {
      requests.push(request);
      return Promise.resolve(answer());
    },
  });
  return { client, requests };
}

const json =
  (body: unknown, status = 200, type = 'application/json') =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });

describe('stageOf', () => {
  it.each([
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/prod'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000/prod'],
    ['https://api.example/test/', 'https://api.example/test'],
    ['https://api.example/a/b?c#d', 'https://api.example/a/b'],
  ])('%s', (baseUrl, stage) => {
    expect(stageOf(baseUrl)).toBe(stage);
  });
});

describe('a client', () => {
  it.each(['http://127.0.0.1:3000', 'http://127.0.0.1:3000/prod/'])(
    'of %s calls the API at its stage and the rest at the origin',
    async (baseUrl) => {
      const { client, requests } = arrange(baseUrl, json({}));
      await client.getOrder({ accountid: 'a 0', vendorid: 'v0' });
      await client.getExecution('a/b');
      await client.listOrders({ limit: 2, before: 'x~y' });
      await client.redriveExecution('o1');
      expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'GET http://127.0.0.1:3000/prod/order?accountid=a%200&vendorid=v0',
        'GET http://127.0.0.1:3000/prod/order/a%2Fb',
        'GET http://127.0.0.1:3000/orders?limit=2&before=x~y',
        'POST http://127.0.0.1:3000/executions/o1/redrive',
      ]);
    },
  );

  it('of a stage calls the API there', async () => {
    const { client, requests } = arrange('https://api.example/test', json({ orderid: 'k' }, 202));
    expect(await client.placeOrder(order, { idempotencyKey: 'k' })).toEqual({ orderid: 'k' });
    const [request] = requests;
    expect(request?.url).toBe('https://api.example/test/order');
    expect(request?.headers.get('idempotency-key')).toBe('k');
    expect(request?.headers.get('content-type')).toBe('application/json');
    expect(await request?.json()).toEqual({ order });
  });

  it('throws the problem of an answer, with its headers', async () => {
    const issues = [{ path: ['order', 'city'], code: 'required', message: 'city is required' }];
    const refused = problem('OrderRejected', 'city is required', { issues });
    const { client } = arrange('http://127.0.0.1:3000', json(refused, 400, problemMediaType));
    const error = await client.placeOrder(order).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiProblem);
    expect(error).toMatchObject({ code: 'OrderRejected', status: 400, message: 'city is required', issues });
    expect((error as ApiProblem).problem).toEqual(refused);
    expect((error as ApiProblem).response.headers.get('content-type')).toBe(problemMediaType);
  });

  it('makes a problem of any other error answer', async () => {
    const gateway = arrange('https://api.example/prod', json({ message: 'Limit Exceeded' }, 429));
    await expect(gateway.client.getInvoice('2026/11/a0')).rejects.toMatchObject({
      code: 'Http429',
      status: 429,
      message: 'Limit Exceeded',
    });
    const proxy = arrange('https://api.example/prod', () => new Response('<html>', { status: 502 }));
    await expect(proxy.client.openInvoice('https://bucket.example/x?signature=y')).rejects.toMatchObject({
      code: 'Http502',
      message: 'HTTP 502',
    });
  });

  it('resolves to undefined when the answer is empty, and passes a lost connection on', async () => {
    const { client } = arrange('http://127.0.0.1:3000', () => new Response(null, { status: 204 }));
    expect(await client.clearFaults()).toBeUndefined();
    const lost = new TypeError('fetch failed');
    const none = createClient({ baseUrl: 'http://127.0.0.1:3000', fetch: () => Promise.reject(lost) });
    await expect(none.getMenu()).rejects.toBe(lost);
  });

  it.each<[string, TokenSource | undefined, string | null]>([
    ['a token', 't', 'Bearer t'],
    ['the token of each moment', () => Promise.resolve('t'), 'Bearer t'],
    ['no token', undefined, null],
    ['no token at this moment', () => undefined, null],
  ])('sends %s with every call, but never with a signed link', async (_, token, expected) => {
    const { client, requests } = arrange('https://api.example/prod', json({}), token);
    await client.placeOrder(order);
    await client.getInvoice('2026/11/a0');
    await client.listOrders();
    await client.clearFaults();
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(Array(4).fill(expected));
    await client.openInvoice('https://bucket.example/2026/11/a0?signature=y');
    await client.openInvoice('https://api.example/invoices/2026/11/a0?token=y');
    expect(requests.slice(4).map(({ headers }) => headers.get('authorization'))).toEqual([null, null]);
  });

  it('calls nothing when it cannot get a token', async () => {
    const lost = new Error('sign in again');
    const { client, requests } = arrange('https://api.example/prod', json({}), () => Promise.reject(lost));
    await expect(client.getMenu()).rejects.toBe(lost);
    expect(requests).toEqual([]);
  });

  it('can be aborted', async () => {
    const { client, requests } = arrange('http://127.0.0.1:3000', json({}));
    const abort = new AbortController();
    await client.getMenu({ signal: abort.signal });
    abort.abort();
    expect(requests[0]?.signal.aborted).toBe(true);
  });
});
