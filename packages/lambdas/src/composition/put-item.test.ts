import { unavailableAfter, unavailableBefore } from '@coffee/ports/faults';
import { describe, expect, it } from 'vitest';
import { arrange } from '../test-support/arrange.ts';
import { orderOf, putItemEvent } from '../test-support/events.ts';

const event = putItemEvent(orderOf());

describe('put-item', () => {
  it('answers the placed order, plain JSON, and stores it', async () => {
    const { handlers, orders } = arrange();
    const placed = await handlers.putItem(event);
    expect(placed).toEqual({
      orderid: 'o1',
      acceptedAt: '2026-11-24T09:30:00.000Z',
      order: orderOf(),
      total: '7.00',
      currency: 'AUD',
      invoice: '2026/11/a0',
    });
    expect(JSON.parse(JSON.stringify(placed))).toEqual(placed);
    expect(await orders.get('a0', 'v0')).toEqual(placed);
  });

  it.each([undefined, null, 'order', [], {}, { ...orderOf(), city: 1 }])(
    'rejects %j by the name that the workflow catches',
    async (order) => {
      const { handlers, faults } = arrange();
      await expect(handlers.putItem(putItemEvent(order))).rejects.toMatchObject({ name: 'OrderRejected' });
      expect(faults.orders.calls('put')).toBe(0);
    },
  );

  it("fails an order for an account that is not the caller's by its name, before anything is stored", async () => {
    const { handlers, orders } = arrange();
    const caller = { kind: 'customer', accountid: 'a1' } as const;
    const foreign = { ...event, input: { ...event.input, caller } };
    await expect(handlers.putItem(foreign)).rejects.toMatchObject({ name: 'OrderForbidden' });
    expect(await orders.get('a0', 'v0')).toBeUndefined();
  });

  it.each([unavailableBefore, unavailableAfter])('rejects by the name that the workflow retries: %o', async (fault) => {
    const { handlers, faults, orders } = arrange();
    faults.orders.next('put', fault());
    await expect(handlers.putItem(event)).rejects.toMatchObject({ name: 'Unavailable' });
    const placed = await handlers.putItem(event);
    expect(await orders.get('a0', 'v0')).toEqual(placed);
  });
});
