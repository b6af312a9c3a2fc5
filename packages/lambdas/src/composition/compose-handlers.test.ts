import { MemoryOrderRepository } from '@coffee/adapter-memory';
import { PlaceOrder } from '@coffee/application';
import { defineMenu, placeOrder } from '@coffee/domain';
import { Container, ContainerModule } from 'inversify';
import { describe, expect, it } from 'vitest';
import { arrange } from '../test-support/arrange.ts';
import { orderOf, putItemEvent } from '../test-support/events.ts';
import { composeHandlers } from './compose-handlers.ts';
import { tokens } from './container.ts';

const acceptedAt = '2026-11-24T09:30:00.000Z';

describe('composeHandlers', () => {
  it('runs one order through the three tasks and both queries', async () => {
    const { handlers, mailbox } = arrange();
    const placed = await handlers.putItem(putItemEvent(orderOf()));
    await handlers.putObject(placed);
    await handlers.notify(placed);
    expect((await mailbox.page()).mails.map(({ id }) => id)).toEqual(['o1']);
  });

  it.each(['putItem', 'putObject', 'notify'] as const)('%s hands its signal to its ports', async (task) => {
    const { handlers } = arrange();
    const event = { ...placeOrder({ orderid: 'o1', acceptedAt, order: orderOf() }), ...putItemEvent(orderOf()) };
    const signal = AbortSignal.abort(new Error('timed out'));
    await expect(handlers[task](event, { signal })).rejects.toMatchObject({
      name: 'Unavailable',
      cause: signal.reason,
    });
  });

  it('shares nothing between two compositions', async () => {
    const [one, other] = [arrange(), arrange()];
    await one.handlers.putItem(putItemEvent(orderOf()));
    expect(await other.orders.get('a0', 'v0')).toBeUndefined();
    expect(one.handlers.container).toBeInstanceOf(Container);
    expect(one.handlers.container.get(PlaceOrder)).toBe(one.handlers.container.get(PlaceOrder));
    expect(one.handlers.container.get(PlaceOrder)).not.toBe(other.handlers.container.get(PlaceOrder));
  });

  it('lets a later module replace the menu and a port', async () => {
    const orders = new MemoryOrderRepository();
    const menu = defineMenu({
      currency: 'EUR',
      coffeetypes: ['Latte'],
      coffeesizes: [{ coffeesize: 'Small', unitprice: '3' }],
    });
    const replacing = new ContainerModule(({ rebind }) => {
      rebind(tokens.menu).toConstantValue(menu);
      rebind(tokens.orderRepository).toConstantValue(orders);
    });
    const { handlers } = arrange(replacing);
    const details = { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.00', quantity: 2 };
    const placed = await handlers.putItem(putItemEvent(orderOf({ details })));
    expect(placed).toMatchObject({ total: '6.00', currency: 'EUR' });
    expect(await orders.get('a0', 'v0')).toEqual(placed);
  });

  it("lets a later module replace the notification's text", async () => {
    const replacing = new ContainerModule(({ rebind }) => {
      rebind(tokens.notificationText).toConstantValue(({ orderid }) => ({
        subject: `Danke für ${orderid}`,
        text: 'Bis gleich!',
      }));
    });
    const { handlers, mailbox } = arrange(replacing);
    await handlers.notify(await handlers.putItem(putItemEvent(orderOf())));
    expect((await mailbox.page()).mails).toMatchObject([{ subject: 'Danke fur o1', text: 'Bis gleich!' }]);
  });

  it('says at once which port no module has bound', () => {
    expect(() => composeHandlers()).toThrow(/@coffee\/ports\/OrderRepository/);
  });
});
