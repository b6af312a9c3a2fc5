import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  MemoryExecutions,
  MemoryInvoiceLinks,
  MemoryInvoiceStore,
  MemoryMailbox,
  MemoryNotificationLog,
  MemoryOrderRepository,
} from '@coffee/adapter-memory';
import type { Invoice, Order, PlacedOrder } from '@coffee/domain';
import { composeNotification, defaultMenu, defineMenu, invoiceKeyOf, invoiceLineOf, placeOrder } from '@coffee/domain';
import type {
  ExecutionEnd,
  Executions,
  InvoiceLinks,
  InvoiceList,
  InvoiceStore,
  Mailbox,
  NotificationLog,
  Notifier,
  OrderList,
  OrderRepository,
} from '@coffee/ports';
import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import {
  SqliteDatabase,
  SqliteExecutions,
  SqliteInvoiceLinks,
  SqliteInvoiceList,
  SqliteInvoiceStore,
  SqliteMailbox,
  SqliteNotificationLog,
  SqliteOrderRepository,
} from './index.ts';

interface World {
  readonly orders: OrderRepository & OrderList;
  readonly invoices: InvoiceStore;
  readonly links: InvoiceLinks & { open(url: string): Promise<Invoice | undefined> };
  readonly invoiceList: InvoiceList;
  readonly mailbox: Notifier & Mailbox;
  readonly executions: Executions;
  readonly log: NotificationLog;
  /** The URLs of the links made so far. */
  readonly urls: string[];
  /** Only commands move the clock of this world, in whole seconds, since an adapter may round expiries to them. */
  readonly time: { now: number };
}

const leaseMilliseconds = 2_000;
const lifetimeMilliseconds = 3_000;

const epoch = Date.UTC(2026, 10, 24);

function memoryWorld(): World {
  const time = { now: epoch };
  const clock = () => time.now;
  const invoices = new MemoryInvoiceStore();
  return {
    orders: new MemoryOrderRepository(),
    invoices,
    invoiceList: invoices,
    executions: new MemoryExecutions(),
    links: new MemoryInvoiceLinks({ invoices, clock, lifetimeMilliseconds }),
    mailbox: new MemoryMailbox({ clock }),
    log: new MemoryNotificationLog({ clock, leaseMilliseconds }),
    urls: [],
    time,
  };
}

function sqliteWorld(database: SqliteDatabase): World {
  const time = { now: epoch };
  const clock = () => time.now;
  const invoices = new SqliteInvoiceStore(database);
  return {
    orders: new SqliteOrderRepository(database),
    invoices,
    invoiceList: new SqliteInvoiceList(database),
    executions: new SqliteExecutions(database),
    links: new SqliteInvoiceLinks(database, { invoices, baseUrl: 'http://127.0.0.1', clock, lifetimeMilliseconds }),
    mailbox: new SqliteMailbox(database, { clock }),
    log: new SqliteNotificationLog(database, { clock, leaseMilliseconds }),
    urls: [],
    time,
  };
}

/** The answer of a call, or the name of its error. */
const outcome = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error instanceof Error ? error.name : error }),
  );

/** One call, made to the model and to the real thing, which must answer the same. */
class Call implements fc.AsyncCommand<World, World> {
  readonly #title: string;
  readonly #call: (world: World) => Promise<unknown>;

  constructor(title: string, call: (world: World) => Promise<unknown>) {
    this.#title = title;
    this.#call = call;
  }

  check(): boolean {
    return true;
  }

