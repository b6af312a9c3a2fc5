import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedAts, exampleOrder } from '../arbitraries.ts';
import { defineMenu } from '../pricing/menu.ts';
import { compareAccepted, placeOrder } from './placed-order.ts';

const acceptedAt = '2026-11-23T23:00:00.000Z';
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
    expect(placeOrder({ orderid: 'o0', acceptedAt, order: exampleOrder }, menu)).toMatchObject({
      total: '5.70',
      currency: 'EUR',
    });
  });
});

describe('compareAccepted', () => {
  it.each([
    ['the later acceptance', { acceptedAt: '2026-11-24T00:00:00.001Z', orderid: 'a' }],
    ['the greater order id on a tie', { acceptedAt: '2026-11-24T00:00:00.000Z', orderid: 'c' }],
  ])('calls %s the newer', (_, newer) => {
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
