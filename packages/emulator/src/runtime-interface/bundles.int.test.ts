import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningFunction } from './start-function.ts';
import { isListening, startFunction } from './start-function.ts';
import type { Stores } from './stores.ts';
import { createStores } from './stores.ts';

const variables = {
  'put-item': ['ORDERS_TABLE'],
  'put-object': ['INVOICES_BUCKET'],
  notify: ['NOTIFICATION_LOG_TABLE', 'NOTIFICATIONS_TOPIC_ARN'],
  'get-item': ['ORDERS_TABLE'],
  'get-object': ['INVOICES_BUCKET'],
} as const;
type Name = keyof typeof variables;
const names = Object.keys(variables) as Name[];

const order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 20:30:00',
  city: 'L\'Aquila "☕"',
  details: { coffeetype: 'Latte', coffeesize: 'Medium', unitprice: 4, quantity: 2 },
  eventtype: ['new_order'],
};
const event = { orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order };
const placed = { ...event, total: '8.00', currency: 'AUD', invoice: '2026/11/a0' };
const other = { ...placed, order: { ...order, city: 'Adelaide' } };

const query = (parameters: Readonly<Record<string, string>>) => ({
  httpMethod: 'GET',
  queryStringParameters: parameters,
  multiValueQueryStringParameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, [value]])),
});

interface ProxyAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The variables that tell an SDK where AWS is. */
function awsVariables(): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
  return Object.fromEntries(own) as Record<string, string>;
}

