import type { PlacedOrder } from '../order/placed-order.ts';
import { toAscii } from './to-ascii.ts';

/** One message about one order, ready for any provider. */
export interface Notification {
  /** The order id: a provider that can deduplicates by it. */
  readonly id: string;
  /** Printable ASCII, one line, 1 to 99 characters, beginning with a letter or a digit: the rules of Amazon SNS e-mail. */
  readonly subject: string;
  readonly text: string;
  /** For subscription filters. */
  readonly attributes: {
    readonly eventtype: readonly string[];
    readonly accountid: string;
    readonly vendorid: string;
  };
}

/** Writes the words of a message. The subject may be any text; {@link composeNotification} makes it fit for e-mail. */
export type NotificationText = (placed: PlacedOrder) => { readonly subject: string; readonly text: string };

/** The words of the message unless a composition brings its own. */
export const defaultNotificationText: NotificationText = ({ orderid, order, total, currency, invoice }) => {
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
    `  Invoice    ${invoice}`,
    `  Order id   ${orderid}`,
    '',
  ].join('\n');
  return { subject: `Coffee order: ${what}, ${total} ${currency}`, text };
};

/** The subject in ASCII on one line, or the order id where it cannot be written so. */
function subjectOf(subject: string, orderid: string): string {
  const ascii = toAscii(subject.replace(/\s+/g, ' ').trim());
  const isFit = ascii !== undefined && /^[A-Za-z0-9]/.test(ascii);
  return (isFit ? ascii : `Coffee order ${orderid}`).slice(0, 99).trimEnd();
}

/**
 * Writes the message about a placed order. The same order always gives the same message.
 *
 * @param write The words, {@link defaultNotificationText} by default.
 */
export function composeNotification(
  placed: PlacedOrder,
  write: NotificationText = defaultNotificationText,
): Notification {
  const { orderid, order } = placed;
  const { subject, text } = write(placed);
  return {
    id: orderid,
    subject: subjectOf(subject, orderid),
    text,
    attributes: { eventtype: order.eventtype, accountid: order.accountid, vendorid: order.vendorid },
  };
}
