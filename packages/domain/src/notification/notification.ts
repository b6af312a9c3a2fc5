import type { PlacedOrder } from '../pricing/placed-order.ts';

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

/** Latin letters and marks that NFKD leaves as they are, each with its spelling in ASCII. */
const spelled = new Map(
  `ßss ẞSS æae ÆAE ǽae ǼAE œoe ŒOE øo ØO đd ĐD ðd ÐD þth ÞTh łl ŁL ıi ħh ĦH ŋng ŊNG ŧt ŦT ĸk əe ƏE ƀb ɃB ɓb
   ƁB ƈc ƇC ȼc ȻC ɖd ƉD ɗd ƊD ɛe ƐE ƒf ƑF ɠg ƓG ǥg ǤG ɣg ƔG ɨi ƗI ɩi ƖI ɉj ɈJ ƙk ƘK ƚl ȽL ɫl ⱢL ɲn ƝN ƞn ȠN
   ɵo ƟO ɔo ƆO ƥp ƤP ɍr ɌR ʃs ƩS ƭt ƬT ʈt ƮT ʉu ɄU ʊu ƱU ʋv ƲV ƴy ƳY ɏy ɎY ƶz ƵZ ʒz ƷZ ǝe ƎE ‘' ’' ‚' ʼ' ʻ'
   “" ”" „" «" »" –- —- ‐- −- ×x ⁄/ ·. •*`
    .split(/\s+/)
    .map((entry): [string, string] => [entry.charAt(0), entry.slice(1)]),
);

/**
 * Writes a text in printable ASCII: letters without their accents (`é` → `e`), Latin letters that have no accent by their
 * usual spelling (`ß` → `ss`, `ø` → `o`), fractions with a slash (`1½` → `1 1/2`), typographic punctuation plainly.
 *
 * @returns `undefined` when any character has no such spelling.
 */
function toAscii(text: string): string | undefined {
  const ascii = text
    .replace(/(?<=\p{Nd})(?=\p{No})/gu, ' ')
    .normalize('NFKD')
    .replace(/\p{Mn}|\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[^\x20-\x7e]/gu, (character) => spelled.get(character) ?? character);
  return /^[\x20-\x7e]*$/.test(ascii) ? ascii : undefined;
}

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
