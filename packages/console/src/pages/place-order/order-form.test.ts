import type { Menu } from '@coffee/domain';
import { defaultMenu, defineMenu, orderJsonSchema, safeParseOrder } from '@coffee/domain';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schema } from './order-fields.ts';
import { draftOf, orderFields, orderOf } from './order-fields.ts';
import { nthOrder } from './random-orders.ts';
import { fieldErrors, hasError, hintsOf, noErrors, withoutField } from './use-order-form.ts';

const fieldsOf = (menu: Menu) => orderFields(orderJsonSchema({ menu }) as Schema);
const fields = fieldsOf(defaultMenu);

const label = fc.stringMatching(/^[A-Z][a-z]{1,8}$/);
const menus = fc
  .record({
    coffeetypes: fc.uniqueArray(label, { minLength: 1, maxLength: 5 }),
    coffeesizes: fc.uniqueArray(fc.record({ coffeesize: label, cents: fc.integer({ min: 1, max: 5000 }) }), {
      minLength: 1,
      maxLength: 5,
      selector: ({ coffeesize }) => coffeesize,
    }),
  })
  .map(({ coffeetypes, coffeesizes }) =>
    defineMenu({
      currency: 'EUR',
      coffeetypes,
      coffeesizes: coffeesizes.map(({ coffeesize, cents }) => ({ coffeesize, unitprice: (cents / 100).toFixed(2) })),
    }),
  );

describe('the form of an order', () => {
  it('has a control for each property of the schema, in its order', () => {
    expect(fields.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'text accountid',
      'text vendorid',
      'text orderdate',
      'text city',
      'choice details.coffeetype',
      'variant details.coffeesize',
      'determined details.unitprice',
      'number details.quantity',
      'list eventtype',
    ]);
  });

  it('takes sizes, coffees and limits from the schema', () => {
    const of = (path: string) => fields.find((field) => field.path === path);
    expect(of('details.coffeesize')).toMatchObject({ options: ['Small', 'Medium', 'Large', 'x-Large'] });
    expect(of('details.coffeetype')).toMatchObject({ options: defaultMenu.coffeetypes });
    expect(of('details.quantity')).toMatchObject({ minimum: 1, maximum: 100 });
    expect(of('eventtype')).toMatchObject({ minItems: 1, maxItems: 10 });
  });

  it('refuses a union that no property tells apart', () => {
    const branch = { type: 'object', properties: { a: { type: 'string' } } };
    expect(() => orderFields({ properties: { x: { oneOf: [branch, branch] } } })).toThrow(
      /^nothing tells the branches/,
    );
  });

  it('always gives back the order that was filled in, whatever the menu', () => {
    fc.assert(
      fc.property(menus, fc.nat(200), fc.date({ noInvalidDate: true }), (menu, n, now) => {
        const own = fieldsOf(menu);
        const order = nthOrder(n, menu, now);
        expect(orderOf(own, draftOf(own, order))).toEqual(order);
      }),
    );
  });

  it('names a field by the title in its schema, or by its name', () => {
    const properties = { milk: { type: 'string' }, sugar: { type: 'string', title: 'Sweetener' } };
    const labelled = [...fields, ...orderFields({ properties })];
    const labelOf = (path: string) => labelled.find((field) => field.path === path)?.label;
    expect(['details.coffeesize', 'city', 'milk', 'sugar'].map(labelOf)).toEqual(['Size', 'City', 'Milk', 'Sweetener']);
  });

  it.each([
    ['one size', [{ coffeesize: 'Small', unitprice: '3.50' }], ['3.50']],
    [
      'two sizes of one price',
      [
        { coffeesize: 'Small', unitprice: '4.00' },
        { coffeesize: 'Mug', unitprice: '4.00' },
      ],
      ['4.00', '4.00'],
    ],
  ])('never asks for the price, even with %s', (_, coffeesizes, prices) => {
    for (const coffeetypes of [['Latte'], ['Latte', 'Mocha']]) {
      const own = fieldsOf(defineMenu({ currency: 'EUR', coffeetypes, coffeesizes }));
      const price = own.find(({ path }) => path === 'details.unitprice');
      expect(price).toMatchObject({ kind: 'determined', by: 'details.coffeesize' });
      expect(price?.kind === 'determined' && [...price.values.values()]).toEqual(prices);
      expect(own.find(({ path }) => path === 'details.coffeesize')?.kind).toBe('variant');
      expect(own.find(({ path }) => path === 'details.coffeetype')).toMatchObject({ options: coffeetypes });
    }
  });

  it('hints at the rule of each field that is typed, in the words of the rule', () => {
    const hints = hintsOf(fields, defaultMenu);
    expect([...hints.keys()].toSorted()).toEqual(['accountid', 'city', 'details.quantity', 'orderdate', 'vendorid']);
    expect(hints.get('accountid')).toMatch(/^Must be 1 to 64 .*\.$/);
    expect(hints.get('orderdate')).toMatch(/^Must be a real date and time.*\.$/);
    expect(hints.get('city')).toMatch(/^Must .*\.$/);
    expect(hints.get('details.quantity')).toBe('Must be a whole number from 1 to 100.');
  });
});