describe('the bundles under the runtime of Lambda', { timeout: 120_000 }, () => {
  let stores: Stores;
  const started: RunningFunction[] = [];
  const running = new Map<Name, RunningFunction>();

  /** Starts a function with the variables that it needs, and these changes. */
  async function start(name: Name, changes: Readonly<Record<string, string>> = {}): Promise<RunningFunction> {
    const own = variables[name].map((variable) => [variable, stores.environment[variable] ?? '']);
    const begun = await startFunction(name, { ...awsVariables(), ...Object.fromEntries(own), ...changes });
    started.push(begun);
    return begun;
  }

  const invoke = (name: Name, payload: unknown) => running.get(name)?.invoke(payload);
  const ask = async (name: Name, parameters: Readonly<Record<string, string>>) => {
    const { statusCode, headers, body } = (await invoke(name, query(parameters))) as ProxyAnswer;
    return { statusCode, headers, body: JSON.parse(body) };
  };

  beforeAll(async () => {
    stores = await createStores();
    for (const name of names) running.set(name, await start(name));
  }, 600_000);

  afterAll(async () => {
    for (const { stop } of started) await stop();
    await stores?.dispose();
  });

  it('place, invoice and announce an order, once, however often a task runs', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await invoke('put-item', event)).toEqual(placed);
      expect(await invoke('put-object', placed)).toEqual({ objectKey: '2026/11/a0' });
      expect(await invoke('notify', placed)).toEqual({ id: 'o1' });
    }
    expect(await stores.count('ORDERS_TABLE')).toBe(1);
    expect(await stores.count('NOTIFICATION_LOG_TABLE')).toBe(1);
    expect(await stores.objects()).toEqual([expect.stringContaining('2026/11/a0')]);
    expect(await stores.received()).toEqual(['o1']);
  });

  it('find the order: 200, 404, 400', async () => {
    expect(await ask('get-item', { accountid: 'a0', vendorid: 'v0' })).toMatchObject({ statusCode: 200, body: placed });
    expect(await ask('get-item', { accountid: 'a0', vendorid: 'v1' })).toMatchObject({
      statusCode: 404,
      headers: { 'Content-Type': 'application/problem+json' },
      body: { code: 'OrderNotFound' },
    });
    const refused = await ask('get-item', { accountid: 'a0' });
    expect(refused).toMatchObject({ statusCode: 400, body: { code: 'ParameterRejected' } });
  });

  it('link the invoice: 200 and a link that opens, 404, 400', async () => {
    const { statusCode, body } = await ask('get-object', { objectKey: '2026/11/a0' });
    expect({ statusCode, objectKey: body.objectKey }).toEqual({ statusCode: 200, objectKey: '2026/11/a0' });
    const invoice = await fetch(body.url);
    expect(await invoice.json()).toMatchObject({ total: '8.00', lines: [{ orderid: 'o1', order }] });
    const missing = await ask('get-object', { objectKey: '2026/12/a0' });
    expect(missing).toMatchObject({ statusCode: 404, body: { code: 'InvoiceNotFound' } });
    const refused = await ask('get-object', { objectKey: '../2026/11/a0' });
    expect(refused).toMatchObject({ statusCode: 400, body: { code: 'InvoiceKeyRejected' } });
  });

  it('answer what the workflow catches and retries by its name', async () => {
    expect(await invoke('put-item', { ...event, order: { ...order, quantity: 1 } })).toMatchObject({
      errorType: 'OrderRejected',
      errorMessage: 'quantity is not a field of an order',
      trace: expect.arrayContaining([expect.stringContaining('index.mjs')]),
    });
    expect(await invoke('put-item', { ...event, order: other.order })).toMatchObject({ errorType: 'Conflict' });
    expect(await invoke('put-object', other)).toMatchObject({ errorType: 'Conflict' });
  });

  it.each(names)('%s says that it is unavailable when nobody answers', async (name) => {
    const apart = await start(name, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    if (name === 'get-item' || name === 'get-object') {
      const parameters = { accountid: 'a0', vendorid: 'v0', objectKey: '2026/11/a0' };
      const { statusCode, headers, body } = (await apart.invoke(query(parameters))) as ProxyAnswer;
      expect(statusCode).toBe(503);
      expect(headers).toMatchObject({ 'Retry-After': '1' });
      expect(JSON.parse(body)).toMatchObject({ code: 'Unavailable' });
    } else {
      expect(await apart.invoke(name === 'put-item' ? event : placed)).toMatchObject({ errorType: 'Unavailable' });
    }
  });

  it.each(names.flatMap((name) => variables[name].map((variable) => [name, variable] as const)))(
    '%s does not start without %s, and says so',
    async (name, variable) => {
      const without = await start(name, { [variable]: '' });
      expect(await without.invoke({})).toMatchObject({
        errorType: 'ConfigurationError',
        errorMessage: expect.stringContaining(variable),
      });
    },
  );

  it('write a line of JSON for each invocation, and nothing of an order but its id', async () => {
    const secret = 'S3cr3t';
    const hostile = { ...order, city: `${secret}\n{"level":"INFO"}`, [secret]: secret };
    expect(await invoke('put-item', { ...event, orderid: 'o2', order: hostile })).toMatchObject({
      errorType: 'OrderRejected',
      errorMessage: expect.stringContaining(secret),
    });
    const accepted = { ...event, orderid: 'o3', order: { ...order, accountid: secret, city: `${secret} 'city'` } };
    const answer = await invoke('put-item', accepted);
    expect(await invoke('put-object', answer)).toEqual({ objectKey: `2026/11/${secret}` });
    expect(await invoke('notify', answer)).toEqual({ id: 'o3' });
    expect(await ask('get-item', { accountid: secret, vendorid: 'v0' })).toMatchObject({ statusCode: 200 });
    expect(await ask('get-object', { objectKey: `2026/11/${secret}` })).toMatchObject({ statusCode: 200 });
    for (const name of names) {
      const log = running.get(name)?.log() ?? '';
      expect(log).not.toContain(secret);
      expect(log).not.toContain('Aquila');
      const lines = log.split('\n').filter((line) => line.includes('"message":"invocation"'));
      expect(lines).toHaveLength(log.match(/^START RequestId/gm)?.length ?? 0);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ function: name, outcome: 'succeeded', cold_start: true });
    }
  });

  it('listen on 127.0.0.1 only', async () => {
    for (const port of started.flatMap(({ ports }) => ports)) {
      expect(await isListening('127.0.0.1', port)).toBe(true);
      // Another address of this machine: whoever listens on every address answers there too.
      expect(await isListening('127.0.0.2', port)).toBe(false);
    }
  });
});