  async run(model: World, real: World): Promise<void> {
    expect(await outcome(this.#call(real)), this.#title).toEqual(await outcome(this.#call(model)));
  }

  toString(): string {
    return this.#title;
  }
}

const yen = defineMenu({ ...defaultMenu, currency: 'JPY', coffeesizes: [{ coffeesize: 'Small', unitprice: '3' }] });
const euro = defineMenu({ ...defaultMenu, currency: 'EUR' });

const orderids = ['o0', 'O0', 'o_1', 'o-2', 'o3'];
const orderid = fc.constantFrom(...orderids);
const order: fc.Arbitrary<Order> = fc.record({
  accountid: fc.constantFrom('a0', 'A0', 'a0.b'),
  vendorid: fc.constantFrom('v0', 'b.v0'),
  orderdate: fc.constantFrom('2026-11-24 09:30:00', '2026-12-01T00:00:00+11:00', '2025-09-01 00:00:00'),
  city: fc.constantFrom("L'Aquila", 'a\u00a0b \u2615'),
  details: fc.constantFrom(
    { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.50', quantity: 1 },
    { coffeetype: 'Latte', coffeesize: 'Small', unitprice: 3.5, quantity: 1 },
  ),
  eventtype: fc.constantFrom(['order'], ['order', 'coffee']),
});
const acceptedAt = fc.constantFrom('2026-11-24T09:30:00.000Z', '2026-11-24T09:30:00.001Z', '2026-11-24T09:30:01.000Z');
const placed: fc.Arbitrary<PlacedOrder> = fc
  .record({ orderid, acceptedAt, order, menu: fc.constantFrom(defaultMenu, euro, yen) })
  .map(({ menu, order: drawn, ...accepted }) => {
    const details = menu === yen ? { ...drawn.details, unitprice: 3 } : drawn.details;
    // An order id belongs to one primary key.
    const orderid = `${accepted.orderid}-${drawn.accountid}-${drawn.vendorid}`.replaceAll('.', '_');
    return placeOrder({ ...accepted, orderid, order: { ...drawn, details } }, menu);
  });
const query = fc.record(
  { limit: fc.integer({ min: 1, max: 3 }), before: fc.integer({ min: 0, max: 6 }), orderid },
  { requiredKeys: [] },
);

const limit = fc.integer({ min: 1, max: 3 });
const orderQuery = fc.record(
  {
    accountid: fc.constantFrom('a0', 'A0', 'a0.b'),
    vendorid: fc.constantFrom('v0', 'b.v0'),
    limit,
    before: fc.record({ acceptedAt, orderid }),
  },
  { requiredKeys: [] },
);
const invoiceQuery = fc.record(
  {
    accountid: fc.constantFrom('a0', 'A0', 'a0.b'),
    year: fc.constantFrom(2026, 2025),
    month: fc.constantFrom(11, 12, 9),
    limit,
    before: order.map(invoiceKeyOf),
  },
  { requiredKeys: [] },
);
const executionQuery = fc.record(
  { status: fc.constantFrom('RUNNING', 'SUCCEEDED', 'FAILED'), limit, before: fc.integer({ min: 0, max: 6 }) },
  { requiredKeys: [] },
);
const ending: fc.Arbitrary<ExecutionEnd> = fc.constantFrom(
  { status: 'SUCCEEDED', stoppedAt: epoch, history: [{ type: 'ExecutionSucceeded', timestamp: epoch }] },
  {
    status: 'FAILED',
    stoppedAt: epoch,
    error: 'Unavailable',
    cause: '{}',
    resume: { state: 'task_notify', input: {} },
    history: [{ type: 'StateFailed', timestamp: epoch, state: 'task_notify', attempt: 1 }],
  },
  { status: 'FAILED', stoppedAt: epoch, error: 'OrderRejected', cause: '', history: [] },
);

const command = (title: string, value: unknown, call: (world: World) => Promise<unknown>) =>
  new Call(`${title}(${JSON.stringify(value)})`, call);

const commands = fc.commands(
  [
    placed.map((value) => command('put', value, (world) => world.orders.put(value))),
    order.map((value) => command('get', value, (world) => world.orders.get(value.accountid, value.vendorid))),
    orderQuery.map((value) => command('orders', value, (world) => world.orders.page(value))),
    placed.map((value) => command('add', value, (world) => world.invoices.add(invoiceLineOf(value)))),
    invoiceQuery.map((value) => command('invoices', value, (world) => world.invoiceList.page(value))),
    order.map((value) => command('invoice', value, (world) => world.invoices.get(invoiceKeyOf(value)))),
    order.map((value) => command('prepare', value, (world) => world.invoices.prepare(invoiceKeyOf(value)))),
    order.map((value) =>
      command('link', value, async (world) => {
        const { url, expiresAt } = await world.links.link(invoiceKeyOf(value));
        world.urls.push(url);
        return expiresAt;
      }),
    ),
    fc
      .nat(5)
      .map((n) =>
        command('open', n, async (world) =>
          world.links.open(world.urls.at(-1 - n) ?? 'http://127.0.0.1/invoices/2026/11/a0'),
        ),
      ),
    placed.map((value) => command('publish', value, (world) => world.mailbox.publish(composeNotification(value)))),
    query.map((value) => command('mails', value, (world) => world.mailbox.page(value))),
    orderid.map((value) => command('begin', value, (world) => world.log.begin(value))),
    orderid.map((value) => command('finish', value, (world) => world.log.finish(value))),
    orderid.map((value) => command('release', value, (world) => world.log.release(value))),
    fc
      .tuple(orderid, fc.constantFrom('{}', '{"order":1}'))
      .map(([id, input]) =>
        command('start', id, (world) => world.executions.start({ orderid: id, input, startedAt: world.time.now })),
      ),
    fc.tuple(orderid, ending).map(([id, end]) =>
      command('end', [id, end.status], async (world) => {
        const execution = await world.executions.get(id);
        if (execution !== undefined) await world.executions.end(execution, end);
      }),
    ),
    orderid.map((value) => command('redrive', value, (world) => world.executions.redrive(value, world.time.now))),
    executionQuery.map((value) => command('executions', value, (world) => world.executions.page(value))),
    fc.constant(command('counts', null, (world) => world.executions.counts())),
    fc.constantFrom(1_000, 2_000, 3_000).map((value) =>
      command('advance', value, async (world) => {
        world.time.now += value;
      }),
    ),
  ],
  { maxCommands: 60, size: 'max' },
);

/** Everything observable about a world; only the last step changes it. */
async function observe(world: World) {
  const seen: unknown[] = [
    await world.mailbox.page(),
    await world.orders.page(),
    await world.invoiceList.page(),
    await world.executions.page(),
    await world.executions.counts(),
  ];
  for (const accountid of ['a0', 'A0', 'a0.b']) {
    for (const vendorid of ['v0', 'b.v0']) seen.push(await world.orders.get(accountid, vendorid));
    for (const orderdate of ['2026-11-24 09:30:00', '2026-12-01 00:00:00']) {
      seen.push(await world.invoices.get(invoiceKeyOf({ accountid, orderdate })));
    }
  }
  for (const url of world.urls) seen.push(await world.links.open(url));
  for (const id of orderids) seen.push(await world.log.begin(id));
  return seen;
}

it('answers as the memory adapters do, for any sequence of calls', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-model-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  let count = 0;
  const property = fc.asyncProperty(commands, async (script) => {
    const database = await SqliteDatabase.open(join(folder, `${count++}.db`));
    try {
      const worlds = { model: memoryWorld(), real: sqliteWorld(database) };
      await fc.asyncModelRun(() => worlds, script);
      expect(await observe(worlds.real)).toEqual(await observe(worlds.model));
    } finally {
      await database.close();
    }
  });
  await fc.assert(property, { numRuns: 60 });
});
