import ajv from 'ajv-draft-04';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleOrder, menus, orders, ordersOf } from '../arbitraries.ts';
import type { Menu } from '../pricing/menu.ts';
import { defineMenu } from '../pricing/menu.ts';
import { mutatedOrders } from '../test-support/mutated-orders.ts';
import type { JsonSchemaTarget } from './order-schema.ts';
import { orderJsonSchema } from './order-schema.ts';
import { safeParseOrder } from './parse-order.ts';

const Ajv = ajv.default;
const validatorOf = (menu?: Menu) =>
  new Ajv({ strict: false, unicodeRegExp: true }).compile(
    orderJsonSchema({ ...(menu && { menu }), target: 'draft-4' }),
  );
const draft4 = orderJsonSchema({ target: 'draft-4' });
const accepts = validatorOf();
/** What no schema can say alike everywhere: well-formed Unicode, and what can be seen. */
const beyondSchemas = /^city must (be well-formed Unicode|have a visible character)$/;

/** The schema and the parser give the same answer, but for what no schema can say. */
function assertAgreement(value: unknown): void {
  const result = safeParseOrder(value);
  const messages = result.success ? [] : result.error.issues.map(({ message }) => message);
  if (result.success) expect(accepts(value)).toBe(true);
  else if (accepts(value)) expect(messages.filter((text) => !beyondSchemas.test(text))).toEqual([]);
}

describe('orderJsonSchema', () => {
  const sizes = [
    ['Small', [3.5, '3.5', '3.50'], '3.50'],
    ['Medium', [4, '4', '4.0', '4.00'], '4.00'],
    ['Large', [4.5, '4.5', '4.50'], '4.50'],
    ['x-Large', [5, '5', '5.0', '5.00'], '5.00'],
  ] as const;

  it('describes an order in draft 4, closed at every level, one alternative a size', () => {
    const fields = ['accountid', 'vendorid', 'orderdate', 'city', 'details', 'eventtype'];
    expect(draft4).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      additionalProperties: false,
      required: fields,
      properties: {
        details: {
          oneOf: sizes.map(([coffeesize]) => ({
            type: 'object',
            additionalProperties: false,
            required: ['coffeetype', 'coffeesize', 'unitprice', 'quantity'],
            properties: {
              coffeetype: { enum: ['Short Black', 'Flat White', 'Latte', 'Long Black'] },
              coffeesize: { enum: [coffeesize] },
              unitprice: {
                anyOf: [
                  { type: 'number', enum: [expect.any(Number)] },
                  { type: 'string', enum: expect.any(Array) },
                ],
              },
              quantity: { type: 'integer', minimum: 1, maximum: 100 },
            },
          })),
        },
        eventtype: { type: 'array', minItems: 1, maxItems: 10 },
      },
    });
    expect(Object.keys(draft4.properties as object)).toEqual(fields);
  });

  it.each(sizes)('knows every spelling of the price of %s, and no other', (coffeesize, spellings) => {
    const all = sizes.flatMap(([, others]) => [...others]);
    for (const unitprice of [...all, '04', '4.000', '+4', '4e0', ' 4', '3,5', 0, null]) {
      const value = { ...exampleOrder, details: { ...exampleOrder.details, coffeesize, unitprice } };
      expect(accepts(value), JSON.stringify(unitprice)).toBe(spellings.some((own) => own === unitprice));
    }
  });

  it('accepts the orders that the parser accepts', () => {
    fc.assert(fc.property(orders, (order) => accepts(order)));
  });

  it('agrees with the parser on orders with one place replaced', () => {
    fc.assert(fc.property(mutatedOrders, assertAgreement), { numRuns: 1000 });
  });

  it.each(['0', ' Rome', 'a\nb', '😀'.repeat(101)])(
    'refuses the city of %j or accepts it, as the parser does',
    (city) => {
      assertAgreement({ ...exampleOrder, city });
    },
  );

  it("is driven by the service's own menu", () => {
    const cases = menus.chain((menu) => fc.tuple(fc.constant(menu), ordersOf(menu)));
    fc.assert(fc.property(cases, ([menu, order]) => validatorOf(menu)(order)));
    const menu = defineMenu({
      currency: 'EUR',
      coffeetypes: ['Latte'],
      coffeesizes: [{ coffeesize: 'Small', unitprice: '2' }],
    });
    expect(validatorOf(menu)(exampleOrder)).toBe(false);
  });

  it.each<[JsonSchemaTarget, string | undefined]>([
    ['draft-4', 'http://json-schema.org/draft-04/schema#'],
    ['draft-7', 'http://json-schema.org/draft-07/schema#'],
    ['draft-2020-12', 'https://json-schema.org/draft/2020-12/schema'],
    ['openapi-3.0', undefined],
  ])('speaks %s', (target, dialect) => {
    expect(orderJsonSchema({ target }).$schema).toBe(dialect);
  });

  it('speaks 2020-12 by default, is plain JSON, and hands out a fresh copy', () => {
    const schema = orderJsonSchema();
    expect(schema).toEqual(orderJsonSchema({ target: 'draft-2020-12' }));
    expect(JSON.parse(JSON.stringify(schema))).toStrictEqual(schema);
    (schema.properties as Record<string, unknown>).tip = {};
    expect(orderJsonSchema().properties).not.toHaveProperty('tip');
  });
});
