import * as fc from 'fast-check';
import { defaultMenu } from '../default-menu.ts';
import type { InvoiceLine } from '../invoice.ts';
import { invoiceLineOf } from '../invoice.ts';
import type { Menu } from '../menu.ts';
import { defineMenu } from '../menu.ts';
import type { Order } from '../order.ts';
import { placeOrder } from '../placed-order.ts';

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const two = (value: number) => String(value).padStart(2, '0');

/** Account ids, vendor ids and event types that the domain accepts. */
export const identifiers = fc
  .tuple(
    fc.constantFrom(...alphanumeric),
    fc.string({ unit: fc.constantFrom(...alphanumeric, '.', '_', '-'), maxLength: 63 }),
  )
  .map(([first, rest]) => first + rest);

/** Real days from year 1 on, each as its parts: the right answer is known before the text is built. */
export const days = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.nat())
  .map(([year, month, seed]) => {
    // Year 0 to 99 means 1900 to 1999 to Date.UTC; 400 years later the calendar is the same.
    const last = new Date(Date.UTC(year + 400, month, 0)).getUTCDate();
    return { year, month, day: (seed % last) + 1 };
  });

const clocks = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map(two).join(':'));
const fraction = (places: number) =>
  fc.oneof(
    fc.constant(''),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: places }).map((text) => `.${text}`),
  );
const offsets = fc.oneof(
  fc.constantFrom('', 'Z', '+14:00', '-12:00', '+23:59', '-00:00'),
  fc
    .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([sign, hours, minutes]) => `${sign}${two(hours)}:${two(minutes)}`),
);

/** Order dates in both forms, with the period they belong to. */
export const datedPeriods = fc
  .tuple(
    days,
    clocks,
    fc.oneof(
      fraction(6).map((text) => [' ', text] as const),
      fc.tuple(fraction(9), offsets).map((texts) => ['T', texts.join('')] as const),
    ),
  )
  .map(([{ year, month, day }, clock, [separator, tail]]) => ({
    orderdate: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}${separator}${clock}${tail}`,
    period: { year, month },
  }));

const cityCharacters = fc.oneof(
  fc.constantFrom(...`Adelaide 'éß"\\@@{}<>&\u2028`, '😀', '京', '\u0301', '\u200d'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);

/** Free text of 1 to 100 characters, quotes, accents and emoji among them. */
const cities = fc
  .string({ unit: cityCharacters, minLength: 1, maxLength: 100 })
  .filter((text) => [...text].length <= 100 && text.trim() === text && !/\p{Cc}/u.test(text));

const labels = fc
  .string({
    unit: fc.constantFrom(..."ABCabcxyz0189 .&'-éßØ咖啡コーヒーقهوة½ﬁ"),
    minLength: 1,
    maxLength: 40,
  })
  .filter((text) => /^[\p{L}\p{N}]/u.test(text) && /[\p{L}\p{N}.]$/u.test(text));

/** Menus of other services: other labels, ASCII or not, other prices, another currency. */
export const menus: fc.Arbitrary<Menu> = fc
  .record({
    currency: fc.constantFrom('AUD', 'EUR', 'JPY'),
    coffeetypes: fc.uniqueArray(labels, { minLength: 1, maxLength: 4 }),
    coffeesizes: fc.uniqueArray(
      fc.record({
        coffeesize: labels,
        unitprice: fc.oneof(
          fc.constantFrom('0.01', '4', '4.5', '4.05', '100000'),
          fc.integer({ min: 1, max: 99_999 }).map((cents) => (cents / 100).toFixed(2)),
        ),
      }),
      { selector: (size) => size.coffeesize, minLength: 1, maxLength: 4 },
    ),
  })
  .map(defineMenu);

/** Every way to write a price of whole cents, and none else: built from digits, apart from the code under test. */
export function spellingsOf(unitprice: string): (string | number)[] {
  const [whole = '', places = ''] = unitprice.split('.');
  const [tens = '', ones = ''] = places;
  const texts = [`${whole}.${tens}${ones}`];
  if (ones === '0') texts.push(`${whole}.${tens}`);
  if (tens === '0' && ones === '0') texts.push(whole);
  return [...texts, Number(unitprice)];
}

/** Orders that the menu accepts. */
export const ordersOf = (menu: Menu): fc.Arbitrary<Order> =>
  fc.record(
    {
      accountid: identifiers,
      vendorid: identifiers,
      orderdate: datedPeriods.map(({ orderdate }) => orderdate),
      city: cities,
      details: fc.constantFrom(...menu.coffeesizes).chain(({ coffeesize, unitprice }) =>
        fc.record(
          {
            coffeetype: fc.constantFrom(...menu.coffeetypes),
            coffeesize: fc.constant(coffeesize),
            unitprice: fc.constantFrom(...spellingsOf(unitprice)),
            quantity: fc.integer({ min: 1, max: 100 }),
          },
          { noNullPrototype: true },
        ),
      ),
      eventtype: fc.array(identifiers, { minLength: 1, maxLength: 10 }),
    },
    { noNullPrototype: true },
  );

/** Orders that the default menu accepts. */
export const orders = ordersOf(defaultMenu);

/** When an execution may start: few values, so that ties happen. */
export const acceptedAts = fc.constantFrom(
  '2026-11-24T09:30:00.000Z',
  '2026-11-24T09:30:00.001Z',
  '2026-11-24T10:00:00.000Z',
  '2027-01-01T00:00:00.000Z',
);

/** Lines with different order ids that all belong on invoice `2026/11/a0`. */
export const linesOfOneInvoice: fc.Arbitrary<InvoiceLine[]> = fc.uniqueArray(
  fc
    .record({ orderid: identifiers, acceptedAt: acceptedAts, order: orders })
    .map(({ order, ...accepted }) =>
      invoiceLineOf(
        placeOrder({ ...accepted, order: { ...order, accountid: 'a0', orderdate: '2026-11-24 09:30:00' } }),
      ),
    ),
  { selector: (line) => line.orderid, maxLength: 8 },
);

type Place = readonly (string | number)[];

function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  const entries = value as Record<string | number, unknown>;
  return [place, ...[...keys].flatMap((key) => placesOf(entries[key], [...place, key]))];
}

function replaced(value: unknown, place: Place, by: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  const entries = value as Record<string, unknown>;
  return { ...entries, [key]: replaced(entries[key], rest, by) };
}

const nearMisses = fc.constantFrom<unknown>(
  ...['', ' ', '3.5', '3.50', '4.00', '4', '04', 'Small', 'Medium', 'a0', '../x', '__proto__', 'toString', '\ud800'],
  ...['2026-02-30 00:00:00', '2026-13-01 00:00:00', '2026-11-24 09:30:00', '2026-11-24'],
  ...[0, 1, -1, 1.5, 3.5, 100, 101, 1e20, null, true, [], {}],
);

/** Valid orders with one place, anywhere, replaced by another JSON value: often, but not always, refused. */
export const mutatedOrders: fc.Arbitrary<unknown> = orders.chain((order) =>
  fc
    .tuple(fc.constantFrom(...placesOf(order)), fc.oneof(nearMisses, fc.jsonValue()))
    .map(([place, by]) => replaced(order, place, by)),
);

/** The seed's order: the starting point of the examples. */
export const exampleOrder: Order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00.123456',
  city: 'Adelaide',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 },
  eventtype: ['new_order'],
};
