import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultMenu } from '@coffee/domain';
import { Unavailable } from '@coffee/ports';
import { orderWorkflow } from '@coffee/workflow';
import { ContainerModule } from 'inversify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localTokens } from '../composition/tokens.ts';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { orderOf } from '../test-support/order-of.ts';
import type { AppOptions } from './app.ts';
import { createApp } from './app.ts';

interface OrdersPage {
  readonly orders: readonly { readonly orderid: string; readonly order: { readonly vendorid: string } }[];
  readonly next?: string;
}
interface InvoicesPage {
  readonly invoices: readonly { readonly objectKey: string }[];
  readonly next?: string;
}

const folder = await mkdtemp(join(tmpdir(), 'coffee-browse-'));
afterAll(() => rm(folder, { recursive: true }));

describe.each([
  ['in memory', {}],
  ['on a SQLite file', { data: join(folder, 'coffee.sqlite') }],
])('browsing %s', (_, options) => {
  let system: CoffeeSystem;
  beforeAll(async () => {
    system = await CoffeeSystem.start(options);
    for (let number = 0; number < 5; number += 1) {
      const orderdate = `2026-${number < 2 ? '09' : '11'}-24 09:30:00`;
      await system.ended(await system.place(orderOf(`a${number % 2}`, `v${number}`, { orderdate })));
    }
  });
  afterAll(() => system.close());

  it('reads the menu and the workflow', async () => {
    expect(await system.get('/menu')).toEqual(defaultMenu);
    expect(await system.get('/workflow')).toEqual(orderWorkflow);
  });

  it('reads orders page by page, the newest first, all or of an account, a vendor or both', async () => {
    const first = await system.get<OrdersPage>('/orders?limit=3');
    expect(first.orders.map(({ order }) => order.vendorid)).toEqual(['v4', 'v3', 'v2']);
    const second = await system.get<OrdersPage>(`/orders?limit=3&before=${encodeURIComponent(first.next ?? '')}`);
    expect(second.orders.map(({ order }) => order.vendorid)).toEqual(['v1', 'v0']);
    expect(second).not.toHaveProperty('next');
    const vendors = async (query: string) =>
      (await system.get<OrdersPage>(`/orders?${query}`)).orders.map(({ order }) => order.vendorid);
    expect(await vendors('accountid=a1')).toEqual(['v3', 'v1']);
    expect(await vendors('vendorid=v2')).toEqual(['v2']);
    expect(await vendors('accountid=a1&vendorid=v2')).toEqual([]);
    expect(await vendors('accountid=nobody')).toEqual([]);
    expect(await system.get('/prod/order?accountid=a0&vendorid=v4')).toEqual(first.orders[0]);
  });

  it('reads invoices page by page, the newest month first, then by account', async () => {
    const first = await system.get<InvoicesPage>('/invoices?limit=3');
    expect(first.invoices).toEqual([
      {
        objectKey: '2026/11/a0',
        accountid: 'a0',
        period: { year: 2026, month: 11 },
        lineCount: 2,
        totals: [{ currency: 'AUD', total: '14.00' }],
      },
      {
        objectKey: '2026/11/a1',
        accountid: 'a1',
        period: { year: 2026, month: 11 },
        lineCount: 1,
        totals: [{ currency: 'AUD', total: '7.00' }],
      },
      {
        objectKey: '2026/9/a0',
        accountid: 'a0',
        period: { year: 2026, month: 9 },
        lineCount: 1,
        totals: [{ currency: 'AUD', total: '7.00' }],
      },
    ]);
    const second = await system.get<InvoicesPage>(`/invoices?limit=3&before=${encodeURIComponent(first.next ?? '')}`);
    expect(second.invoices.map(({ objectKey }) => objectKey)).toEqual(['2026/9/a1']);
    expect(second).not.toHaveProperty('next');
    const keys = async (query: string) =>
      (await system.get<InvoicesPage>(`/invoices?${query}`)).invoices.map(({ objectKey }) => objectKey);
    expect(await keys('year=2026&month=11&accountid=a1')).toEqual(['2026/11/a1']);
    expect(await keys('accountid=a1')).toEqual(['2026/11/a1', '2026/9/a1']);
    expect(await keys('year=2025')).toEqual([]);
  });

  it('counts executions by status, whatever the page', async () => {
    const counts = { RUNNING: 0, SUCCEEDED: 5, FAILED: 0 };
    expect(await system.get('/executions?status=FAILED')).toEqual({ executions: [], counts });
    expect(await system.get('/executions?limit=1')).toMatchObject({ counts });
  });

  it.each([
    ['/orders?limit=0', 'limit'],
    ['/orders?limit=1001', 'limit'],
    ['/orders?accountid=', 'accountid'],
    ['/orders?vendorid=a%2Fb', 'vendorid'],
    ['/orders?vendorid=v0&vendorid=v1', 'vendorid'],
    ['/orders?before=7', 'before'],
    ['/invoices?year=0', 'year'],
    ['/invoices?month=13', 'month'],
    ['/invoices?before=2026/011/a0', 'before'],
    ['/executions?status=DONE', 'status'],
    ['/executions?before=x', 'before'],
    ['/mailbox?limit=1.5', 'limit'],
  ])('refuses %s', async (path, name) => {
    const answer = await system.fetch(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'ParameterRejected',
      detail: expect.stringContaining(name),
      issues: [{ path: [name] }],
    });
  });

  it('names every parameter that is wrong', async () => {
    const answer = await system.fetch('/invoices?year=x&month=x&limit=x');
    const { issues } = (await answer.json()) as { issues: { path: string[] }[] };
    expect(issues.map(({ path }) => path[0])).toEqual(['year', 'month', 'limit']);
  });

  it.each([
    ['POST', '/orders', 'GET, HEAD'],
    ['DELETE', '/invoices', 'GET, HEAD'],
    ['PUT', '/executions/o1', 'GET, HEAD'],
    ['GET', '/executions/o1/redrive', 'POST'],
    ['POST', '/faults', 'GET, HEAD, PUT, DELETE'],
    ['OPTIONS', '/mailbox', 'GET, HEAD'],
    ['POST', '/events', 'GET, HEAD'],
  ])('answers %s %s with what is allowed', async (method, path, allow) => {
    const answer = await system.fetch(path, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  });

  it('answers HEAD as GET, even where the answer would never end', async () => {
    for (const path of ['/menu', '/orders', '/events']) {
      const answer = await system.fetch(path, { method: 'HEAD' });
      expect([path, answer.status, await answer.text()]).toEqual([path, 200, '']);
    }
  });
});

it('says so where orders and invoices are kept elsewhere', async () => {
  const elsewhere = new ContainerModule(({ unbind }) => {
    unbind(localTokens.orderList);
    unbind(localTokens.invoiceList);
  });
  const system = await CoffeeSystem.start({ modules: [elsewhere] });
  try {
    for (const path of ['/orders', '/invoices']) {
      const answer = await system.fetch(path);
      expect(answer.status).toBe(501);
      expect(await answer.json()).toMatchObject({ code: 'KeptElsewhere' });
    }
  } finally {
    await system.close();
  }
});

describe('GET /healthz', () => {
  const health = (check: () => Promise<unknown>) => {
    const app = createApp({ faults: {}, check, checkMilliseconds: 1 } as unknown as AppOptions);
    return app.request('http://localhost/healthz');
  };

  it('is fine when the store answers', async () => {
    const answer = await health(() => Promise.resolve());
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it.each([
    ['refuses', () => Promise.reject(new Unavailable('on purpose'))],
    ['does not answer', () => new Promise(() => undefined)],
  ])('is 503 when the store %s', async (_, check) => {
    const answer = await health(check);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ code: 'Unavailable' });
  });
});
