import * as fc from 'fast-check';
import type { InvoiceLine } from './invoice/invoice.ts';
import { isPrintable } from './order/fields.ts';
import type { Order } from './order/order-schema.ts';
import { defaultMenu } from './pricing/default-menu.ts';
import type { Menu } from './pricing/menu.ts';
import { defineMenu } from './pricing/menu.ts';
import { decimalPlacesOf } from './pricing/money.ts';
import type { PlacedOrder } from './pricing/placed-order.ts';
import { invoiceLineOf, placeOrder } from './pricing/placed-order.ts';
import type { CallerClaims, Principal } from './principal/principal.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** Account ids, vendor ids and event types that the domain accepts. */
export const identifiers = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** Real days of 2000 to 2099 as their parts, so that the right answer is known before the text is built. */
export const days = fc
  .tuple(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.nat())
  .map(([year, month, seed]) => {
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return { year, month, day: (seed % last) + 1 };
  });

const clocks = fc.stringMatching(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$/);
const fractions = fc.stringMatching(/^(?:\.[0-9]{1,9})?$/);
const offsets = fc.oneof(
  fc.constantFrom('', 'Z', 'z', '+14:00', '-12:00', '+23:59', '-00:00'),
  fc.stringMatching(/^[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]$/),
);

/** Order dates with the period they belong to. */
export const datedPeriods = fc
  .tuple(days, fc.constantFrom(' ', 'T', 't'), clocks, fractions, offsets)
  .map(([{ year, month, day }, separator, ...time]) => ({
    orderdate: `${year}-${two(month)}-${two(day)}${separator}${time.join('')}`,
    period: { year, month },
  }));

/** Order dates that the domain accepts. */
export const orderDates: fc.Arbitrary<string> = datedPeriods.map(({ orderdate }) => orderdate);

const hostileTexts = [
  ...'L\'Aquila|"quoted", \\ and \\n|@@ $ {x} %s %00 {{y}}|\'; DROP TABLE orders; --|__proto__|null|<b>&amp;</b>'.split(
    '|',
  ),
  '\u2615\ud83c\uddee\ud83c\uddf9 \ud83d\udc69\u200d\ud83c\udf73',
  'e\u0301 is not \u00e9',
  '\u05d0\u05d1 and \u0627\u0628',
];
/** Every code point, as text. The unit `binary` of fast-check gives the same after a second of preparation. */
export const codePoints: fc.Arbitrary<string> = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

const characters = fc.oneof(fc.constantFrom(...`Adelaide 'éß"\\@@{}<>&`, '😀', '京', '\u0301', '\u200d'), codePoints);

/** Free text of 1 to 100 characters that the domain accepts, including quotes, accents and emoji. */
export const cities: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: characters, minLength: 1, maxLength: 100 }).filter((text) => isPrintable(text, 100)),
);

const labels = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(..."ABCabcxyz0189 .&'-éßØ咖啡コーヒーقهوة½ﬁ"), minLength: 1, maxLength: 40 }),
    fc.string({ unit: characters, minLength: 1, maxLength: 40 }),
  )
  .filter((text) => isPrintable(text, 40));

const inUnits = (minorUnits: number, places: number): string => (minorUnits / 10 ** places).toFixed(places);

/** Menus of other services: any labels, ASCII or not, any prices, in currencies of zero, two or three decimal places. */
export const menus: fc.Arbitrary<Menu> = fc
  .constantFrom('AUD', 'EUR', 'JPY', 'KWD')
  .chain((currency) =>
    fc.record({
      currency: fc.constant(currency),
      coffeetypes: fc.uniqueArray(labels, { minLength: 1, maxLength: 4 }),
      coffeesizes: fc.uniqueArray(
        fc.record({
          coffeesize: labels,
          unitprice: fc.oneof(
            fc.constantFrom('4', '100000'),
            fc.integer({ min: 1, max: 99_999 }).map((amount) => inUnits(amount, decimalPlacesOf(currency))),
          ),
        }),
        { selector: (size) => size.coffeesize, minLength: 1, maxLength: 4 },
      ),
    }),
  )
  .map(defineMenu);

