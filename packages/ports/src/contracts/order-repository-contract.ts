import type { PlacedOrder } from '@coffee/domain';
import { compareAccepted } from '@coffee/domain';
import * as fc from 'fast-check';
import type { OrderRepository } from '../order-repository.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { acceptedAt, anyPlaced, sampleOrder, samplePlaced, uniqueId, withKeysReversed } from './samples.ts';
import type { Suite } from './suite.ts';
import { always, contractSuite } from './suite.ts';

/** The harness of the {@link OrderRepository} suite. */
export interface OrderRepositoryHarness extends Harness {
  readonly orders: OrderRepository;
}

/** The manifest of an adapter of {@link OrderRepository}. `limits.concurrency` defaults to 50. */
export type OrderRepositoryManifest = Manifest<OrderRepositoryHarness, readonly [], 'unavailable'>;

function clauses({ expect, harness, clause, parameters, concurrency }: Suite<OrderRepositoryHarness, never>): void {
  const put = (placed: PlacedOrder) => harness().orders.put(placed);
  const stored = (of: PlacedOrder) => harness().orders.get(of.order.accountid, of.order.vendorid);

  clause('returns what was put, to the last character', async () => {
    await always(anyPlaced, parameters(2), async (placed) => {
      expect(await put(placed)).toBe('stored');
      expect(await stored(placed)).toEqual(placed);
    });
  });

  clause('answers undefined for a key that was never put', async () => {
    expect(await harness().orders.get(uniqueId('a'), 'v0')).toBeUndefined();
  });

  clause('is idempotent: the same order again answers stored, whatever the order of its keys', async () => {
    const placed = samplePlaced();
    expect(await put(placed)).toBe('stored');
    expect(await put(placed)).toBe('stored');
    expect(await put(withKeysReversed(placed))).toBe('stored');
    expect(await stored(placed)).toEqual(placed);
  });

  clause('rejects the same order id with different content as Conflict, and changes nothing', async () => {
    const placed = samplePlaced();
    const { order } = placed;
    await put(placed);
    const others: PlacedOrder[] = [
      samplePlaced({ ...order, city: 'Perth' }, placed),
      samplePlaced({ ...order, details: { ...order.details, unitprice: '4.00' } }, placed),
      { ...placed, total: '9.00' },
      { ...placed, currency: 'EUR' },
      { ...placed, acceptedAt: acceptedAt(1) },
      { ...placed, acceptedAt: acceptedAt(-1) },
    ];
    for (const other of others) {
      await expect(put({ ...other, orderid: placed.orderid })).rejects.toMatchObject({ name: 'Conflict' });
      expect(await stored(placed)).toEqual(placed);
    }
  });

  clause('answers superseded to an older order that arrives late, every time, and changes nothing', async () => {
    const newer = samplePlaced(sampleOrder(), { acceptedAt: acceptedAt(1) });
    const older = samplePlaced({ ...newer.order, city: 'Perth' }, { acceptedAt: acceptedAt(0) });
    expect(await put(newer)).toBe('stored');
    expect(await put(older)).toBe('superseded');
    expect(await put(older)).toBe('superseded');
    expect(await stored(newer)).toEqual(newer);
  });

  clause('replaces an older order with a newer one, and answers superseded to the older from then on', async () => {
    const older = samplePlaced();
    const newer = samplePlaced({ ...older.order, city: 'Perth' }, { acceptedAt: acceptedAt(1) });
    expect(await put(older)).toBe('stored');
    expect(await put(newer)).toBe('stored');
    expect(await put(older)).toBe('superseded');
    expect(await stored(older)).toEqual(newer);
  });

  clause('compares acceptedAt as a time, however it is written', async () => {
    const older = samplePlaced(sampleOrder(), { acceptedAt: '2026-11-24T09:30:00Z' });
    const newer = samplePlaced(older.order, { acceptedAt: '2026-11-24T20:00:00.9+10:30' });
    expect(await put(older)).toBe('stored');
    expect(await put(newer)).toBe('stored');
    expect(await put(older)).toBe('superseded');
    expect(await put(newer)).toBe('stored');
    expect(await stored(older)).toEqual({ ...newer, acceptedAt: '2026-11-24T09:30:00.900Z' });
  });

  clause('refuses an acceptedAt that is not a time, and changes nothing', async () => {
    const placed = samplePlaced();
    for (const acceptedAt of ['', 'yesterday', '2026-11-24', '2026-13-24T09:30:00.000Z']) {
      await expect(put({ ...placed, acceptedAt })).rejects.toMatchObject({ name: 'RangeError' });
    }
    expect(await stored(placed)).toBeUndefined();
  });

  clause('breaks ties of acceptedAt by the greater order id', async () => {
    const order = sampleOrder();
    // Upper case before underscore before lower case: the order of code units, not of a locale.
    const [low, middle, high] = ['B', '_', 'a'].map((orderid) => samplePlaced(order, { orderid }));
    if (!low || !middle || !high) throw new Error('three orders');
    expect(await put(middle)).toBe('stored');
    expect(await put(low)).toBe('superseded');
    expect(await stored(low)).toEqual(middle);
    expect(await put(high)).toBe('stored');
    expect(await stored(low)).toEqual(high);
  });

  clause(
    'keeps the newest whatever the order of puts, and answers stored to each that was newest at the time',
    async () => {
      const steps = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 8 });
      await always(steps, parameters(), async (arrivals) => {
        const order = sampleOrder();
        let newest: PlacedOrder | undefined;
        for (const step of arrivals) {
          const placed = samplePlaced(order, { acceptedAt: acceptedAt(step) });
          const wins = newest === undefined || compareAccepted(placed, newest) > 0;
          expect(await put(placed)).toBe(wins ? 'stored' : 'superseded');
          if (wins) newest = placed;
        }
        expect(await harness().orders.get(order.accountid, order.vendorid)).toEqual(newest);
      });
    },
  );

  clause('keeps the newest of concurrent puts', async () => {
    const order = sampleOrder();
    const count = concurrency(50);
    const all = Array.from({ length: count }, (_, index) =>
      // Stepping by a number coprime to the count shuffles the times.
      samplePlaced({ ...order, city: `City ${index}` }, { acceptedAt: acceptedAt((index * 37) % (count + 1)) }),
    );
    const newest = all.toSorted(compareAccepted).at(-1);
    const outcomes = await Promise.all(all.map(async (placed) => ({ placed, outcome: await put(placed) })));
    expect(await harness().orders.get(order.accountid, order.vendorid)).toEqual(newest);
    expect(outcomes.find(({ placed }) => placed === newest)?.outcome).toBe('stored');
  });

  clause('keeps the keys apart', async () => {
    const a = uniqueId('a');
    const pairs = [
      [a, 'b'],
      [`${a}.b`, 'c'],
      [a, 'b.c'],
      [a, 'B'],
      [`${a}b`, 'c'],
      [a, 'bc'],
      [a.toUpperCase(), 'b'],
    ] as const;
    const all = pairs.map(([accountid, vendorid]) => samplePlaced(sampleOrder({ accountid, vendorid })));
    for (const placed of all) expect(await put(placed)).toBe('stored');
    for (const placed of all) expect(await stored(placed)).toEqual(placed);
    expect(await harness().orders.get('b', a)).toBeUndefined();
  });
}

/** Registers the contract tests of {@link OrderRepository}. */
export function orderRepositoryContract(manifest: OrderRepositoryManifest, runner: TestRunner): void {
  contractSuite('OrderRepository', runner, manifest, [], clauses, {
    put: ({ orders }, options) => orders.put(samplePlaced(), options),
    get: ({ orders }, options) => orders.get('a0', 'v0', options),
  });
}
