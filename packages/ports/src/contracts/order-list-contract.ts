import type { PlacedOrder } from '@coffee/domain';
import { compareAccepted } from '@coffee/domain';
import * as fc from 'fast-check';
import type { OrderList, OrderQuery } from '../order-list.ts';
import type { OrderRepository } from '../order-repository.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { acceptedAt, anyPlaced, sampleOrder, samplePlaced, uniqueId } from './samples.ts';
import type { Suite } from './suite.ts';
import { always, contractSuite, everyItem } from './suite.ts';

/** The harness of the {@link OrderList} suite: the list, and the repository whose orders it lists. */
export interface OrderListHarness extends Harness {
  readonly orders: OrderRepository;
  readonly list: OrderList;
}

/** The manifest of an adapter of {@link OrderList}. */
export type OrderListManifest = Manifest<OrderListHarness, readonly [], 'unavailable'>;

function clauses({ expect, harness, clause, parameters }: Suite<OrderListHarness, never>): void {
  const put = async (placed: PlacedOrder): Promise<PlacedOrder> => {
    await harness().orders.put(placed);
    return placed;
  };
  const page = (query: OrderQuery) => harness().list.page(query);
  const all = (query: OrderQuery) =>
    everyItem(expect, async (before?: OrderQuery['before']) => {
      const { orders, next } = await page({ ...query, before });
      return [orders, next];
    });
  const newestFirst = (orders: readonly PlacedOrder[]) => [...orders].sort(compareAccepted).reverse();
  const of = (accountid: string, vendorid: string, step: number) =>
    put(samplePlaced(sampleOrder({ accountid, vendorid }), { acceptedAt: acceptedAt(step) }));

  clause('lists what was put, to the last character', async () => {
    await always(anyPlaced, parameters(), async (placed) => {
      await put(placed);
      const { accountid, vendorid } = placed.order;
      expect(await page({ accountid })).toEqual({ orders: [placed] });
      expect(await page({ accountid, vendorid })).toEqual({ orders: [placed] });
    });
  });

  clause('returns an empty page when nothing matches', async () => {
    const [accountid, vendorid] = [uniqueId('a'), uniqueId('v')];
    expect(await page({ accountid })).toEqual({ orders: [] });
    expect(await page({ vendorid })).toEqual({ orders: [] });
    await of(accountid, 'v0', 0);
    expect(await page({ accountid, vendorid })).toEqual({ orders: [] });
  });

  clause('lists the orders of an account, of a vendor, of both, and all', async () => {
    const [a, b, v, w] = [uniqueId('a'), uniqueId('a'), uniqueId('v'), uniqueId('v')];
    const [av, aw, bv] = [await of(a, v, 1), await of(a, w, 2), await of(b, v, 3)];
    expect(await all({ accountid: a })).toEqual([aw, av]);
    expect(await all({ vendorid: v })).toEqual([bv, av]);
    expect(await all({ accountid: a, vendorid: v })).toEqual([av]);
    const ours = (await all({})).filter(({ order }) => [a, b].includes(order.accountid));
    expect(ours).toEqual([bv, aw, av]);
  });

  clause('lists only the newest order of a key', async () => {
    const accountid = uniqueId('a');
    const [, newer] = [await of(accountid, 'v0', 1), await of(accountid, 'v0', 2)];
    await harness().orders.put(samplePlaced(newer.order, { acceptedAt: acceptedAt(0) }));
    expect(await all({ accountid })).toEqual([newer]);
  });

  clause('lists an order that replaces a listed one once, at its own place', async () => {
    const [a, b, vendorid] = [uniqueId('a'), uniqueId('a'), uniqueId('v')];
    const [first, other] = [await of(a, vendorid, 1), await of(b, vendorid, 2)];
    expect(await all({ vendorid })).toEqual([other, first]);
    const newer = await of(a, vendorid, 3);
    expect(await all({ vendorid })).toEqual([newer, other]);
    expect(await all({ accountid: a })).toEqual([newer]);
  });

  clause('visits each order once, newest first, whatever the page size', async () => {
    const steps = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 });
    await always(fc.tuple(steps, fc.integer({ min: 1, max: 9 })), parameters(0.5), async ([drawn, limit]) => {
      const [account, vendorid] = [uniqueId('a'), uniqueId('v')];
      const orders: PlacedOrder[] = [];
      for (const [index, step] of drawn.entries()) orders.push(await of(`${account}${index}`, vendorid, step));
      expect(await all({ vendorid, limit })).toEqual(newestFirst(orders));
    });
  });

  clause('keeps its place while newer orders arrive', async () => {
    const vendorid = uniqueId('v');
    const old = [];
    for (let step = 0; step < 4; step += 1) old.push(await of(uniqueId('a'), vendorid, step));
    const first = await page({ vendorid, limit: 2 });
    await of(uniqueId('a'), vendorid, 9);
    const second = await page({ vendorid, limit: 2, before: first.next });
    expect([...first.orders, ...second.orders]).toEqual(newestFirst(old));
    expect(second.next).toBeUndefined();
  });
}

/** Registers the contract tests of {@link OrderList}. */
export function orderListContract(manifest: OrderListManifest, runner: TestRunner): void {
  contractSuite('OrderList', runner, manifest, [], clauses, { page: ({ list }, options) => list.page({}, options) });
}
