import { MemoryNotificationLog, MemoryOrderRepository } from '@coffee/adapter-memory';
import type { Order, PlacedOrder } from '@coffee/domain';
import { placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import type { NotificationLog, OrderRepository } from '@coffee/ports';
import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { DynamoDBNotificationLog, DynamoDBOrderRepository } from './index.ts';
import { createNotificationLogTable, createOrdersTable } from './test-support/tables.ts';

const orderOf = (overrides: Partial<Order> = {}): Order => ({ ...exampleOrder, ...overrides });

interface World {
  readonly orders: OrderRepository;
  readonly log: NotificationLog;
  /** The clock of this world moves by commands only. */
  readonly time: { now: number };
  /** Ids are of this run alone: all runs share the tables. */
  id(name: string): string;
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

  constructor(title: string, value: unknown, call: (world: World) => Promise<unknown>) {
    this.#title = `${title}(${JSON.stringify(value)})`;
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

const orderid = fc.constantFrom('o0', 'O0', 'o_1', 'o-2');
const order: fc.Arbitrary<Order> = fc
  .record({
    accountid: fc.constantFrom('a0', 'A0', 'a0.b'),
    vendorid: fc.constantFrom('v0', 'b.v0'),
    details: fc.constantFrom(
      { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.50', quantity: 1 },
      { coffeetype: 'Latte', coffeesize: 'Small', unitprice: 3.5, quantity: 1 },
    ),
  })
  .map(orderOf);
const acceptedAt = fc.constantFrom('2026-11-24T09:30:00.000Z', '2026-11-24T09:30:00.001Z', '2026-11-24T09:30:01.000Z');
const placed = fc.record({ orderid, acceptedAt, order }).map((accepted) => placeOrder(accepted));

const own = (world: World, value: PlacedOrder): PlacedOrder => {
  const { order } = value;
  return { ...value, order: { ...order, accountid: world.id(order.accountid) } };
};

const commands = fc.commands(
  [
    placed.map((value) => new Call('put', value, (world) => world.orders.put(own(world, value)))),
    order.map(
      (value) => new Call('get', value, (world) => world.orders.get(world.id(value.accountid), value.vendorid)),
    ),
    orderid.map((value) => new Call('begin', value, (world) => world.log.begin(world.id(value)))),
    orderid.map((value) => new Call('finish', value, (world) => world.log.finish(world.id(value)))),
    orderid.map((value) => new Call('release', value, (world) => world.log.release(world.id(value)))),
    fc.constantFrom(999, 1_000, 1_001).map(
      (value) =>
        new Call('advance', value, async (world) => {
          world.time.now += value;
        }),
    ),
  ],
  { maxCommands: 40, size: 'max' },
);

it('answers as the memory adapters do, whatever is asked of it', async () => {
  const [ordersTable, logTable] = await Promise.all([createOrdersTable(), createNotificationLogTable()]);
  onTestFinished(async () => {
    await Promise.all([ordersTable.dispose(), logTable.dispose()]);
  });
  const begun = Date.now();
  const worldOf = (run: string, adapters: (clock: () => number) => Pick<World, 'orders' | 'log'>): World => {
    const time = { now: begun };
    return { ...adapters(() => time.now), time, id: (name) => `${name}-${run}` };
  };
  const leaseMilliseconds = 2_000;
  const property = fc.asyncProperty(commands, async (script) => {
    const run = crypto.randomUUID();
    const model = worldOf(run, (clock) => ({
      orders: new MemoryOrderRepository(),
      log: new MemoryNotificationLog({ clock, leaseMilliseconds }),
    }));
    const real = worldOf(run, (clock) => ({
      orders: new DynamoDBOrderRepository(ordersTable.client, ordersTable),
      log: new DynamoDBNotificationLog(logTable.client, { tableName: logTable.tableName, clock, leaseMilliseconds }),
    }));
    await fc.asyncModelRun(() => ({ model, real }), script);
  });
  await fc.assert(property, { numRuns: 25 });
});
