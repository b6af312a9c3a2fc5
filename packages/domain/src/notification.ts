import type { PlacedOrder } from './placed-order.ts';

/** One message about one order, ready for any provider. */
export interface Notification {
  /** The order id: a provider that can deduplicates by it. */
  readonly id: string;
  /** Printable ASCII, one line, 1 to 99 characters, beginning with a letter: the rules of Amazon SNS e-mail. */
  readonly subject: string;
  readonly text: string;
  /** For subscription filters. */
  readonly attributes: {
    readonly eventtype: readonly string[];
    readonly accountid: string;
    readonly vendorid: string;
  };
}

/** Letters without their accents, everything else outside printable ASCII left out. */
function toAscii(text: string): string {
  return text.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');
}

/** Writes the message about a placed order. The same order always gives the same message. */
export function composeNotification(placed: PlacedOrder): Notification {
  const { orderid, order, total, currency } = placed;
  const { coffeetype, coffeesize, quantity } = order.details;
  const what = `${quantity} x ${coffeetype}, ${coffeesize}`;
  const text = [
    'Thank you for your coffee order.',
    '',
    `  ${what}`,
    `  Total      ${total} ${currency}`,
    '',
    `  Ordered    ${order.orderdate}`,
    `  City       ${order.city}`,
    `  Vendor     ${order.vendorid}`,
    `  Account    ${order.accountid}`,
    `  Invoice    ${placed.invoice}`,
    `  Order id   ${orderid}`,
    '',
  ].join('\n');
  return {
    id: orderid,
    subject: toAscii(`Coffee order: ${what}, ${total} ${currency}`).slice(0, 99).trimEnd(),
    text,
    attributes: { eventtype: order.eventtype, accountid: order.accountid, vendorid: order.vendorid },
  };
}
