import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exampleOrder } from '../arbitraries.ts';
import { defaultMenu } from '../pricing/default-menu.ts';
import { defineMenu } from '../pricing/menu.ts';
import type { Order } from './order-schema.ts';
import { orderSchema } from './order-schema.ts';
import { parseOrder, safeParseOrder } from './parse-order.ts';

const menu = defineMenu({
  currency: 'KWD',
  coffeetypes: ['Espresso', 'Qahwa'],
  coffeesizes: [{ coffeesize: 'Cup', unitprice: '0.8' }],
});
const details = { coffeetype: 'Espresso', coffeesize: 'Cup', unitprice: '0.80', quantity: 1 };

describe('orderSchema', () => {
  it('is a Standard Schema in the words of the domain, whatever the locale of zod', () => {
    const { validate, vendor } = orderSchema(defaultMenu)['~standard'];
    expect(vendor).toBe('zod');
    expect(validate(exampleOrder)).toEqual({ value: exampleOrder });
    z.config(z.locales.de());
    try {
      const { city: _, ...order } = exampleOrder;
      const result = validate({
        ...order,
        orderdate: '2026-02-30 00:00:00',
        details: { ...order.details, coffeesize: 'S' },
        tip: 1,
      });
      expect(result).toMatchObject({
        issues: [
          { path: ['orderdate'], message: expect.stringMatching(/^must be a real date and time/) },
          { path: ['city'], message: 'is required' },
          { path: ['details', 'coffeesize'], message: 'must be one of Small, Medium, Large, x-Large' },
          { path: [], message: 'has a field that is not known' },
        ],
      });
    } finally {
      z.config(z.locales.en());
    }
  });

  it.each<[string, object, string[]]>([
    ['no city', { city: undefined }, ['is required']],
    ['a city of 100 characters', { city: '😀'.repeat(100) }, []],
    ['a city of two lines', { city: '\n\u200b' }, [expect.stringMatching(/^must be 1 to 100 characters/)]],
    ['a city that is not well-formed', { city: 'a\ud800' }, ['must be well-formed Unicode']],
    ['a city that no one sees', { city: '\u0301' }, ['must have a visible character']],
    ['no details', { details: null }, ['must be an object']],
    ['a size that is not sold', { details: { ...details, coffeesize: 'S' } }, ['must be one of Cup']],
  ])('says once what is wrong with %s', (_, changes, messages) => {
    const own = defineMenu(menu); // its schema is built here
    const result = orderSchema(own).safeParse({ ...exampleOrder, details, ...changes });
    expect(result.error?.issues.map(({ message }) => message) ?? []).toEqual(messages);
  });

  it('needs a menu with a size, which parseMenu and defineMenu see to', () => {
    expect(() => orderSchema({ ...menu, coffeesizes: [] })).toThrow('A menu needs at least one size.');
  });

  it('is built once for each menu', () => {
    expect(orderSchema(menu)).toBe(orderSchema(menu));
    expect(orderSchema(menu)).not.toBe(orderSchema(defaultMenu));
  });

  it('types its fields by the labels of a literal menu, and makes orders readonly', () => {
    const order = parseOrder({ ...exampleOrder, details }, menu);
    const coffeetype: 'Espresso' | 'Qahwa' = order.details.coffeetype;
    const coffeesize: 'Cup' = order.details.coffeesize;
    expect([coffeetype, coffeesize]).toEqual(['Espresso', 'Cup']);
    const inferred: z.output<ReturnType<typeof orderSchema<typeof menu>>>['details']['coffeesize'] = 'Cup';
    // @ts-expect-error: the menu has no such coffee
    const other: Order<typeof menu>['details']['coffeetype'] = 'Latte';
    expect([inferred, other]).toEqual(['Cup', 'Latte']);
    // @ts-expect-error: an order is readonly
    const change = (given: Order) => given.eventtype.push('x');
    expect(change).toBeTypeOf('function');
  });

  it.each(['0.8', '0.80', '0.800', 0.8])('accepts %j for 0.800 KWD', (unitprice) => {
    expect(safeParseOrder({ ...exampleOrder, details: { ...details, unitprice } }, menu).success).toBe(true);
  });

  it.each(['0.8000', '.8', '00.8', '0.08', 800, '0.801'])('refuses %j for 0.800 KWD', (unitprice) => {
    expect(safeParseOrder({ ...exampleOrder, details: { ...details, unitprice } }, menu)).toMatchObject({
      error: {
        issues: [{ code: 'wrong_price', message: 'details.unitprice must be the list price of Cup, 0.800 KWD' }],
      },
    });
  });

  it('refuses a price that is one place short of a list price with cents', () => {
    const sizes = defineMenu({ ...menu, currency: 'EUR', coffeesizes: [{ coffeesize: 'Cup', unitprice: '2.85' }] });
    for (const unitprice of ['2.8', 2.8, '2.850']) {
      expect(safeParseOrder({ ...exampleOrder, details: { ...details, unitprice } }, sizes).success).toBe(false);
    }
  });
});
