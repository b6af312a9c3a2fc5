import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MemoryInvoiceStore, MemoryOrderRepository } from '@coffee/adapter-memory';
import type { InvoiceKey, Order, PlacedOrder } from '@coffee/domain';
import { compareAccepted, invoiceKeyOf, invoiceLineOf, placeOrder } from '@coffee/domain';
import type { InvoiceStore, OrderRepository } from '@coffee/ports';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { InvoicePage, InvoicePageOptions, OrderPage, OrderPageOptions, OrderPosition } from './index.ts';
import { SqliteDatabase, SqliteInvoicePages, SqliteInvoiceStore, SqliteOrderRepository } from './index.ts';

type Orders = OrderRepository & { page(options?: OrderPageOptions): Promise<OrderPage> };
type Invoices = Pick<InvoiceStore, 'addLine' | 'get'> & { page(options?: InvoicePageOptions): Promise<InvoicePage> };

interface Stores {
  readonly orders: Orders;
  readonly invoices: Invoices;
  close(): Promise<void>;
}

const memoryStores = async (): Promise<Stores> => ({
  orders: new MemoryOrderRepository(),
  invoices: new MemoryInvoiceStore(),
  close: async () => {},
});

async function sqliteStores(): Promise<Stores> {
  const database = await SqliteDatabase.open(':memory:');
  const store = new SqliteInvoiceStore(database);
  const pages = new SqliteInvoicePages(database);
  return {
    orders: new SqliteOrderRepository(database),
    invoices: {
      addLine: (key, line) => store.addLine(key, line),
      get: (key) => store.get(key),
      page: (options) => pages.page(options),
    },
    close: () => database.close(),
  };
}

const accounts = ['a0', 'A0', 'a0.b', 'a1', 'a10'];
const vendors = ['v0', 'v1', 'b.v0'];
const dates = [
  '2026-11-24 09:30:00',
  '2026-09-01 00:00:00',
  '2026-01-31 23:59:59',
  '2025-12-24 09:30:00',
  '0999-10-01 00:00:00',
];
const order: fc.Arbitrary<Order> = fc.record({
  accountid: fc.constantFrom(...accounts),
  vendorid: fc.constantFrom(...vendors),
  orderdate: fc.constantFrom(...dates),
  city: fc.constant("L'Aquila"),
  details: fc.record({
    coffeetype: fc.constant('Latte'),
    coffeesize: fc.constant('Small'),
    unitprice: fc.constant('3.50'),
    quantity: fc.integer({ min: 1, max: 100 }),
  }),
  eventtype: fc.constant(['order']),
});
/** Accepted in the order of their ids, or many at the same time. */
const placedOrders: fc.Arbitrary<PlacedOrder[]> = fc
  .array(fc.tuple(order, fc.integer({ min: 0, max: 5 })), { maxLength: 40, size: 'max' })
  .map((drawn) =>
    drawn.map(([value, second], index) =>
      placeOrder({ orderid: `o${index}`, acceptedAt: `2026-11-24T09:30:0${second}.000Z`, order: value }),
    ),
  );
