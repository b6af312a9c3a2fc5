import * as z from 'zod/mini';
import { defaultMenu } from '../pricing/default-menu.ts';
import type { Menu } from '../pricing/menu.ts';
import { spellingsOf } from '../pricing/money.ts';
import {
  identifierPattern,
  identifierRule,
  orderDatePattern,
  printablePattern,
  printableRule,
  visibleCharacter,
} from './fields.ts';

/** A rule as the message of a check: the same in every locale of zod. */
const rule = (text: string, missing = 'is required') => ({
  error: ({ code, input }: { readonly code?: string; readonly input?: unknown }) => {
    if (code === 'unrecognized_keys') return 'has a field that is not known';
    return input === undefined ? missing : text;
  },
});

const longestCity = 100;
const identifierIs = rule(identifierRule);
const date = rule(
  'must be a real date and time of the years 2000 to 2099, like "2026-11-24 09:30:00.123456" or "2026-11-24T09:30:00+11:00"',
);
const city = rule(printableRule(longestCity));
const object = rule('must be an object', 'must be an object');
const wellFormed = rule('must be well-formed Unicode');
const visible = rule('must have a visible character');
const quantity = rule('must be a whole number from 1 to 100');
const eventtypes = rule('must be a list of 1 to 10 event types');

const identifier = z.string(identifierIs).check(z.regex(identifierPattern, identifierIs));

function priceOf({ unitprice }: { readonly unitprice: string }, currency: string, text: string) {
  const { number, texts } = spellingsOf(unitprice, currency);
  return z.union([z.literal(number), z.literal(texts)], rule(text));
}

function buildSchemas<const M extends Menu>(menu: M) {
  type CoffeeType = M['coffeetypes'][number];
  type CoffeeSize = M['coffeesizes'][number]['coffeesize'];
  const { currency } = menu;
  const types = menu.coffeetypes as readonly CoffeeType[];
  const sizes = menu.coffeesizes.map((size) => size.coffeesize as CoffeeSize);
  const size = rule(`must be one of ${sizes.join(', ')}`);
  const common = {
    coffeetype: z.literal(types, rule(`must be one of ${types.join(', ')}`)),
    quantity: z.int(quantity).check(z.gte(1, quantity), z.lte(100, quantity)),
  };
  const perSize = menu.coffeesizes.map((each) =>
    z.strictObject(
      {
        coffeetype: common.coffeetype,
        coffeesize: z.literal(each.coffeesize as CoffeeSize, size),
        unitprice: priceOf(
          each,
          currency,
          `must be the list price of ${each.coffeesize}, ${each.unitprice} ${currency}`,
        ),
        quantity: common.quantity,
      },
      object,
    ),
  );
  const [first, ...others] = perSize;
  if (first === undefined) throw new RangeError('A menu needs at least one size.');
  const order = z.strictObject(
    {
      accountid: identifier,
      vendorid: identifier,
      orderdate: z.string(date).check(z.regex(orderDatePattern, date)),
      city: z.string(city).check(
        z.regex(printablePattern(longestCity), { ...city, abort: true }),
        z.refine((text) => text.isWellFormed(), wellFormed),
        z.refine((text) => visibleCharacter.test(text), visible),
      ),
      details: z.discriminatedUnion('coffeesize', [first, ...others], {
        error: (issue) => (issue.code === 'invalid_union' ? size : object).error(issue),
      }),
      eventtype: z.array(identifier, eventtypes).check(z.minLength(1, eventtypes), z.maxLength(10, eventtypes)),
    },
    object,
  );
  /** Finds the other issues of details whose size is unknown: a discriminated union stops at its discriminator. */
  const anySize = z.strictObject(
    {
      coffeetype: common.coffeetype,
      coffeesize: z.literal(sizes, size),
      unitprice: z.union(
        menu.coffeesizes.map((each) => priceOf(each, currency, '')),
        rule('must be a list price of the menu'),
      ),
      quantity: common.quantity,
    },
    object,
  );
  return { order, anySize };
}

type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

type Schemas<M extends Menu> = ReturnType<typeof buildSchemas<M>>;

/** The schema of an order: a zod schema, and so a Standard Schema. */
export type OrderSchema<M extends Menu = Menu> = Schemas<M>['order'];

/**
 * An order as the customer sent it, inferred from {@link orderSchema}. The names are the seed's, from the request to
 * the table and the invoice. With the type of a menu, `coffeetype` and `coffeesize` are its labels.
 */
export type Order<M extends Menu = Menu> = Immutable<z.output<OrderSchema<M>>>;

const built = new WeakMap<Menu, Schemas<Menu>>();

/** Both schemas of a menu, built once. For `parseOrder`, which reports every issue. */
export function orderSchemas(menu: Menu): Schemas<Menu> {
  let schemas = built.get(menu);
  if (schemas === undefined) {
    schemas = buildSchemas(menu);
    built.set(menu, schemas);
  }
  return schemas;
}

/**
 * The schema of an order for a menu: the only description of an order. Forms, routers and RPC libraries take it as a
 * Standard Schema; `safeParseOrder` agrees with it and adds the domain's issue codes.
 */
export function orderSchema<const M extends Menu>(menu: M): OrderSchema<M> {
  return orderSchemas(menu).order as unknown as OrderSchema<M>;
}

/** The dialects an order can be described in. API Gateway models take draft 4. */
export type JsonSchemaTarget = 'draft-4' | 'draft-7' | 'draft-2020-12' | 'openapi-3.0';

/**
 * The JSON Schema of an order for a menu, generated from {@link orderSchema}. It refuses what `parseOrder` refuses,
 * including impossible dates and wrong prices, except a city that is not well-formed Unicode or has no visible
 * character.
 */
export function orderJsonSchema(
  options: { readonly menu?: Menu; readonly target?: JsonSchemaTarget } = {},
): Record<string, unknown> {
  const { menu = defaultMenu, target = 'draft-2020-12' } = options;
  return { ...z.toJSONSchema(orderSchemas(menu).order, { target }) };
}
