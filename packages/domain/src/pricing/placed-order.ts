import type { InvoiceLine } from '../invoice/invoice.ts';
import { invoiceKeyOf } from '../invoice/invoice.ts';
import type { Order } from '../order/order-schema.ts';
import { parseOrder } from '../order/parse-order.ts';
import type { Principal } from '../principal/principal.ts';
import { isSameJson } from '../same-json.ts';
import { defaultMenu } from './default-menu.ts';
import type { Menu } from './menu.ts';
import type { MinorUnits } from './money.ts';
import { formatMoney, parseMoney } from './money.ts';

/** An accepted order: the order as it was sent, and what the domain added. */
export interface PlacedOrder {
  /** The name of the execution that handles the order: 1 to 80 of `A-Z a-z 0-9 _ -`. */
  readonly orderid: string;
  /** When the execution started: UTC, ISO 8601 with milliseconds. */
  readonly acceptedAt: string;
  readonly order: Order;
  /** A decimal string with the currency's decimal places. */
  readonly total: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** The `objectKey` of the order's invoice. */
  readonly invoice: string;
}

/** The caller may not place orders for this account. Its `name` is what the state machine reports. */
export class OrderForbidden extends Error {
  override readonly name = 'OrderForbidden';
  readonly code = 'OrderForbidden';

  constructor(accountid: string) {
    super(`this caller may not place orders for account ${accountid}`);
  }
}

/** Whether the caller may place the order: a customer for its own account; a vendor places none. */
export function mayPlace(caller: Principal, { accountid }: Pick<Order, 'accountid'>): boolean {
  if (caller.kind === 'customer') return caller.accountid === accountid;
  return caller.kind === 'operator' || caller.kind === 'anyone';
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The same time as it is stored: UTC, ISO 8601 with milliseconds. Written like this, times compare as their texts do.
 *
 * @throws RangeError when it is not a time of ISO 8601 with an offset or `Z`.
 */
export function toInstant(time: string): string {
  const milliseconds = instant.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new RangeError(`acceptedAt ${JSON.stringify(time)} is not a time`);
  return new Date(milliseconds).toISOString();
}

const listPrices = new WeakMap<Menu, ReadonlyMap<string, MinorUnits>>();

/**
 * What an order costs, in minor units of the menu's currency: the list price of its size times its quantity. The price
 * that the order states is not used.
 *
 * @throws RangeError when the size is not on the menu; `parseOrder` with the same menu refuses such an order first.
 */
export function priceOrder(order: Order, menu: Menu = defaultMenu): MinorUnits {
  const { coffeesize, quantity } = order.details;
  let prices = listPrices.get(menu);
  if (prices === undefined) {
    prices = new Map(menu.coffeesizes.map((size) => [size.coffeesize, parseMoney(size.unitprice, menu.currency)]));
    listPrices.set(menu, prices);
  }
  const price = prices.get(coffeesize);
  if (price === undefined) throw new RangeError(`details.coffeesize ${JSON.stringify(coffeesize)} is not on the menu`);
  return price * quantity;
}

/**
 * Checks an order against the menu, prices it and names its invoice. The same arguments always give the same placed
 * order.
 *
 * @param accepted The execution's name and start time (ISO 8601), and the order as it was sent.
 * @throws OrderRejected for an order that {@link parseOrder} refuses with this menu.
 * @throws RangeError when the start time is not one.
 */
export function placeOrder(
  accepted: { readonly orderid: string; readonly acceptedAt: string; readonly order: unknown },
  menu: Menu = defaultMenu,
): PlacedOrder {
  const { orderid } = accepted;
  const acceptedAt = toInstant(accepted.acceptedAt);
  const order = parseOrder(accepted.order, menu);
  return {
    orderid,
    acceptedAt,
    order,
    total: formatMoney(priceOrder(order, menu), menu.currency),
    currency: menu.currency,
    invoice: invoiceKeyOf(order).objectKey,
  };
}

/** Whether two placed orders are equal, ignoring the order of keys. */
export function isSamePlacedOrder(a: PlacedOrder, b: PlacedOrder): boolean {
  return isSameJson(a, b);
}

/** The line of a placed order. */
export function invoiceLineOf(placed: PlacedOrder): InvoiceLine {
  const { orderid, acceptedAt, order, total, currency } = placed;
  return { orderid, acceptedAt, order, amount: total, currency };
}
