import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { tokens } from '@coffee/lambdas';
import type { InvoiceStore, Notifier, OrderRepository } from '@coffee/ports';
import type { Fault } from '@coffee/ports/faults';
import { Faults, slow, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import { ContainerModule } from 'inversify';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { LocalSystem } from './index.ts';
import { startLocal } from './index.ts';
import { orderOf } from './test-support/order-of.ts';

/** Every branch of the workflow, through the engine and the handlers, with ports that fail on purpose. */

let system: LocalSystem;
afterEach(() => system.close());

interface Script {
  readonly orders?: Faults<OrderRepository>;
  readonly invoices?: Faults<InvoiceStore>;
  readonly notifier?: Faults<Notifier>;
}

async function startWith({ orders, invoices, notifier }: Script): Promise<void> {
  const faults = new ContainerModule(({ onActivation }) => {
    if (orders) onActivation(tokens.orderRepository, (_, port) => withFaults(port, orders));
    if (invoices) onActivation(tokens.invoiceStore, (_, port) => withFaults(port, invoices));
    if (notifier) onActivation(tokens.notifier, (_, port) => withFaults(port, notifier));
  });
  system = await startLocal({ modules: [faults], retryMilliseconds: 0 });
}

interface View {
  readonly orderid: string;
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly { readonly type: string; readonly state?: string; readonly attempt?: number }[];
}

const get = async <T>(path: string): Promise<T> => (await (await fetch(`${system.url}${path}`)).json()) as T;

async function ended(orderid: string): Promise<View> {
  await expect.poll(async () => (await get<View>(`/executions/${orderid}`)).status).not.toBe('RUNNING');
  return get<View>(`/executions/${orderid}`);
}

async function place(): Promise<View> {
  const response = await fetch(`${system.url}/prod/order`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order: orderOf('a1', 'v1') }),
  });
  expect(response.status).toBe(202);
  return ended(((await response.json()) as { orderid: string }).orderid);
}

const mailsOf = async (orderid: string): Promise<number> =>
  (await get<{ mails: unknown[] }>(`/mailbox?orderid=${orderid}`)).mails.length;

async function linesOf(orderid: string): Promise<number> {
  const { url } = await get<{ url: string }>('/prod/invoice?objectKey=2026/11/a1');
  const invoice = (await (await fetch(url)).json()) as { lines: { orderid: string }[] };
  return invoice.lines.filter((line) => line.orderid === orderid).length;
}

const passing: readonly (readonly [string, Fault])[] = [
  ['unavailable before its effect', unavailableBefore()],
  ['unavailable after its effect', unavailableAfter()],
  ['slow', slow(20)],
];

