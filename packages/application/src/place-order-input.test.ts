import { MemoryOrderRepository } from '@coffee/adapter-memory';
import { defaultMenu } from '@coffee/domain';
import { principals } from '@coffee/domain/arbitraries';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlaceOrderCommand } from './index.ts';
import { inputOf, orderOf, PlaceOrder } from './index.ts';
import { customer, orderOf as placeable } from './test-support/orders.ts';

const anyone = { kind: 'anyone' } as const;
const named = { orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z' };
const hostile = ['"}, "caller": {"kind": "operator"}}', "L'Aquila", '\\', '\\\\"', '\u2028', '☕️', '\\u0022', '\ud800'];

describe('the input of an execution', () => {
  it.each(hostile)('has a body with %j as it was sent, and nothing beside it', (text) => {
    const body = JSON.stringify({ order: { city: text } });
    expect(JSON.parse(inputOf(body, anyone))).toEqual({ body, caller: anyone });
    expect(orderOf(inputOf(body, anyone))).toEqual({ city: text });
  });

  it('has any body as it was sent, and any caller', () => {
    const body = fc.string({
      unit: fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 2 })),
    });
    fc.assert(
      fc.property(body, principals, (body, caller) => {
        expect(JSON.parse(inputOf(body, caller))).toEqual({ body, caller });
      }),
    );
  });

  it.each([
    ['{"order":{"city":"Perth"}}', { city: 'Perth' }],
    [inputOf('{"order":1,"order":{"city":"Perth"}}', anyone), { city: 'Perth' }],
    [inputOf('{"order":', anyone), undefined],
    [inputOf('null', anyone), undefined],
    ['{}', undefined],
    ['null', undefined],
    ['{"order":', undefined],
    ['', undefined],
  ])('%s holds the order %j', (input, order) => {
    expect(orderOf(input)).toEqual(order);
  });
});

describe('PlaceOrder', () => {
  const order = placeable();
  const body = JSON.stringify({ order });
  const start = () => {
    const orders = new MemoryOrderRepository();
    return { orders, place: new PlaceOrder(orders, defaultMenu) };
  };

  it.each<[string, object]>([
    ['this version for a customer', { ...named, input: { body, caller: customer } }],
    ['this version', { ...named, input: { body, caller: anyone } }],
    ['an execution of an earlier version', { ...named, input: { order } }],
    ['the definition of an earlier version', { ...named, order }],
  ])('places the order that %s passes', async (_, passed) => {
    const { orders, place } = start();
    const placed = await place.execute(passed as PlaceOrderCommand); // JSON, of whatever version
    expect(placed).toEqual({ ...named, order, total: '7.00', currency: 'AUD', invoice: '2026/11/a0' });
    expect(await orders.get('a0', 'v0')).toEqual(placed);
  });

  it.each(['', '{"order":', `\ufeff${body}`, `${body} {}`])('rejects the body %j', async (text) => {
    const command: PlaceOrderCommand = { ...named, input: { body: text, caller: anyone } };
    const rejected = { name: 'OrderRejected', message: 'the body must be JSON' };
    await expect(start().place.execute(command)).rejects.toMatchObject(rejected);
  });

  it.for([
    undefined,
    null,
    'anyone',
    {},
    { kind: 'admin' },
    { kind: 'customer' },
    { kind: 'anyone', accountid: 'a0' },
    [anyone],
  ])('never takes the caller %j for anyone', async (caller) => {
    const { orders, place } = start();
    for (const sent of [{ body, caller }, ...(caller === undefined ? [] : [{ order, caller }])]) {
      const command: PlaceOrderCommand = { ...named, input: sent as PlaceOrderCommand['input'] };
      await expect(place.execute(command)).rejects.toMatchObject({ name: 'CallerUnknown' });
    }
    expect(await orders.get('a0', 'v0')).toBeUndefined();
  });

  it('asks who sent the body, and whether they may order for the account that is read from it', async () => {
    const { orders, place } = start();
    const twice = body.replace('{"order":{', '{"order":{"accountid":"a1",'); // of two keys the last one is read
    for (const [text, accountid, outcome] of [
      [body, 'a1', 'OrderForbidden'],
      [twice, 'a1', 'OrderForbidden'],
      [twice, 'a0', undefined],
    ] as const) {
      const caller = { kind: 'customer', accountid } as const;
      const placed = place.execute({ ...named, input: { body: text, caller } });
      expect(
        await placed.then(
          () => undefined,
          ({ name }) => name,
        ),
      ).toBe(outcome);
      expect((await orders.get('a0', 'v0'))?.orderid).toBe(outcome === undefined ? 'o1' : undefined);
    }
  });

  it.for([null, 1, 'x', [], {}])('refuses an execution that was started with %j', async (input) => {
    const command: PlaceOrderCommand = { ...named, input: input as unknown as PlaceOrderCommand['input'] };
    await expect(start().place.execute(command)).rejects.toMatchObject({ name: 'CallerUnknown' });
  });
});
