import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portMethods, portNames } from '@coffee/api';
import { openApiDocument } from '@coffee/api/openapi';
import { defaultMenu } from '@coffee/domain';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseFault } from '../faults/parse-fault.ts';
import type { PortFault } from '../faults/port-faults.ts';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { DescribedAnswers, pointer } from '../test-support/described-answers.ts';
import { orderOf } from '../test-support/order-of.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-faults-'));
});
afterAll(() => rm(folder, { recursive: true }));

const fault = (changes: Partial<PortFault> = {}): PortFault => ({
  port: 'InvoiceStore',
  method: 'add',
  kind: 'before',
  times: 1,
  ...changes,
});

describe.each([
  ['in memory', () => ({})],
  ['on a SQLite file', () => ({ data: join(folder, `${crypto.randomUUID()}.sqlite`) })],
])('faults %s', (_, options) => {
  let system: CoffeeSystem;
  beforeEach(async () => {
    system = await CoffeeSystem.start(options());
  });
  afterEach(() => system.close());

  const set = (changes: Partial<PortFault>) => system.send('PUT', '/faults', fault(changes));
  const faults = async () => (await system.get<{ faults: PortFault[] }>('/faults')).faults;
  const linesOf = async (objectKey: string): Promise<number> => {
    const { url } = await system.get<{ url: string }>(`/prod/invoice?objectKey=${objectKey}`);
    return ((await (await fetch(url)).json()) as { lines: unknown[] }).lines.length;
  };
  const attemptsOf = async (orderid: string): Promise<string[]> =>
    (await system.ended(orderid)).history
      .filter(({ attempt }) => attempt !== undefined)
      .map(({ type, state, attempt }) => `${type} ${state} ${attempt}`);

  it('are none at first; every method of every port is a target', async () => {
    const targets = portNames.map((port) => ({ port, methods: portMethods[port] }));
    expect(await system.get('/faults')).toEqual({ targets, faults: [] });
  });

  it('are set one per method, the last one wins, and are cleared together', async () => {
    const answer = await set({ times: 'always' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ targets: expect.anything(), faults: [fault({ times: 'always' })] });
    const slow = fault({ port: 'Notifier', method: 'publish', kind: 'slow', milliseconds: 5, times: 3 });
    await set(slow);
    await set({ kind: 'after', times: 2 });
    expect(await faults()).toEqual([slow, fault({ kind: 'after', times: 2 })]);
    const cleared = await system.send('DELETE', '/faults');
    expect([cleared.status, await cleared.text()]).toEqual([204, '']);
    expect(await faults()).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'of kind "%s" count down, and the retries get the order through',
    async (kind) => {
      await set({ kind, times: 3 });
      const orderid = await system.place();
      expect(await attemptsOf(orderid)).toEqual(
        [1, 2, 3].flatMap((n) => [`StateFailed task_put_object ${n}`, `StateRetried task_put_object ${n}`]),
      );
      expect(await system.ended(orderid)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await linesOf('2026/11/a1')).toBe(1);
      expect(await faults()).toEqual([]);
    },
  );

  it('of kind "slow" delay the call, as often as set', async () => {
    await set({ kind: 'slow', milliseconds: 200, times: 1 });
    const started = performance.now();
    const slow = await system.ended(await system.place());
    expect(slow.status).toBe('SUCCEEDED');
    expect(slow.history.filter(({ attempt }) => attempt !== undefined)).toEqual([]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(195);
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['before', 404],
    ['after', 200],
  ] as const)(
    'of kind "%s", always: the execution fails after the last attempt; once cleared, a redrive completes it',
    async (kind, invoice) => {
      await set({ kind, times: 'always' });
      const orderid = await system.place();
      expect((await attemptsOf(orderid)).at(-1)).toBe('StateFailed task_put_object 11');
      expect(await system.ended(orderid)).toMatchObject({ status: 'FAILED', error: 'Unavailable' });
      expect((await system.fetch('/prod/invoice?objectKey=2026/11/a1')).status).toBe(invoice); // whether it had its effect
      expect(await faults()).toEqual([fault({ kind, times: 'always' })]);
      await system.send('DELETE', '/faults');
      await system.send('POST', `/executions/${orderid}/redrive`);
      expect(await system.ended(orderid)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await linesOf('2026/11/a1')).toBe(1);
    },
  );

  it('reach every port that the API calls', async () => {
    const orderid = await system.place();
    await system.ended(orderid);
    const status = async (path: string) => (await system.fetch(path)).status;
    const [order, invoice] = ['/prod/order?accountid=a1&vendorid=v1', '/prod/invoice?objectKey=2026/11/a1'];
    for (const [port, method, path] of [
      ['OrderRepository', 'get', order],
      ['InvoiceStore', 'prepare', invoice],
      ['InvoiceLinks', 'link', invoice],
    ] as const) {
      await set({ port, method });
      expect(await status(path), port).toBe(503);
      expect(await status(path), port).toBe(200);
    }
    for (const [port, method, task] of [
      ['OrderRepository', 'put', 'task_put_item'],
      ['Notifier', 'publish', 'task_notify'],
    ] as const) {
      await set({ port, method });
      expect(await attemptsOf(await system.place(orderOf('a2', port)))).toEqual([
        `StateFailed ${task} 1`,
        `StateRetried ${task} 1`,
      ]);
    }
  });

  it('affect one port, even where another has a method of the same name', async () => {
    await system.ended(await system.place());
    await set({ method: 'get', times: 'always' });
    expect((await system.fetch('/prod/order?accountid=a1&vendorid=v1')).status).toBe(200);
    await set({ port: 'OrderRepository', method: 'get' });
    expect(await faults()).toHaveLength(2);
  });

  it('do not blind the console: the mailbox, the lists and the links bypass them', async () => {
    await system.ended(await system.place());
    const { url } = await system.get<{ url: string }>('/prod/invoice?objectKey=2026/11/a1');
    for (const port of portNames) {
      for (const method of portMethods[port]) await set({ port, method, times: 'always' });
    }
    for (const path of [
      '/mailbox',
      '/orders',
      '/invoices',
      '/executions',
      new URL(url).pathname + new URL(url).search,
    ]) {
      expect((await system.fetch(path)).status, path).toBe(200);
    }
  });

  it('that break rules are refused, naming every rule', async () => {
    const answer = await system.send('PUT', '/faults', { port: 'Notifier', method: 'add', kind: 'slow', when: 1 });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'FaultRejected',
      issues: [
        { path: ['when'], code: 'unknown_key' },
        { path: ['method'], code: 'out_of_range', message: 'method must be one of publish' },
        { path: ['times'], code: 'required' },
        { path: ['milliseconds'], code: 'required' },
      ],
    });
    expect((await system.fetch('/faults', { method: 'PUT', body: '{}' })).status).toBe(415);
    expect(await faults()).toEqual([]);
  });
});