describe('the order workflow, embedded', () => {
  it('succeeds at once when nothing fails, and its history lists each state', async () => {
    await startWith({});
    const execution = await place();
    expect(execution.status).toBe('SUCCEEDED');
    expect(execution.history.filter((event) => event.type === 'StateEntered').map((event) => event.state)).toEqual([
      'task_put_item',
      'task_put_object',
      'task_notify',
      'Job Succeeded',
    ]);
    expect(execution.history.map((event) => event.type).at(-1)).toBe('ExecutionSucceeded');
  });

  describe.each([
    ['orders', 'put', 'task_put_item'],
    ['invoices', 'add', 'task_put_object'],
    ['notifier', 'publish', 'task_notify'],
  ] as const)('%s', (port, method, task) => {
    it.each(passing)('%s: retried, and the order ends with one line and one message', async (_name, fault) => {
      const faults = new Faults<Record<string, unknown>>().next(method, fault, fault);
      await startWith({ [port]: faults });
      const execution = await place();
      expect(execution.status).toBe('SUCCEEDED');
      const retries = execution.history.filter((event) => event.type === 'StateRetried');
      expect(retries.map((event) => [event.state, event.attempt])).toEqual(
        fault.kind === 'slow'
          ? []
          : [
              [task, 1],
              [task, 2],
            ],
      );
      expect(await mailsOf(execution.orderid)).toBe(1);
      expect(await linesOf(execution.orderid)).toBe(1);
    });

    it.each(passing.slice(0, 2))('always %s: fails at its task, and a redrive resumes there', async (_name, fault) => {
      const faults = new Faults<Record<string, unknown>>().always(method, fault);
      await startWith({ [port]: faults });
      const failed = await place();
      expect(failed).toMatchObject({ status: 'FAILED', error: 'Unavailable' });
      expect(JSON.parse(failed.cause ?? '')).toMatchObject({ errorType: 'Unavailable' });
      expect(failed.history.filter((event) => event.type === 'StateFailed').map((event) => event.state)).toContain(
        task,
      );

      faults.clear();
      const answer = await fetch(`${system.url}/executions/${failed.orderid}/redrive`, { method: 'POST' });
      expect(answer.status).toBe(202);
      const redriven = await ended(failed.orderid);
      expect(redriven.status).toBe('SUCCEEDED');
      expect(redriven.error).toBeUndefined();
      const after = redriven.history.slice(redriven.history.findIndex((event) => event.type === 'ExecutionRedriven'));
      expect(after.find((event) => event.type === 'StateEntered')?.state).toBe(task);
      expect(await mailsOf(failed.orderid)).toBe(1);
      expect(await linesOf(failed.orderid)).toBe(1);
    });
  });

  it('ends a refused order in Job Failed, with the reason as its cause', async () => {
    const rejected = new ContainerModule(({ onActivation }) => {
      onActivation(tokens.orderRepository, (_, port) => ({
        get: (accountid, vendorid) => port.get(accountid, vendorid),
        put: () => Promise.reject(Object.assign(new Error('the menu has changed'), { name: 'OrderRejected' })),
      }));
    });
    system = await startLocal({ modules: [rejected], retryMilliseconds: 0 });
    const execution = await place();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'OrderRejected' });
    expect(JSON.parse(execution.cause ?? '')).toMatchObject({ errorMessage: 'the menu has changed' });
    expect(execution.history.map((event) => event.state)).toContain('Job Failed');
    expect(await mailsOf(execution.orderid)).toBe(0);
  });

  it('fails at once, and without a retry, on an error it does not know', async () => {
    const broken = new ContainerModule(({ onActivation }) => {
      onActivation(tokens.notifier, () => ({ publish: () => Promise.reject(new TypeError('a defect')) }));
    });
    system = await startLocal({ modules: [broken], retryMilliseconds: 0 });
    const execution = await place();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'TypeError' });
    expect(execution.history.some((event) => event.type === 'StateRetried')).toBe(false);
  });

  it('keeps the body as it was sent, and takes a key again with no other while the execution runs', async () => {
    const { promise: sent, resolve: send } = Promise.withResolvers<void>();
    const held = new ContainerModule(({ onActivation }) => {
      onActivation(tokens.notifier, () => ({ publish: () => sent }));
    });
    system = await startLocal({ modules: [held] });
    const post = (body: string) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': 'held' };
      return fetch(`${system.url}/prod/order`, { method: 'POST', headers, body });
    };
    const order = orderOf('a1', 'v1');
    const city = 'Zürich ☕';
    const body = ` {"order":\n${JSON.stringify({ ...order, city }).replace('☕', '\\u2615')}}`;
    const [first, again] = [await post(body), await post(body)];
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(await again.json()).toEqual(await first.json());
    const other = await post(JSON.stringify(JSON.parse(body)));
    expect([other.status, other.headers.get('location')]).toEqual([409, '/prod/order/held']);
    expect(await get('/executions/held')).toMatchObject({ input: { body, caller: { kind: 'anyone' } } });
    expect(await get('/prod/order/held')).toMatchObject({ order: { ...order, city } });
    send();
    await ended('held');
  });

  it('ends what an earlier version accepted and began, by the input of that version', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-earlier-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'coffee.sqlite');
    const earlier = new DatabaseSync(path);
    earlier.exec(await readFile(new URL('../../adapter-sqlite/src/fixtures/version-2.sql', import.meta.url), 'utf8'));
    const insert = earlier.prepare(
      "INSERT INTO executions (orderid, input, started_at, status, ended) VALUES (?, ?, ?, 'RUNNING', ?)",
    );
    const input = { order: orderOf('a1', 'v1') };
    const history = [
      ['ExecutionStarted', 1],
      ['StateEntered', 1, 'task_put_item'],
    ];
    const parked = JSON.stringify({ resume: { state: 'task_put_item', input, attempts: 1 }, history });
    for (const [orderid, ended] of [
      ['accepted', null],
      ['parked', parked],
    ] as const) {
      insert.run(orderid, JSON.stringify(input), Date.now(), ended);
    }
    earlier.close();
    system = await startLocal({ data: path, retryMilliseconds: 0 });
    for (const orderid of ['accepted', 'parked']) {
      expect(await ended(orderid)).toMatchObject({ status: 'SUCCEEDED', input });
      expect(await get(`/prod/order/${orderid}`)).toMatchObject({ status: 'SUCCEEDED', ...input });
      expect([await mailsOf(orderid), await linesOf(orderid)]).toEqual([1, 1]);
    }
    const { orderid } = await place();
    expect(await get(`/prod/order/${orderid}`)).toMatchObject({ status: 'SUCCEEDED', ...input });
  });

  it('refuses to redrive what has not failed or is not there', async () => {
    await startWith({});
    const { orderid } = await place();
    const redrive = (id: string) => fetch(`${system.url}/executions/${id}/redrive`, { method: 'POST' });
    expect((await redrive(orderid)).status).toBe(409);
    expect((await redrive('nobody')).status).toBe(404);
  });
});
