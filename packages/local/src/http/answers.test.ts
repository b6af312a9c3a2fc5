import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApiDocument } from '@coffee/api/openapi';
import { defaultMenu } from '@coffee/domain';
import { tokens } from '@coffee/lambdas';
import { Damaged, Unavailable } from '@coffee/ports';
import type { ServiceIdentifier } from 'inversify';
import { ContainerModule } from 'inversify';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { localTokens } from '../composition/tokens.ts';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { DescribedAnswers } from '../test-support/described-answers.ts';
import { EventReader } from '../test-support/event-reader.ts';
import { orderOf } from '../test-support/order-of.ts';
import type { AppOptions } from './app.ts';
import { createApp } from './app.ts';

/** A system whose stores fail every call. */
function failing(error: Error): Promise<CoffeeSystem> {
  const store = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : () => Promise.reject(error)) });
  const stores: readonly ServiceIdentifier<object>[] = [
    tokens.orderRepository,
    tokens.invoiceStore,
    localTokens.executions,
    localTokens.mailbox,
    localTokens.invoiceOpener,
    localTokens.orderList,
    localTokens.invoiceList,
  ];
  const module = new ContainerModule(({ rebind }) => {
    for (const token of stores) rebind(token).toConstantValue(store);
  });
  return CoffeeSystem.start({ modules: [module], onError: () => undefined });
}

function elsewhere(): Promise<CoffeeSystem> {
  const module = new ContainerModule(({ unbind }) => {
    unbind(localTokens.orderList);
    unbind(localTokens.invoiceList);
  });
  return CoffeeSystem.start({ modules: [module] });
}

const described = () => new DescribedAnswers(openApiDocument({ menu: defaultMenu }));

it('every route is described, and nothing else is', () => {
  const unasked = { faults: { list: () => [] } } as unknown as AppOptions; // no route is called
  const pages = [/^\/$/, /^\/console/, /^\/docs/, /^\/openapi\.json$/];
  const routes = createApp(unasked)
    .routes.filter(({ method, path }) => method !== 'ALL' && !pages.some((page) => page.test(path)))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const calls = [...described().operations()].map(([method, path]) => `${method} ${path}`);
  const link = 'GET /invoices/{year}/{month}/{accountid}';
  expect(calls.map((call) => (call === link ? 'GET /invoices/*' : call)).sort()).toEqual([...new Set(routes)].sort());
});

