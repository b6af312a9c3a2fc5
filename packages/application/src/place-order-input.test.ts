import { MemoryOrderRepository } from '@coffee/adapter-memory';
import { defaultMenu } from '@coffee/domain';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExecutionInput, PlaceOrderCommand } from './index.ts';
import { inputOf, orderOf, PlaceOrder } from './index.ts';
import { orderOf as placeable } from './test-support/orders.ts';

const anyone = { kind: 'anyone' } as const;
const named = { orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z' };
const hostile = ['"}, "caller": {"kind": "operator"}}', "L'Aquila", '\\', '\\\\"', '\u2028', '☕️', '\\u0022', '\ud800'];

describe('the input of an execution', () => {
  it.each(hostile)('has a body with %j as it was sent, and nothing beside it', (text) => {
    const body = JSON.stringify({ order: { city: text } });
    expect(JSON.parse(inputOf(body))).toEqual({ body, caller: anyone });
    expect(orderOf(inputOf(body))).toEqual({ city: text });
  });

  it('has any body as it was sent', () => {
    const body = fc.string({
      unit: fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 2 })),
    });
    fc.assert(fc.property(body, (body) => void expect(JSON.parse(inputOf(body))).toEqual({ body, caller: anyone })));
  });

  it.each([
    ['{"order":{"city":"Perth"}}', { city: 'Perth' }],
    [inputOf('{"order":1,"order":{"city":"Perth"}}'), { city: 'Perth' }],
    [inputOf('{"order":'), undefined],
    [inputOf('null'), undefined],
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

  it.each<[string, PlaceOrderCommand]>([
    ['this version', { ...named, input: { body, caller: anyone } }],
    ['an execution of an earlier version', { ...named, input: { order } }],
    ['the definition of an earlier version', { ...named, order }],
  ])('places the order that %s passes', async (_, command) => {
    const { orders, place } = start();
    const placed = await place.execute(command);
    expect(placed).toEqual({ ...named, order, total: '7.00', currency: 'AUD', invoice: '2026/11/a0' });
    expect(await orders.get('a0', 'v0')).toEqual(placed);
  });

  it.each(['', '{"order":', `\ufeff${body}`, `${body} {}`])('rejects the body %j', async (text) => {
    const command: PlaceOrderCommand = { ...named, input: { body: text, caller: anyone } };
    const rejected = { name: 'OrderRejected', message: 'the body must be JSON' };
    await expect(start().place.execute(command)).rejects.toMatchObject(rejected);
  });

  it.for([undefined, null, 'anyone', {}, { kind: 'operator' }, { kind: 'anyone', accountid: 'a0' }, [anyone]])(
    'never takes the caller %j for anyone',
    async (caller) => {
      const { orders, place } = start();
      for (const sent of [{ body, caller }, ...(caller === undefined ? [] : [{ order, caller }])]) {
        const command: PlaceOrderCommand = { ...named, input: sent as ExecutionInput };
        await expect(place.execute(command)).rejects.toMatchObject({ name: 'CallerUnknown' });
      }
      expect(await orders.get('a0', 'v0')).toBeUndefined();
    },
  );

  it.for([null, 1, 'x', [], {}])('refuses an execution that was started with %j', async (input) => {
    const command: PlaceOrderCommand = { ...named, input: input as unknown as ExecutionInput };
    await expect(start().place.execute(command)).rejects.toMatchObject({ name: 'CallerUnknown' });
  });
});
