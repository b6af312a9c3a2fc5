import { describe, expect, it, onTestFinished } from 'vitest';
import { startMailbox } from '../stack/start-mailbox.ts';
import type { DeployedFunction, FunctionName } from './deploy-functions.ts';
import { prepareDeployment, variables } from './deploy-functions.ts';

const names = Object.keys(variables) as FunctionName[];

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

/** Deploys what the test that calls it needs, each function when it is first invoked. */
async function arrange() {
  const deployment = await prepareDeployment();
  onTestFinished(() => deployment.dispose());
  const functions = new Map<FunctionName, DeployedFunction>();
  const invoke = async (name: FunctionName, payload: unknown) => {
    const deployed = functions.get(name) ?? (await deployment.deploy(name));
    functions.set(name, deployed);
    return deployed.invoke(payload);
  };
  const ask = async (name: FunctionName, parameters: Readonly<Record<string, string>>) => {
    const { statusCode, headers, body } = (await invoke(name, query(parameters))) as ProxyAnswer;
    return { statusCode, headers, body: JSON.parse(body) };
  };
  return { deployment, functions, invoke, ask };
}

describe('the bundles, deployed as functions', { timeout: 120_000 }, () => {
  it('place, invoice and announce an order, once, however often a task runs', async () => {
    const { deployment, invoke } = await arrange();
    const mailbox = await startMailbox(deployment.topicArn);
    onTestFinished(() => mailbox.close());
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await invoke('put-item', event)).toEqual(placed);
      expect(await invoke('put-object', placed)).toEqual({ objectKey: '2026/11/a0' });
      expect(await invoke('notify', placed)).toEqual({ id: 'o1' });
    }
    expect(await deployment.count('ORDERS_TABLE')).toBe(1);
    expect(await deployment.count('NOTIFICATION_LOG_TABLE')).toBe(1);
    expect(await deployment.objects()).toEqual([expect.stringContaining('2026/11/a0')]);
    const received = async (): Promise<string[]> => {
      const { mails } = (await (await fetch(mailbox.url)).json()) as { readonly mails: readonly { id: string }[] };
      return mails.map(({ id }) => id);
    };
    await expect.poll(received, { timeout: 60_000 }).toContain('o1');
    expect(await received()).toEqual(['o1']);
  });

  it('find the order: 200, 404, 400', async () => {
    const { invoke, ask } = await arrange();
    await invoke('put-item', event);
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
    const { invoke, ask } = await arrange();
    await invoke('put-object', placed);
    const { statusCode, body } = await ask('get-object', { objectKey: '2026/11/a0' });
    expect({ statusCode, objectKey: body.objectKey }).toEqual({ statusCode: 200, objectKey: '2026/11/a0' });
    const invoice = await fetch(body.url);
    expect(await invoice.json()).toMatchObject({
      totals: [{ currency: 'AUD', total: '8.00' }],
      lines: [{ orderid: 'o1', order }],
    });
    const missing = await ask('get-object', { objectKey: '2026/12/a0' });
    expect(missing).toMatchObject({ statusCode: 404, body: { code: 'InvoiceNotFound' } });
    const refused = await ask('get-object', { objectKey: '../2026/11/a0' });
    expect(refused).toMatchObject({ statusCode: 400, body: { code: 'InvoiceKeyRejected' } });
  });

  it('answer what the workflow catches and retries by its name', async () => {
    const { invoke } = await arrange();
    await invoke('put-item', event);
    await invoke('put-object', placed);
    expect(await invoke('put-item', { ...event, order: { ...order, quantity: 1 } })).toMatchObject({
      errorType: 'OrderRejected',
      errorMessage: 'quantity is not a field of an order',
      trace: expect.arrayContaining([expect.stringContaining('index.mjs')]),
    });
    expect(await invoke('put-item', { ...event, order: other.order })).toMatchObject({ errorType: 'Conflict' });
    expect(await invoke('put-object', other)).toMatchObject({ errorType: 'Conflict' });
  });

  it.each(names)('%s answers Unavailable when AWS cannot be reached', async (name) => {
    const { deployment } = await arrange();
    const apart = await deployment.deploy(name, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
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
    '%s does not start without %s, and names it',
    async (name, variable) => {
      const { deployment } = await arrange();
      const without = await deployment.deploy(name, { [variable]: '' });
      expect(await without.invoke({})).toMatchObject({
        errorType: 'ConfigurationError',
        errorMessage: expect.stringContaining(variable),
      });
    },
  );

  it('write a line of JSON for each invocation, and nothing of an order but its id', async () => {
    const { functions, invoke, ask } = await arrange();
    const secret = 'S3cr3t';
    const accepted = { ...event, orderid: 'o3', order: { ...order, accountid: secret, city: `${secret} 'city'` } };
    const answer = await invoke('put-item', accepted);
    const hostile = { ...order, city: `${secret}\n{"level":"INFO"}`, [secret]: secret };
    expect(await invoke('put-item', { ...event, orderid: 'o2', order: hostile })).toMatchObject({
      errorType: 'OrderRejected',
      errorMessage: expect.stringContaining(secret),
    });
    expect(await invoke('put-object', answer)).toEqual({ objectKey: `2026/11/${secret}` });
    expect(await invoke('notify', answer)).toEqual({ id: 'o3' });
    expect(await ask('get-item', { accountid: secret, vendorid: 'v0' })).toMatchObject({ statusCode: 200 });
    expect(await ask('get-object', { objectKey: `2026/11/${secret}` })).toMatchObject({ statusCode: 200 });
    for (const name of names) {
      const logs = functions.get(name)?.logs ?? [];
      expect(logs.join('\n')).not.toContain(secret);
      expect(logs.join('\n')).not.toContain('Aquila');
      const lines = logs.flatMap((log) => log.split('\n')).filter((line) => line.includes('"message":"invocation"'));
      expect(lines).toHaveLength(logs.length);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ function: name, outcome: 'succeeded', cold_start: true });
    }
  });
});
