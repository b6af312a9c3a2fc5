import { MemoryOrderRepository } from '@coffee/adapter-memory';
import { mayReadOrder, placeOrder } from '@coffee/domain';
import { principals } from '@coffee/domain/arbitraries';
import type { OrderRepository } from '@coffee/ports';
import { Faults, unavailableBefore, withFaults } from '@coffee/ports/faults';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FindOrder, OrderNotFound } from './find-order.ts';
import { customer, orderOf } from './test-support/orders.ts';

const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() });

describe('FindOrder', () => {
  it('answers the order of the primary key', async () => {
    const orders = new MemoryOrderRepository();
    await orders.put(placed);
    await expect(new FindOrder(orders).execute(customer, 'a0', 'v0')).resolves.toEqual(placed);
  });

  it.each([
    ['a0', 'v1'],
    ['a1', 'v0'],
    ['__proto__', 'constructor'],
  ])('says that there is no order of %s at %s', async (accountid, vendorid) => {
    const orders = new MemoryOrderRepository();
    await orders.put(placed);
    await expect(new FindOrder(orders).execute({ kind: 'anyone' }, accountid, vendorid)).rejects.toMatchObject({
      name: 'OrderNotFound',
      code: 'OrderNotFound',
      message: `account ${accountid} has no order at vendor ${vendorid}`,
    });
  });

  it('answers to others as if there were no order, without looking it up', async () => {
    const faults = new Faults<OrderRepository>();
    const orders = new MemoryOrderRepository();
    await orders.put(placed);
    const finding = new FindOrder(withFaults<OrderRepository>(orders, faults));
    await fc.assert(
      fc.asyncProperty(principals, async (caller) => {
        const before = faults.calls('get');
        const found = finding.execute(caller, 'a0', 'v0');
        if (mayReadOrder(caller, placed.order)) expect(await found).toEqual(placed);
        else {
          await expect(found).rejects.toEqual(new OrderNotFound('a0', 'v0'));
          expect(faults.calls('get')).toBe(before);
        }
      }),
    );
  });

  it('does not mistake an unavailable store for a missing order', async () => {
    const faults = new Faults<OrderRepository>().next('get', unavailableBefore());
    const finding = new FindOrder(withFaults<OrderRepository>(new MemoryOrderRepository(), faults));
    await expect(finding.execute(customer, 'a0', 'v0')).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(finding.execute(customer, 'a0', 'v0')).rejects.toMatchObject({ name: 'OrderNotFound' });
  });
});
