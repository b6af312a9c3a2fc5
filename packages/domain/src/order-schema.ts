import * as z from 'zod/mini';
import { identifierPattern, identifierRule } from './identifier.ts';
import type { Menu } from './menu.ts';
import { formatMoney, parseMoney } from './money.ts';
import { isOrderDate, orderDatePattern } from './order-date.ts';
import type { OrderIssueCode } from './order-rejected.ts';

/** A rule of the domain, carried through zod as the message of its check and read back by `parse-order.ts`. */
const rule = (code: OrderIssueCode, text: string) => ({ error: `${code}: ${text}` });

const identifier = rule('wrong_format', identifierRule);
const date = rule(
  'not_a_date',
  'must be a real date and time, as "2026-11-24 09:30:00.123456" or in ISO 8601 as "2026-11-24T09:30:00+11:00"',
);
const freeText = rule(
  'wrong_format',
  'must be 1 to 100 characters, without control characters and without blanks at its ends',
);
const object = rule('wrong_type', 'must be an object');
const quantity = rule('out_of_range', 'must be a whole number from 1 to 100');
const eventtypes = rule('wrong_format', 'must be a list of 1 to 10 event types');

const visible = String.raw`[^\s\u0000-\u001f\u007f-\u009f]`;
const cityPattern = new RegExp(`^${visible}(?:[^\\u0000-\\u001f\\u007f-\\u009f]{0,98}${visible})?$`, 'u');

/** Every way to write a list price: as a number, and as a decimal string with no place too few and none beyond two. */
function priceSpellings(unitprice: string): (string | number)[] {
  const cents = parseMoney(unitprice);
  const text = formatMoney(cents);
  const spellings: (string | number)[] = [cents / 100, text];
  if (text.endsWith('0')) spellings.push(text.slice(0, -1));
  if (text.endsWith('.00')) spellings.push(text.slice(0, -3));
  return spellings;
}

function buildSchemas(menu: Menu) {
  const sizes = menu.coffeesizes.map((size) => size.coffeesize);
  const coffeesize = rule('not_on_menu', `must be one of ${sizes.join(', ')}`);
  const coffeetype = rule('not_on_menu', `must be one of ${menu.coffeetypes.join(', ')}`);
  const common = {
    coffeetype: z.enum([...menu.coffeetypes], coffeetype),
    quantity: z.int(quantity).check(z.gte(1, quantity), z.lte(100, quantity)),
  };
  const perSize = menu.coffeesizes.map((size) =>
    z.strictObject({
      coffeetype: common.coffeetype,
      coffeesize: z.literal(size.coffeesize),
      unitprice: z.literal(
        priceSpellings(size.unitprice),
        rule('wrong_price', `must be the list price of ${size.coffeesize}, ${size.unitprice} ${menu.currency}`),
      ),
      quantity: common.quantity,
    }),
  );
  /** Lists the other issues of details whose size is unknown: a discriminated union stops at its discriminator. */
  const anySize = z.strictObject({
    coffeetype: common.coffeetype,
    coffeesize: z.enum(sizes, coffeesize),
    unitprice: z.literal(
      menu.coffeesizes.flatMap((size) => priceSpellings(size.unitprice)),
      rule('wrong_price', 'must be a list price of the menu'),
    ),
    quantity: common.quantity,
  });
  const [first, ...others] = perSize;
  if (first === undefined) throw new RangeError('a menu needs at least one size');
  const order = z.strictObject(
    {
      accountid: z.string(identifier).check(z.regex(identifierPattern, identifier)),
      vendorid: z.string(identifier).check(z.regex(identifierPattern, identifier)),
      orderdate: z.string(date).check(z.regex(orderDatePattern, { ...date, abort: true }), z.refine(isOrderDate, date)),
      city: z.string(freeText).check(
        z.regex(cityPattern, { ...freeText, abort: true }),
        z.refine((text) => text.isWellFormed(), rule('wrong_format', 'must be well-formed Unicode')),
      ),
      details: z.discriminatedUnion('coffeesize', [first, ...others], object),
      eventtype: z
        .array(z.string(identifier).check(z.regex(identifierPattern, identifier)), eventtypes)
        .check(z.minLength(1, eventtypes), z.maxLength(10, eventtypes)),
    },
    object,
  );
  return { order, anySize };
}

type OrderSchemas = ReturnType<typeof buildSchemas>;

const cache = new WeakMap<Menu, OrderSchemas>();

/** The schema of an order for a menu: the only description of an order. Built once a menu. */
export function orderSchemas(menu: Menu): OrderSchemas {
  let schemas = cache.get(menu);
  if (schemas === undefined) {
    schemas = buildSchemas(menu);
    cache.set(menu, schemas);
  }
  return schemas;
}