describe('parseFault', () => {
  const wholeUpTo = (max: number) => fc.integer({ min: 1, max });
  const times = fc.oneof(fc.constant('always' as const), wholeUpTo(1_000_000));
  const good = fc
    .constantFrom(...portNames)
    .chain((port) =>
      fc.record({ port: fc.constant(port), method: fc.constantFrom<string>(...portMethods[port]), times }),
    )
    .chain((base) =>
      fc.oneof(
        fc.constantFrom('before', 'after').map((kind) => ({ ...base, kind })),
        wholeUpTo(60_000).map((milliseconds) => ({ ...base, kind: 'slow', milliseconds })),
      ),
    );

  it('takes every fault of every method', () => {
    fc.assert(fc.property(good, (value) => void expect(parseFault(value)).toEqual({ success: true, fault: value })));
  });

  it('refuses a fault with any field changed, and names the field', () => {
    const other = fc.constantFrom<unknown>(null, 0, -1, 1.5, 1_000_001, '', 'x', '1', true, [], {}, Number.NaN);
    const field = fc.constantFrom('port', 'method', 'kind', 'times', 'milliseconds', 'more');
    fc.assert(
      fc.property(good, field, other, (value, name, bad) => {
        const parsed = parseFault({ ...value, [name]: bad });
        expect(parsed).toMatchObject({ success: false });
        expect(parsed.success ? [] : parsed.issues.map(({ path }) => path[0])).toContain(name);
      }),
    );
  });

  it('accepts what the description of the API accepts', () => {
    const described = new DescribedAnswers(openApiDocument({ menu: defaultMenu }));
    const place = pointer('components', 'schemas', 'Fault');
    const numbers = [0, 1, 1.5, 60_000, 60_001, 1_000_000, 1_000_001, -1, '1', null];
    const anything = fc.record(
      {
        port: fc.constantFrom(...portNames, 'Menu'),
        method: fc.constantFrom(...Object.values(portMethods).flat(), 'delete'),
        kind: fc.constantFrom('before', 'after', 'slow', 'never'),
        milliseconds: fc.constantFrom(...numbers),
        times: fc.constantFrom('always', 'often', ...numbers),
        extra: fc.constant(1),
      },
      { requiredKeys: [] },
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(anything, good), (value) => {
        const fault = JSON.parse(JSON.stringify(value)) as unknown;
        const { success } = parseFault(fault);
        if (success) taken += 1;
        expect(described.faultsOf(place, fault).length === 0).toBe(success);
      }),
      { numRuns: 500, seed: 4 },
    );
    expect(taken).toBeGreaterThan(10);
  });

  it.each([undefined, null, 'fault', 1, [], [{}], { port: 'constructor' }])('refuses %j', (value) => {
    expect(parseFault(value)).toMatchObject({ success: false });
  });
});
