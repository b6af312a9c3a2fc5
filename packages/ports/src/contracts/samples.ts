import type { Order, PlacedOrder } from '@coffee/domain';
import { defaultMenu, placeOrder, priceOrder, safeParseOrder } from '@coffee/domain';
import * as fc from 'fast-check';

/** An id nobody has used: suites share their store with others. Valid as order id, `accountid` and `vendorid`. */
export function uniqueId(prefix: string): string {
  return `${prefix}-${crypto.randomUUID()}`;
}

/** A valid order of an account that nobody has used, unless given. */
export function sampleOrder(overrides: Partial<Order> = {}): Order {
  return {
    accountid: uniqueId('a'),
    vendorid: 'v0',
    orderdate: '2026-11-24 09:30:00.123456',
    city: 'Sydney',
    details: { coffeetype: 'Latte', coffeesize: 'Medium', unitprice: '4.00', quantity: 2 },
    eventtype: ['order'],
    ...overrides,
  };
}

/** A placed order; the parts of `accepted` that are left out are an unused order id and a fixed time. */
export function samplePlaced(
  order: Order = sampleOrder(),
  accepted: { readonly orderid?: string; readonly acceptedAt?: string } = {},
): PlacedOrder {
  return placeOrder({ orderid: uniqueId('o'), acceptedAt: acceptedAt(0), ...accepted, order });
}

/** The time `step` milliseconds after a fixed one, as `acceptedAt` is written. */
export function acceptedAt(step: number): string {
  return new Date(Date.UTC(2026, 10, 24, 9, 30) + step).toISOString();
}

/** The same value, the keys of every object in reverse order. */
export function withKeysReversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withKeysReversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, withKeysReversed(inner)])) as T;
}

const hostileTexts = [
  "L'Aquila",
  '"quoted", \\ and \\n',
  '@@ $ {x} %s %00 {{y}}',
  "'; DROP TABLE orders; --",
  '\u2615\ud83c\uddee\ud83c\uddf9 \ud83d\udc69\u200d\ud83c\udf73',
  'line\u2028separator\u2029paragraph',
  'e\u0301 is not \u00e9',
  '__proto__',
  'null',
  '<b>&amp;</b>',
  '\ufeffbom',
  '\u05d0\u202eright to left',
];

const city = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.string({ minLength: 1, maxLength: 100 }),
);

const details = fc
  .record({
    coffeetype: fc.constantFrom(...defaultMenu.coffeetypes),
    size: fc.constantFrom(...defaultMenu.coffeesizes),
    asNumber: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ coffeetype, size, asNumber, quantity }) => ({
    coffeetype,
    coffeesize: size.coffeesize,
    unitprice: asNumber ? Number(size.unitprice) : size.unitprice,
    quantity,
  }));

const identifierTail = fc.stringMatching(/^[A-Za-z0-9._-]{0,20}$/);

/** Valid orders that are hard to keep: hostile cities, every spelling of a price and a date. Their `accountid` is unused. */
export const hostileOrder: fc.Arbitrary<Order> = fc
  .record({
    tail: identifierTail,
    vendorid: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
    orderdate: fc.constantFrom('2026-11-24 09:30:00', '2026-11-24 09:30:00.123456', '2026-11-30T23:59:59.9-11:00'),
    city,
    details,
    eventtype: fc.array(
      identifierTail.map((tail) => `e${tail}`),
      { minLength: 1, maxLength: 10 },
    ),
  })
  .map(({ tail, ...order }) => ({ accountid: `${uniqueId('a')}${tail}`, ...order }))
  .filter((order) => safeParseOrder(order).success && priceOrder(order) > 0);
