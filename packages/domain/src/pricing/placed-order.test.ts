import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedAts, exampleOrder } from '../arbitraries.ts';
import { compareAccepted } from '../order/fields.ts';
import { defineMenu } from './menu.ts';
import { isSamePlacedOrder, placeOrder, toInstant } from './placed-order.ts';

const acceptedAt = '2026-11-23T23:00:00.000Z';
const placed = placeOrder({ orderid: 'o0', acceptedAt, order: exampleOrder });

/** The same value with the keys of every object reversed. */
function reversed<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, reversed(inner)]);
  return Object.fromEntries(entries.reverse());
}
const accepted = fc.record({ acceptedAt: acceptedAts, orderid: fc.constantFrom('a', 'b', 'B', '10', '9') });

describe('placeOrder', () => {
  it('prices the order and names its invoice', () => {
    expect(placeOrder({ orderid: 'o0', acceptedAt, order: exampleOrder })).toEqual({
      orderid: 'o0',
      acceptedAt,
      order: exampleOrder,
      total: '7.00',
      currency: 'AUD',
      invoice: '2026/11/a0',
    });
  });

  it("takes the month from the customer's clock, not from the acceptance", () => {
    const order = { ...exampleOrder, orderdate: '2026-12-01T00:30:00+14:00' };
    expect(placeOrder({ orderid: 'o0', acceptedAt: '2026-11-30T10:30:00.000Z', order }).invoice).toBe('2026/12/a0');
  });

  it("takes price and currency from the service's own menu", () => {
    const menu = defineMenu({
      currency: 'EUR',
      coffeetypes: ['Latte'],
      coffeesizes: [{ coffeesize: 'Small', unitprice: '2.85' }],
    });
    const order = { ...exampleOrder, details: { ...exampleOrder.details, unitprice: '2.85' } };
    expect(placeOrder({ orderid: 'o0', acceptedAt, order }, menu)).toMatchObject({
      total: '5.70',
      currency: 'EUR',
    });
  });
});

describe('placeOrder, given what no menu would price', () => {
  it.each([
    ['quantity', { ...exampleOrder, details: { ...exampleOrder.details, quantity: -1 } }, 'details.quantity'],
    ['price', { ...exampleOrder, details: { ...exampleOrder.details, unitprice: 0.01 } }, 'details.unitprice'],
    ['size', { ...exampleOrder, details: { ...exampleOrder.details, coffeesize: 'Huge' } }, 'details.coffeesize'],
    ['date', { ...exampleOrder, orderdate: '2026-02-30 09:30:00' }, 'orderdate'],
    ['nothing', undefined, ''],
  ])('refuses the %s as OrderRejected', (_, order, place) => {
    try {
      placeOrder({ orderid: 'o0', acceptedAt, order });
    } catch (error) {
      expect(error).toMatchObject({ name: 'OrderRejected', issues: [{ path: place === '' ? [] : place.split('.') }] });
      return;
    }
    expect.unreachable();
  });
});

describe('isSamePlacedOrder', () => {
  it('compares content, not the order of keys', () => {
    expect(isSamePlacedOrder(placed, reversed(structuredClone(placed)))).toBe(true);
  });

  const { city: _, ...withoutCity } = exampleOrder;
  it.each<[string, unknown]>([
    ['another order id', { ...placed, orderid: 'o2' }],
    ['another acceptance', { ...placed, acceptedAt: '2026-11-24T09:30:00.001Z' }],
    ['another total', { ...placed, total: '7.0' }],
    ['another currency', { ...placed, currency: 'EUR' }],
    ['another invoice', { ...placed, invoice: '2026/12/a0' }],
    ['a key more', { ...placed, order: { ...exampleOrder, tip: '1.00' } }],
    ['a key less', { ...placed, order: withoutCity }],
    ['a key in place of another', { ...placed, order: { ...withoutCity, town: 'Adelaide' } }],
    ['an inherited key', { ...placed, order: { ...withoutCity, town: undefined } }],
    ['null for an object', { ...placed, order: null }],
    ['a text for an object', { ...placed, order: 'order' }],
    ['an object for a list', { ...placed, order: { ...exampleOrder, eventtype: { 0: 'new_order' } } }],
    ['a shorter list', { ...placed, order: { ...exampleOrder, eventtype: [] } }],
    ['another order of events', { ...placed, order: { ...exampleOrder, eventtype: ['b', 'a'] } }],
  ])('distinguishes %s, both ways round', (name, other) => {
    const base =
      name === 'another order of events' ? { ...placed, order: { ...exampleOrder, eventtype: ['a', 'b'] } } : placed;
    expect(isSamePlacedOrder(base, other as typeof placed)).toBe(false);
    expect(isSamePlacedOrder(other as typeof placed, base)).toBe(false);
  });
});