const limit = fc.integer({ min: 1, max: 7 });
const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 });
const given = <T extends object>(options: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;

/** Everything, page by page; no page may be longer than the limit, and only the last one shorter. */
async function allOf<Item, Next>(
  limit: number,
  page: (before: Next | undefined) => Promise<{ readonly items: readonly Item[]; readonly next?: Next }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let before: Next | undefined;
  do {
    const { items, next } = await page(before);
    expect(items.length).toBeLessThanOrEqual(limit);
    if (next !== undefined) expect(items).toHaveLength(limit);
    all.push(...items);
    before = next;
  } while (before !== undefined);
  return all;
}

describe.each([
  ['in memory', memoryStores, 100],
  ['in SQLite', sqliteStores, 25],
])('pages %s', (_, open, numRuns) => {
  it('give every order that fits once, newest first, however long they are', { timeout: 60_000 }, async () => {
    const filter = fc.record({ accountid: maybe(accounts), vendorid: maybe(vendors) });
    await fc.assert(
      fc.asyncProperty(placedOrders, filter, limit, async (placed, drawn, limit) => {
        const { orders, close } = await open();
        try {
          await Promise.all(placed.map((one) => orders.put(one)));
          const { accountid, vendorid } = drawn;
          const newest = new Map<string, PlacedOrder>();
          for (const one of [...placed].sort(compareAccepted)) {
            newest.set(`${one.order.accountid}/${one.order.vendorid}`, one);
          }
          const expected = [...newest.values()]
            .filter((one) => accountid === undefined || one.order.accountid === accountid)
            .filter((one) => vendorid === undefined || one.order.vendorid === vendorid)
            .sort(compareAccepted)
            .reverse();
          const found = await allOf<PlacedOrder, OrderPosition>(limit, async (before) => {
            const { orders: items, ...rest } = await orders.page({ ...given(drawn), ...given({ before }), limit });
            return { items, ...rest };
          });
          expect(found).toEqual(expected);
        } finally {
          await close();
        }
      }),
      { numRuns },
    );
  });

  it('give every invoice that fits once, the newest month first, then by account, with its total', {
    timeout: 60_000,
  }, async () => {
    const filter = fc.record({
      accountid: maybe(accounts),
      year: maybe([2026, 2025, 999]),
      month: maybe([1, 9, 10, 11, 12]),
    });
    await fc.assert(
      fc.asyncProperty(placedOrders, filter, limit, async (placed, drawn, limit) => {
        const { invoices, close } = await open();
        try {
          await Promise.all(placed.map((one) => invoices.addLine(invoiceKeyOf(one.order), invoiceLineOf(one))));
          const { accountid, year, month } = drawn;
          const keys = [...new Map(placed.map((one) => [one.invoice, invoiceKeyOf(one.order)])).values()]
            .filter((key) => accountid === undefined || key.accountid === accountid)
            .filter((key) => year === undefined || key.period.year === year)
            .filter((key) => month === undefined || key.period.month === month)
            .sort((a, b) => monthNumber(b) - monthNumber(a) || (a.accountid < b.accountid ? -1 : 1));
          const expected = await Promise.all(
            keys.map(async (key) => {
              const { lines = [], ...invoice } = (await invoices.get(key)) ?? {};
              return { ...invoice, lineCount: lines.length };
            }),
          );
          const found = await allOf<unknown, InvoiceKey>(limit, async (before) => {
            const { invoices: items, ...rest } = await invoices.page({ ...given(drawn), ...given({ before }), limit });
            return { items, ...rest };
          });
          expect(found).toEqual(expected);
        } finally {
          await close();
        }
      }),
      { numRuns },
    );
  });

  it('are empty where nothing is, and hold a hundred unless told', async () => {
    const { orders, invoices, close } = await open();
    try {
      expect(await orders.page()).toEqual({ orders: [] });
      expect(await invoices.page()).toEqual({ invoices: [] });
      const many = Array.from({ length: 101 }, (_, index) => placed(index));
      await Promise.all(many.map((one) => orders.put(one)));
      await Promise.all(many.map((one) => invoices.addLine(invoiceKeyOf(one.order), invoiceLineOf(one))));
      expect((await orders.page()).orders).toHaveLength(100);
      expect((await invoices.page()).invoices).toHaveLength(100);
    } finally {
      await close();
    }
  });

  it('are quick among 10,000 orders and 10,000 invoices', async () => {
    const { orders, invoices, close } = await open();
    try {
      const many = Array.from({ length: 10_000 }, (_, index) => placed(index));
      await Promise.all(many.map((one) => orders.put(one)));
      await Promise.all(many.map((one) => invoices.addLine(invoiceKeyOf(one.order), invoiceLineOf(one))));
      const reads = [
        () => orders.page(),
        () => orders.page({ vendorid: 'v9' }),
        () => orders.page({ accountid: 'a9' }),
        () => orders.page({ before: { acceptedAt: many[100]?.acceptedAt ?? '', orderid: 'o' } }),
        () => invoices.page(),
        () => invoices.page({ accountid: 'a9' }),
        () => invoices.page({ before: invoiceKeyOf(many[5_000]?.order ?? { accountid: '', orderdate: '' }) }),
      ];
      for (const read of reads) {
        const times: number[] = [];
        for (let turn = 0; turn < 3; turn += 1) {
          const since = performance.now();
          await read();
          times.push(performance.now() - since);
        }
        // A few milliseconds where nothing else runs.
        expect(Math.min(...times), String(read)).toBeLessThan(100);
      }
    } finally {
      await close();
    }
  });
});

it('browse a file that an earlier version wrote', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-pages-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'coffee.sqlite');
  const earlier = new DatabaseSync(path);
  earlier.exec(`
    CREATE TABLE orders (
      accountid TEXT NOT NULL, vendorid TEXT NOT NULL, accepted_at TEXT NOT NULL, orderid TEXT NOT NULL,
      placed TEXT NOT NULL, PRIMARY KEY (accountid, vendorid)
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1;`);
  const [older, newer] = [placed(1), placed(2)];
  const insert = earlier.prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?)');
  for (const { order, acceptedAt, orderid, ...rest } of [newer, older]) {
    const whole = JSON.stringify({ orderid, acceptedAt, order, ...rest });
    insert.run(order.accountid, order.vendorid, acceptedAt, orderid, whole);
  }
  earlier.close();
  const database = await SqliteDatabase.open(path);
  try {
    expect(await new SqliteOrderRepository(database).page()).toEqual({ orders: [newer, older] });
    expect(await new SqliteOrderRepository(database).page({ vendorid: 'v1' })).toEqual({ orders: [older] });
  } finally {
    await database.close();
  }
});

const monthNumber = ({ period }: InvoiceKey): number => period.year * 12 + period.month;

function placed(index: number): PlacedOrder {
  return placeOrder({
    orderid: `o${index}`,
    acceptedAt: new Date(Date.UTC(2026, 10, 24) + index).toISOString(),
    order: {
      accountid: `a${index}`,
      vendorid: `v${index}`,
      orderdate: '2026-11-24 09:30:00',
      city: 'Sydney',
      details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.50', quantity: 1 },
      eventtype: ['order'],
    },
  });
}