/** Every accepted spelling of a price, built from its digits, independently of the code under test. */
export function spellingsOf(unitprice: string): (string | number)[] {
  const texts = [unitprice];
  if (unitprice.includes('.')) {
    for (let text = unitprice; text.endsWith('0'); ) {
      text = text.slice(0, -1);
      texts.push(text.endsWith('.') ? text.slice(0, -1) : text);
    }
  }
  return [...texts, Number(unitprice)];
}

/** Orders that the menu accepts. */
export const ordersOf = (menu: Menu): fc.Arbitrary<Order> =>
  fc.record(
    {
      accountid: identifiers,
      vendorid: identifiers,
      orderdate: orderDates,
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

/** Start times of executions, few enough that ties occur. */
export const acceptedAts = fc.constantFrom(
  '2026-11-24T09:30:00.000Z',
  '2026-11-24T09:30:00.001Z',
  '2026-11-24T10:00:00.000Z',
  '2027-01-01T00:00:00.000Z',
);

/** Order ids, which are valid Step Functions execution names. */
export const orderids: fc.Arbitrary<string> = fc.stringMatching(/^[0-9A-Za-z_-]{1,80}$/);

/** Placed orders of a menu. */
export const placedOrdersOf = (menu: Menu): fc.Arbitrary<PlacedOrder> =>
  fc
    .record({ orderid: orderids, acceptedAt: acceptedAts, order: ordersOf(menu) })
    .map((accepted) => placeOrder(accepted, menu));

/** Invoice lines of a menu. */
export const invoiceLinesOf = (menu: Menu): fc.Arbitrary<InvoiceLine> => placedOrdersOf(menu).map(invoiceLineOf);

/** Lines with different order ids that all belong on invoice `2026/11/a0`, in up to three currencies. */
export const linesOfOneInvoice: fc.Arbitrary<InvoiceLine[]> = fc.array(menus, { maxLength: 2 }).chain((others) =>
  fc.uniqueArray(
    fc.constantFrom(defaultMenu, ...others).chain((menu) =>
      fc.record({ orderid: orderids, acceptedAt: acceptedAts, order: ordersOf(menu) }).map(({ order, ...accepted }) => {
        const ours = { ...order, accountid: 'a0', orderdate: '2026-11-24 09:30:00' };
        return invoiceLineOf(placeOrder({ ...accepted, order: ours }, menu));
      }),
    ),
    { selector: (line) => line.orderid, maxLength: 8 },
  ),
);

/** The seed's order, which the examples start from. */
export const exampleOrder: Order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00.123456',
  city: 'Adelaide',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 },
  eventtype: ['new_order'],
};

const fewIds = fc.oneof(fc.constantFrom('a0', 'v0'), identifiers);

/** Callers of every kind, with ids that often meet those of {@link exampleOrder}. */
export const principals: fc.Arbitrary<Principal> = fc.oneof(
  fewIds.map((accountid) => ({ kind: 'customer' as const, accountid })),
  fewIds.map((vendorid) => ({ kind: 'vendor' as const, vendorid })),
  fc.constantFrom<Principal>({ kind: 'operator' }, { kind: 'anyone' }),
);

/** What tokens may claim: valid or not, contradictory, of any JSON type. */
export const callerClaims: fc.Arbitrary<CallerClaims> = fc.record(
  {
    role: fc.oneof(fc.constantFrom('customer', 'vendor', 'operator', 'anyone', 'Operator'), fc.jsonValue()),
    accountid: fc.oneof(fewIds, fc.jsonValue()),
    vendorid: fc.oneof(fewIds, fc.jsonValue()),
  },
  { requiredKeys: [] },
);