describe('a random order', () => {
  it('always keeps the rules of its menu', () => {
    const dates = fc.date({ min: new Date('2000-01-02'), max: new Date('2099-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(
        menus,
        fc.nat(500),
        dates,
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (...given) => {
          const [menu, n, now, chances] = given;
          const order = nthOrder(n, menu, now, () => chances.next().value as number);
          expect(safeParseOrder(order, menu)).toEqual({ success: true, data: order });
        },
      ),
    );
  });

  it('is of the account and vendor of its number, as in the script, and the first fifty are of fifty keys', () => {
    const keys = Array.from({ length: 50 }, (_, n) => {
      const { accountid, vendorid } = nthOrder(n, defaultMenu, new Date());
      return `${accountid}/${vendorid}`;
    });
    expect(keys.slice(0, 6)).toEqual(['a0/v0', 'a1/v1', 'a2/v2', 'a3/v3', 'a4/v4', 'a0/v1']);
    expect(new Set(keys).size).toBe(50);
  });

  it('is dated as Python prints a date', () => {
    const now = new Date(2026, 0, 5, 7, 8, 9, 45);
    expect(nthOrder(0, defaultMenu, now).orderdate).toBe('2026-01-05 07:08:09.045000');
  });
});

describe('what is wrong', () => {
  const empty = { ...orderOf(fields, {}) };
  const issuesOf = (value: unknown) => {
    const result = safeParseOrder(value);
    return result.success ? [] : result.error.issues;
  };

  it('is shown at its field, in the words of the form', () => {
    const { fields: found, others } = fieldErrors(issuesOf(empty), fields);
    expect(found).toEqual({
      accountid: 'Account ID is required',
      vendorid: 'Vendor ID is required',
      orderdate: 'Order date is required',
      city: 'City is required',
      'details.coffeetype': 'Coffee is required',
      'details.coffeesize': 'Size is required',
      'details.quantity': 'Quantity is required',
      eventtype: 'Event types must be a list of 1 to 10 event types',
    });
    expect(others).toEqual([]);
  });

  it('is shown at its item of a list', () => {
    const order = { ...nthOrder(0, defaultMenu, new Date()), eventtype: ['new_order', 'not so'] };
    const errors = fieldErrors(issuesOf(order), fields);
    expect(Object.keys(errors.fields)).toEqual(['eventtype.1']);
    expect(hasError(errors, 'eventtype')).toBe(true);
  });

  it('is found by the paths of the server, which begin at the body', () => {
    const issue = { code: 'out_of_range', message: 'details.quantity must be a whole number from 1 to 100' } as const;
    expect(fieldErrors([{ ...issue, path: ['order', 'details', 'quantity'] }], fields).fields).toEqual({
      'details.quantity': 'Quantity must be a whole number from 1 to 100',
    });
  });

  it('is shown at the price when the size is right', () => {
    const issue = {
      code: 'wrong_price',
      message: 'details.unitprice must be the list price',
      path: ['details', 'unitprice'],
    };
    expect(fieldErrors([issue as never], fields).fields).toEqual({
      'details.unitprice': 'Unit price must be the list price',
    });
  });

  it('is kept apart from every field when it belongs to none', () => {
    const issue = { code: 'unknown_key', message: 'milk is not a field of an order', path: ['milk'] } as const;
    expect(fieldErrors([issue], fields)).toEqual({ fields: {}, others: ['Milk is not a field of an order'] });
  });

  it('never loses an issue', () => {
    const paths = fc.array(fc.constantFrom('order', 'details', 'quantity', 'city', 'milk', 'eventtype', 0, 3), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(paths, (path) => {
        const message = 'something is wrong';
        const errors = fieldErrors([{ code: 'wrong_type', path, message }], fields);
        expect([...Object.values(errors.fields), ...errors.others]).toEqual(['Something is wrong']);
      }),
    );
  });

  it('goes once its field changes', () => {
    const errors = { fields: { city: 'wrong', 'eventtype.0': 'wrong' }, others: ['other'] };
    expect(withoutField(errors, 'eventtype')).toEqual({ fields: { city: 'wrong' }, others: ['other'] });
    expect(withoutField(noErrors, 'city')).toBe(noErrors);
  });
});