describe('toInstant', () => {
  it.each([
    ['2026-11-24T09:30:00Z', '2026-11-24T09:30:00.000Z'],
    ['2026-11-24T09:30:00.9Z', '2026-11-24T09:30:00.900Z'],
    ['2026-11-24T20:00:00.9+10:30', '2026-11-24T09:30:00.900Z'],
  ])('writes %s in UTC with milliseconds', (time, instant) => {
    expect(toInstant(time)).toBe(instant);
    expect(toInstant(instant)).toBe(instant);
  });

  it.each(['', 'yesterday', '2026-11-24', '2026-11-24T09:30:00', '2026-13-24T09:30:00Z', '1795512600000'])(
    'refuses %j, which is not a time, and so does placeOrder',
    (time) => {
      expect(() => toInstant(time)).toThrow(new RangeError(`acceptedAt ${JSON.stringify(time)} is not a time`));
      expect(() => placeOrder({ orderid: 'o', acceptedAt: time, order: exampleOrder })).toThrow(RangeError);
    },
  );
});

describe('compareAccepted', () => {
  it('compares times, however they are written', () => {
    const at = (acceptedAt: string) => ({ acceptedAt, orderid: 'o' });
    expect(compareAccepted(at('2026-11-24T09:30:00Z'), at('2026-11-24T09:30:00.900Z'))).toBeLessThan(0);
    expect(compareAccepted(at('2026-11-24T09:30:00.900Z'), at('2026-11-24T09:30:00Z'))).toBeGreaterThan(0);
    expect(compareAccepted(at('2026-11-24T09:30:00Z'), at('2026-11-24T09:30:00.000Z'))).toBe(0);
    const [same, first] = [at('2026-11-24T09:30:00Z'), { acceptedAt: '2026-11-24T09:30:00.000Z', orderid: 'a' }];
    expect(compareAccepted(same, first)).toBeGreaterThan(0);
  });

  it.each([
    ['the later acceptance', { acceptedAt: '2026-11-24T00:00:00.001Z', orderid: 'a' }],
    ['the greater order id on a tie', { acceptedAt: '2026-11-24T00:00:00.000Z', orderid: 'c' }],
  ])('says that %s is newer', (_, newer) => {
    const older = { acceptedAt: '2026-11-24T00:00:00.000Z', orderid: 'b' };
    expect(compareAccepted(newer, older)).toBeGreaterThan(0);
    expect(compareAccepted(older, newer)).toBeLessThan(0);
  });

  it('is a total order, and 0 for the same order only', () => {
    fc.assert(
      fc.property(accepted, accepted, accepted, (a, b, c) => {
        expect(Math.sign(compareAccepted(a, b)) + Math.sign(compareAccepted(b, a))).toBe(0);
        expect(compareAccepted(a, b) === 0).toBe(a.acceptedAt === b.acceptedAt && a.orderid === b.orderid);
        if (compareAccepted(a, b) <= 0 && compareAccepted(b, c) <= 0) {
          expect(compareAccepted(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});
