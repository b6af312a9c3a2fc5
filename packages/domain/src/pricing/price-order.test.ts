import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleOrder, menus, ordersOf } from '../arbitraries.ts';
import { parseMoney } from './money.ts';
import { priceOrder } from './placed-order.ts';

const of = (details: Partial<typeof exampleOrder.details>) => ({
  ...exampleOrder,
  details: { ...exampleOrder.details, ...details },
});

describe('priceOrder', () => {
  it.each([
    ['Small', 1, 350],
    ['Medium', 2, 800],
    ['Large', 3, 1350],
    ['x-Large', 100, 50_000],
  ])('prices %s x %d at %d cents', (coffeesize, quantity, cents) => {
    expect(priceOrder(of({ coffeesize, quantity }))).toBe(cents);
  });

  it('does not use the price that the order names', () => {
    expect(priceOrder(of({ unitprice: '0.01', quantity: 1 }))).toBe(350);
  });

  it('is the list price of the size on its menu, as often as ordered', () => {
    const priced = menus.chain((menu) => fc.tuple(fc.constant(menu), ordersOf(menu)));
    fc.assert(
      fc.property(priced, ([menu, order]) => {
        const size = menu.coffeesizes.find(({ coffeesize }) => coffeesize === order.details.coffeesize);
        let sum = 0;
        for (let cup = 0; cup < order.details.quantity; cup++) {
          sum += parseMoney(size?.unitprice ?? '', menu.currency);
        }
        expect(priceOrder(order, menu)).toBe(sum);
      }),
    );
  });

  it('refuses a size that is not on the menu', () => {
    expect(() => priceOrder(of({ coffeesize: 'Huge' }))).toThrow(
      new RangeError('details.coffeesize "Huge" is not on the menu'),
    );
  });
});