describe('every answer is described', () => {
  const systems: CoffeeSystem[] = [];
  let system: CoffeeSystem;
  let answers: DescribedAnswers;
  beforeEach(async () => {
    answers = described();
    system = await CoffeeSystem.start();
    systems.push(system);
  });
  afterEach(() => Promise.all(systems.splice(0).map((each) => each.close())));

  async function ask(method: string, path: string, init: RequestInit = {}, of: CoffeeSystem = system): Promise<void> {
    await answers.check(method, `${of.url}${path}`, await of.fetch(path, { ...init, method }));
  }
  const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const order = orderOf('a0', 'v0');
  const place = (key: string, body: unknown = { order }) =>
    ask('POST', '/prod/order', json(body, { 'idempotency-key': key }));
  const foreign = { origin: 'https://elsewhere.example' };
  const fault = { port: 'Notifier', method: 'publish', kind: 'before', times: 'always' };

  async function toOrders(): Promise<void> {
    await ask('POST', '/prod/order', json({ order }));
    await place('first');
    await system.ended('first');
    await place('first');
    await place('a b');
    await place('second', { order: { ...order, city: '' } });
    await ask('POST', '/prod/order', json('{'));
    await ask('POST', '/prod/order', json('x'.repeat(300_000)));
    await ask('POST', '/prod/order', { headers: { 'content-type': 'text/plain' }, body: '{}' });
    await ask('POST', '/prod/order', json({ order }, { 'content-encoding': 'gzip' }));
  }

  async function toQuestions(): Promise<void> {
    for (const path of [
      '/prod/order?accountid=a0&vendorid=v0',
      '/prod/order?accountid=a0',
      '/prod/order?accountid=x&vendorid=x',
    ]) {
      await ask('GET', path);
    }
    for (const path of ['/prod/order/first', '/prod/order/none']) await ask('GET', path);
    for (const key of ['2026/11/a0', '2026/12/a0', '2026/011/a0']) await ask('GET', `/prod/invoice?objectKey=${key}`);
    await ask('GET', '/prod/invoice');
    const { url } = await system.get<{ url: string }>('/prod/invoice?objectKey=2026/11/a0');
    await ask('GET', url.slice(system.url.length));
    await ask('GET', '/invoices/2026/11/a0?token=forged');
    for (const path of ['/menu', '/issuer', '/workflow', '/healthz', '/faults']) await ask('GET', path);
    for (const path of ['/orders', '/invoices', '/mailbox', '/executions']) {
      for (const query of ['', '?limit=1', '?limit=0', '?surprise=1']) await ask('GET', `${path}${query}`);
    }
    for (const path of ['/executions/first', '/executions/none', '/executions/%FF', '/prod/order/%FF'])
      await ask('GET', path);
  }

  async function toFaults(): Promise<void> {
    await ask('PUT', '/faults', json(fault));
    await place('failed');
    expect((await system.ended('failed')).status).toBe('FAILED');
    for (const path of ['/executions/failed', '/prod/order/failed', '/executions']) await ask('GET', path);
    await ask('PUT', '/faults', json({ ...fault, kind: 'slow' }));
    await ask('PUT', '/faults', json('{'));
    await ask('PUT', '/faults', json('x'.repeat(300_000)));
    await ask('PUT', '/faults', { headers: { 'content-type': 'text/plain' }, body: '{}' });
    await ask('PUT', '/faults', json(fault, foreign));
    await ask('DELETE', '/faults', { headers: foreign });
    await ask('DELETE', '/faults');
    await ask('POST', '/executions/failed/redrive', { headers: foreign });
    await ask('POST', '/executions/failed/redrive');
    expect((await system.ended('failed')).status).toBe('SUCCEEDED');
    for (const orderid of ['failed', 'none']) await ask('POST', `/executions/${orderid}/redrive`);
    await ask('GET', '/executions/failed');
  }

  async function toBackups(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-answers-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const onDisk = await CoffeeSystem.start({ data: join(folder, 'coffee.sqlite') });
    systems.push(onDisk);
    const copy = json({ file: join(folder, 'copy.sqlite') });
    for (const target of [onDisk, onDisk, system]) await ask('POST', '/backup', copy, target);
    for (const body of ['{', 'x'.repeat(300_000)]) await ask('POST', '/backup', json(body));
    await ask('POST', '/backup', { headers: { 'content-type': 'text/plain' }, body: '{}' });
    await ask('POST', '/backup', json({}, foreign));
  }

  async function toEvents(): Promise<void> {
    const reader = await EventReader.open(system.url);
    try {
      const orderid = await system.place(order);
      const last = (name: string) => reader.until((event) => event.name === name);
      await system.ended(orderid);
      const { data: mail } = await last('mail');
      const { data: history } = await last('history');
      const { data: execution } = await last('execution');
      expect(Object.keys(mail).sort()).toEqual(['id', 'sentAt', 'subject']);
      expect(Object.keys(history).sort()).toEqual(['event', 'orderid']);
      const schema = (name: string) => `openapi#/components/schemas/${name}`;
      expect(answers.faultsOf(schema('HistoryEvent'), history.event)).toEqual([]);
      expect(answers.faultsOf(schema('ExecutionState'), execution)).toEqual([]);
      expect(reader.headers.get('content-type')).toBe('text/event-stream');
      answers.seen.add('followEvents 200');
    } finally {
      await reader.close();
    }
  }

  async function ofStoresThatFail(): Promise<void> {
    const away = await elsewhere();
    systems.push(away);
    for (const path of ['/orders', '/invoices']) await ask('GET', path, {}, away);
    for (const error of [new Unavailable('on purpose'), new Damaged('on purpose'), new TypeError('on purpose')]) {
      const broken = await failing(error);
      systems.push(broken);
      await ask('POST', '/prod/order', json({ order }), broken);
      await ask('POST', '/executions/none/redrive', {}, broken);
      for (const path of [
        '/prod/order?accountid=a0&vendorid=v0',
        '/prod/order/first',
        '/prod/invoice?objectKey=2026/11/a0',
        '/orders',
        '/invoices',
        '/invoices/2026/11/a0',
        '/mailbox',
        '/executions',
        '/executions/first',
        '/healthz',
      ]) {
        await ask('GET', path, {}, broken);
      }
    }
  }

  it('and every described answer occurs, except defects where nothing can fail', async () => {
    await toOrders();
    await toQuestions();
    await toFaults();
    await toBackups();
    await toEvents();
    await ofStoresThatFail();
    const storeless = [
      'getMenu',
      'getIssuer',
      'getWorkflow',
      'listFaults',
      'setFault',
      'clearFaults',
      'followEvents',
      'backUp',
    ];
    const defects = storeless.map((operationId) => `${operationId} 500 InternalError`);
    // This system is open: it asks no one who they are.
    const refusals = answers
      .described()
      .filter((answer) => / (Unauthorized|OrderForbidden|OperatorRequired)$/.test(answer));
    const never = [...defects, ...refusals];
    expect(
      answers
        .described()
        .filter((answer) => !answers.seen.has(answer))
        .sort(),
    ).toEqual(never.sort());
  });

  it('with 405 and `Allow` for a method that is not described', async () => {
    const allowed = new Map<string, string[]>();
    for (const [method, path] of answers.operations()) allowed.set(path, [...(allowed.get(path) ?? []), method]);
    for (const [path, expected] of allowed) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((name) => !expected.includes(name))) {
        const answer = await system.fetch(path.replace(/\{\w+\}/g, '1'), { method });
        expect(answer.status, `${method} ${path}`).toBe(405);
        const names = answer.headers.get('allow')?.split(', ') ?? [];
        expect(names.filter((name) => name !== 'HEAD' && name !== 'OPTIONS').sort(), path).toEqual(expected.sort());
      }
    }
  });
});
