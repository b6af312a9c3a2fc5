import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleOrder, menus, orders, ordersOf, spellingsOf } from '../arbitraries.ts';
import type { Menu } from '../pricing/menu.ts';
import { mutatedOrders } from '../test-support/mutated-orders.ts';
import { OrderRejected, parseOrder, safeParseOrder } from './parse-order.ts';

const codes = [
  ...['required', 'unknown_key', 'wrong_type', 'wrong_format', 'not_a_date', 'not_on_menu', 'wrong_price'],
  'out_of_range',
];

/** Accepted values come back deep-equal; refused ones have issues, each reported once with its path. Never throws. */
function assertAnswered(value: unknown, menu?: Menu): void {
  const before = structuredClone(value);
  const result = safeParseOrder(value, menu);
  expect(value).toEqual(before);
  if (result.success) {
    expect(result.data).toStrictEqual(value);
    expect(parseOrder(value, menu)).toStrictEqual(value);
    return;
  }
  const { issues } = result.error;
  expect(issues.length).toBeGreaterThan(0);
  expect(new Set(issues.map(({ path, code }) => JSON.stringify([path, code]))).size).toBe(issues.length);
  for (const { path, code, message } of issues) {
    expect(codes).toContain(code);
    expect(message.startsWith(`${path.length === 0 ? 'order' : path.join('.')} `)).toBe(true);
  }
  expect(result.error.message).toBe(issues.map(({ message }) => message).join('; '));
  expect(() => parseOrder(value, menu)).toThrow(OrderRejected);
}

describe('safeParseOrder', () => {
  it('accepts every valid order, and returns an equal one', () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(safeParseOrder(order)).toStrictEqual({ success: true, data: order });
      }),
    );
  });

  it("accepts every valid order of another service's menu", () => {
    const cases = menus.chain((menu) => fc.tuple(fc.constant(menu), ordersOf(menu)));
    fc.assert(
      fc.property(cases, ([menu, order]) => {
        expect(safeParseOrder(order, menu)).toStrictEqual({ success: true, data: order });
      }),
    );
  });

  it('handles any JSON value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => assertAnswered(value)));
  });

  it('handles an order with any one value replaced', () => {
    fc.assert(
      fc.property(mutatedOrders, (value) => assertAnswered(value)),
      { numRuns: 1000 },
    );
  });

  it('handles objects whose keys are special in JavaScript', () => {
    const keys = fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'toJSON');
    const spots = fc.constantFrom('{', '"details":{', '"coffeesize":', '"eventtype":[');
    fc.assert(
      fc.property(keys, fc.json(), spots, (key, json, spot) => {
        const object = `{"${key}":${json}}`;
        const insert = spot.endsWith('{') ? `"${key}":${json},` : `${object}${spot.endsWith('[') ? ',' : ',"x":'}`;
        const value: unknown = JSON.parse(JSON.stringify(exampleOrder).replace(spot, () => spot + insert));
        expect(safeParseOrder(value).success).toBe(false);
        expect(safeParseOrder(JSON.parse(object)).success).toBe(false);
        expect(Object.prototype).not.toHaveProperty('polluted');
      }),
    );
  });

  it('never repairs: an extra space is refused', () => {
    fc.assert(
      fc.property(orders, fc.constantFrom('accountid', 'vendorid', 'orderdate', 'city'), (order, key) => {
        expect(safeParseOrder({ ...order, [key]: ` ${order[key as 'city']}` }).success).toBe(false);
        expect(safeParseOrder({ ...order, [key]: `${order[key as 'city']} ` }).success).toBe(false);
      }),
    );
  });

  it('tells at most 100 issues, cuts long keys, and counts all', () => {
    const count = fc.integer({ min: 0, max: 250 });
    fc.assert(
      fc.property(count, count, fc.integer({ min: 0, max: 1000 }), (top, inner, length) => {
        const unknown = (keys: number) =>
          Object.fromEntries(Array.from({ length: keys }, (_, key) => [`${'k'.repeat(length)}${key}`, 0]));
        const details = { ...exampleOrder.details, ...unknown(inner) };
        const result = safeParseOrder({ ...exampleOrder, ...unknown(top), details });
        const { issues = [], moreIssues = 0, message = '' } = result.success ? {} : result.error;
        expect(issues.length).toBe(Math.min(top + inner, 100));
        expect(moreIssues).toBe(top + inner - issues.length);
        expect(message.length + JSON.stringify(issues).length).toBeLessThan(60_000);
      }),
    );
  });

  it('takes the spellings of the list price, and no other price', () => {
    const cases = menus.chain((menu) =>
      fc.tuple(
        fc.constant(menu),
        ordersOf(menu),
        fc.oneof(
          fc.constantFrom(...menu.coffeesizes.flatMap(({ unitprice }) => spellingsOf(unitprice))),
          fc.constantFrom(...menu.coffeesizes.map(({ unitprice }) => `${unitprice}0`)),
          fc.stringMatching(/^[ +-]?\d{1,2}[.,]?\d{0,3}$/),
          fc.double(),
          fc.jsonValue(),
        ),
      ),
    );
    fc.assert(
      fc.property(cases, ([menu, order, unitprice]) => {
        const size = menu.coffeesizes.find(({ coffeesize }) => coffeesize === order.details.coffeesize);
        const allowed = spellingsOf(size?.unitprice ?? '') as unknown[];
        const given = { ...order, details: { ...order.details, unitprice } };
        expect(safeParseOrder(given, menu).success).toBe(allowed.includes(unitprice));
      }),
      { numRuns: 300 },
    );
  });
});
