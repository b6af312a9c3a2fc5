import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cities, identifiers, menus, orderDates } from '../arbitraries.ts';
import { defaultMenu } from '../pricing/default-menu.ts';
import { isOrderDate } from './fields.ts';
import { safeParseOrder } from './parse-order.ts';
import { exampleCities, orderDateOf, randomOrder } from './random-order.ts';

const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const givens = fc.record({ accountid: identifiers, vendorid: identifiers, orderdate: orderDates });

describe('randomOrder', () => {
  it('is always a valid order of the menu, of at most ten cups, with what is given', () => {
    fc.assert(
      fc.property(menus, fc.infiniteStream(fractions), givens, (menu, numbers, given) => {
        const order = randomOrder(menu, () => numbers.next().value as number, given);
        expect(safeParseOrder(order, menu)).toEqual({ success: true, data: order });
        expect(order).toMatchObject({ ...given, eventtype: ['new_order'] });
        expect(order.details.quantity).toBeLessThanOrEqual(10);
      }),
    );
  });

  it('always chooses the same by the same numbers, and takes any other field as it is given', () => {
    fc.assert(
      fc.property(
        menus,
        fc.array(fractions, { minLength: 4, maxLength: 4 }),
        givens,
        cities,
        (menu, all, given, city) => {
          const make = (fields: object) =>
            randomOrder(menu, () => numbers.shift() ?? Number.NaN, { ...given, ...fields });
          let numbers = [...all];
          const order = make({});
          numbers = [...all];
          expect(make({ city })).toEqual({ ...order, city });
        },
      ),
    );
  });

  it('chooses from everything there is', () => {
    const steps = Array.from({ length: 44 }, (_, index) => index / 44);
    const given = { accountid: 'a0', vendorid: 'v0', orderdate: '2026-11-24 09:30:00' };
    const orders = steps.map((step) => randomOrder(defaultMenu, () => step, given));
    const all = <T>(choiceOf: (order: (typeof orders)[number]) => T) => [...new Set(orders.map(choiceOf))];
    expect(all(({ city }) => city)).toEqual(exampleCities);
    expect(all(({ details }) => details.coffeetype)).toEqual(defaultMenu.coffeetypes);
    expect(all(({ details: { coffeesize, unitprice } }) => `${coffeesize} ${unitprice}`)).toEqual(
      defaultMenu.coffeesizes.map(({ coffeesize, unitprice }) => `${coffeesize} ${unitprice}`),
    );
    expect(all(({ details }) => details.quantity)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('orderDateOf', () => {
  it('tells the time on a clock in Sydney, which is ahead of UTC', () => {
    const date = new Date('2026-11-24T20:30:00.123Z');
    date.getTimezoneOffset = () => -660;
    expect(orderDateOf(date, 45)).toBe('2026-11-25 07:30:00.123045');
  });

  it('is always an order date of the local time, with six places of a second', () => {
    const date = fc.date({ min: new Date(2000, 0, 2), max: new Date(2099, 11, 30), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.nat(999), (date, microseconds) => {
        const text = orderDateOf(date, microseconds);
        expect(text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
        expect(isOrderDate(text)).toBe(true);
        expect(new Date(text.slice(0, 23).replace(' ', 'T')).getTime()).toBe(date.getTime());
        expect(Number(text.slice(-3))).toBe(microseconds);
      }),
    );
    expect(orderDateOf(new Date(2026, 0, 5, 7, 8, 9, 45))).toBe('2026-01-05 07:08:09.045000');
  });
});
