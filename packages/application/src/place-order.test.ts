import { MemoryOrderRepository } from '@coffee/adapter-memory';
import type { Menu } from '@coffee/domain';
import { defaultMenu, defineMenu, mayPlace } from '@coffee/domain';
import { identifiers, principals } from '@coffee/domain/arbitraries';
import type { OrderRepository } from '@coffee/ports';
import { Faults, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlaceOrder } from './tasks.ts';
import { customer, orderOf, untilDone } from './test-support/orders.ts';

const command = (orderid: string, second: number, order: unknown = orderOf(), caller = customer) => ({
  orderid,
  acceptedAt: new Date(Date.UTC(2026, 10, 24, 9, 30, second)).toISOString(),
  input: { body: JSON.stringify({ order }), caller },
});

/** Up to four calls that fail, before their effect or after it. */
const faultScript = fc
  .array(fc.constantFrom(unavailableBefore, unavailableAfter), { maxLength: 4 })
  .map((script) => script.map((fault) => fault()));

describe('PlaceOrder', () => {
  it('answers the priced order and stores it as it was sent', async () => {
    const orders = new MemoryOrderRepository();
    const placed = await new PlaceOrder(orders, defaultMenu).execute(command('o1', 1));
    expect(placed).toEqual({
      orderid: 'o1',
      acceptedAt: '2026-11-24T09:30:01.000Z',
      order: orderOf(),
      total: '7.00',
      currency: 'AUD',
      invoice: '2026/11/a0',
    });
    expect(await orders.get('a0', 'v0')).toEqual(placed);
  });

  it('refuses a bad order with every issue and calls no store', async () => {
    const faults = new Faults<OrderRepository>();
    const placing = new PlaceOrder(withFaults(new MemoryOrderRepository(), faults), defaultMenu);
    const order = { ...orderOf({ accountid: '../a0', city: ' ' }), extra: 1 };
    await expect(placing.execute(command('o1', 1, order))).rejects.toMatchObject({
      name: 'OrderRejected',
      code: 'OrderRejected',
      issues: expect.arrayContaining([
        expect.objectContaining({ path: ['accountid'], code: 'wrong_format' }),
        expect.objectContaining({ path: ['city'], code: 'wrong_format' }),
        expect.objectContaining({ path: ['extra'], code: 'unknown_key' }),
      ]),
    });
    expect(faults.calls('put') + faults.calls('get')).toBe(0);
  });

  it('places an order for whoever may place it, and for others neither reads nor stores anything', async () => {
    const accounts = fc.oneof(fc.constantFrom('a0', 'v0'), identifiers);
    await fc.assert(
      fc.asyncProperty(principals, accounts, async (caller, accountid) => {
        const faults = new Faults<OrderRepository>();
        const orders = new MemoryOrderRepository();
        const placing = new PlaceOrder(withFaults<OrderRepository>(orders, faults), defaultMenu);
        const order = orderOf({ accountid });
        const placed = placing.execute(command('o1', 1, order, caller));
        if (mayPlace(caller, order)) {
          expect(await orders.get(accountid, 'v0')).toEqual(await placed);
        } else {
          await expect(placed).rejects.toMatchObject({ name: 'OrderForbidden', code: 'OrderForbidden' });
          expect(faults.calls('put') + faults.calls('get')).toBe(0);
        }
      }),
    );
  });

  it('answers an order that arrives late, and keeps the newer one', async () => {
    const orders = new MemoryOrderRepository();
    const placing = new PlaceOrder(orders, defaultMenu);
    const newer = await placing.execute(command('newer', 2));
    await expect(placing.execute(command('older', 1))).resolves.toMatchObject({
      orderid: 'older',
      total: '7.00',
    });
    expect(await orders.get('a0', 'v0')).toEqual(newer);
  });

  it('refuses the same order id with another order, and keeps the first', async () => {
    const orders = new MemoryOrderRepository();
    const placing = new PlaceOrder(orders, defaultMenu);
    const first = await placing.execute(command('o1', 1));
    const other = command('o1', 1, orderOf({ city: 'Perth' }));
    await expect(placing.execute(other)).rejects.toMatchObject({ name: 'Conflict' });
    expect(await orders.get('a0', 'v0')).toEqual(first);
  });

  it('passes on that the store is unavailable', async () => {
    const faults = new Faults<OrderRepository>().always('put', unavailableBefore());
    const placing = new PlaceOrder(withFaults(new MemoryOrderRepository(), faults), defaultMenu);
    await expect(placing.execute(command('o1', 1))).rejects.toMatchObject({ name: 'Unavailable' });
  });

  it('sells from the menu it is given', async () => {
    const menu = defineMenu({
      currency: 'EUR',
      coffeetypes: ['Espresso'],
      coffeesizes: [{ coffeesize: 'Doppio', unitprice: '2.2' }],
    });
    const placing = new PlaceOrder(new MemoryOrderRepository(), menu);
    const details = { coffeetype: 'Espresso', coffeesize: 'Doppio', unitprice: 2.2, quantity: 3 };
    await expect(placing.execute(command('o1', 1, orderOf({ details })))).resolves.toMatchObject({
      total: '6.60',
      currency: 'EUR',
    });
    await expect(placing.execute(command('o2', 2))).rejects.toMatchObject({ name: 'OrderRejected' });
  });

  describe('an order that was stored, and whose answer was lost, after the menu has changed', () => {
    const small = (currency: string, unitprice: string) =>
      defineMenu({ currency, coffeetypes: ['Latte'], coffeesizes: [{ coffeesize: 'Small', unitprice }] });

    async function arrangeLost(menu: Menu) {
      const orders = new MemoryOrderRepository();
      const faults = new Faults<OrderRepository>().next('put', unavailableAfter());
      const failing = withFaults<OrderRepository>(orders, faults);
      await expect(new PlaceOrder(failing, defaultMenu).execute(command('o1', 1))).rejects.toThrow('after its effect');
      return { orders, faults, placing: new PlaceOrder(failing, menu) };
    }

    it.each([
      ['its price', small('AUD', '3.6')],
      ['its currency', small('EUR', '3.5')],
    ])('is recognised: %s', async (_, menu) => {
      const { orders, placing } = await arrangeLost(menu);
      const placed = await placing.execute(command('o1', 1));
      expect(placed).toMatchObject({ orderid: 'o1', total: '7.00', currency: 'AUD' });
      expect(await orders.get('a0', 'v0')).toEqual(placed);
    });

    it.each([
      ['another order id', command('o2', 1)],
      ['another acceptance time', command('o1', 2)],
      ['another city', command('o1', 1, orderOf({ city: 'Perth' }))],
      ['another vendor', command('o1', 1, orderOf({ vendorid: 'v1' }))],
      ['a vendor that is a list', command('o1', 1, { ...orderOf(), vendorid: ['v0'] })],
    ])('is not mistaken for one with %s', async (_, other) => {
      const { placing } = await arrangeLost(small('AUD', '3.6'));
      await expect(placing.execute(other)).rejects.toMatchObject({ name: 'OrderRejected' });
    });

    it('is not told to others', async () => {
      const { faults, placing } = await arrangeLost(small('AUD', '3.6'));
      for (const caller of [
        { kind: 'customer', accountid: 'a1' },
        { kind: 'vendor', vendorid: 'v0' },
      ] as const) {
        await expect(placing.execute(command('o1', 1, orderOf(), caller))).rejects.toMatchObject({
          name: 'OrderRejected',
        });
      }
      expect(faults.calls('get')).toBe(0);
    });

    it('is unavailable while the store cannot be read, and recognised on the next attempt', async () => {
      const { faults, placing } = await arrangeLost(small('AUD', '3.6'));
      faults.next('get', unavailableBefore());
      await expect(placing.execute(command('o1', 1))).rejects.toMatchObject({ name: 'Unavailable' });
      await expect(placing.execute(command('o1', 1))).resolves.toMatchObject({ orderid: 'o1' });
    });
  });

  it('keeps the newest order, however often orders are placed, in whatever order, and whatever fails', async () => {
    const run = fc.record({ index: fc.nat({ max: 4 }), faults: faultScript });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 12 }), async (runs) => {
        const orders = new MemoryOrderRepository();
        const faults = new Faults<OrderRepository>();
        const placing = new PlaceOrder(withFaults<OrderRepository>(orders, faults), defaultMenu);
        for (const { index, faults: script } of runs) {
          faults.next('put', ...script);
          const placed = await untilDone(() => placing.execute(command(`o${index}`, index)));
          expect(placed.orderid).toBe(`o${index}`);
        }
        const newest = Math.max(...runs.map(({ index }) => index));
        expect((await orders.get('a0', 'v0'))?.orderid).toBe(`o${newest}`);
      }),
    );
  });
});
