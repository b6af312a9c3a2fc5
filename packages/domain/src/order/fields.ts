/**
 * The alphabet of `accountid` and `vendorid`, closed because they become parts of keys: 1 to 64 of `A-Z a-z 0-9 . _ -`,
 * starting with a letter or digit.
 */
export const identifierPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The rule of {@link isIdentifier} in words. */
export const identifierRule = 'must be 1 to 64 of the characters A-Z a-z 0-9 . _ - and begin with a letter or a digit';

/** Whether a value is a valid `accountid` or `vendorid`. Never throws. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && identifierPattern.test(value);
}

/** Every real day from 2000 to 2099, when every fourth year is a leap year. */
const day =
  '20(?:[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))' +
  '|(?:[02468][048]|[13579][26])-02-29)';
const time = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?';
const offset = '(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?';

/**
 * An order date: a day of the years 2000 to 2099, a space, `T` or `t`, a time with up to nine decimal places, and
 * optionally `Z`, `z` or an offset. Covers RFC 3339 and what Python prints for `datetime.now()`, with or without a
 * zone.
 */
export const orderDatePattern = new RegExp(`^${day}[ Tt]${time}${offset}$`);

/** Whether a text is an order date, which is always a real calendar day. */
export function isOrderDate(text: string): boolean {
  return orderDatePattern.test(text);
}

const blank = String.raw` \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff`;
const control = String.raw`\u0000-\u001f\u007f-\u009f`;
const separator = String.raw`\u2028\u2029`;
const bidirectional = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
/** Characters that are invisible by themselves: joiners, fillers, variation selectors. */
const invisible = String.raw`\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8`;
const forbidden = `${control}${separator}${bidirectional}`;

/**
 * Free text on one line: the first character is visible, the last is not a space, and none is a control, a line or
 * paragraph separator or a bidirectional control. Uses no flags or classes that JSON Schema validators read
 * differently.
 */
export function printablePattern(longest: number): RegExp {
  const first = `[^${forbidden}${blank}${invisible}]`;
  return new RegExp(`^${first}(?:[^${forbidden}]{0,${longest - 2}}[^${forbidden}${blank}])?$`, 'u');
}

/** The rule of {@link isPrintable} in words. */
export const printableRule = (longest: number): string =>
  `must be 1 to ${longest} characters on one line, begin with a visible one and not end in a blank, without control or bidirectional characters`;

/** Whether a text matches {@link printablePattern}, is well-formed Unicode and has a visible character. */
export function isPrintable(text: string, longest: number): boolean {
  return printablePattern(longest).test(text) && text.isWellFormed() && visibleCharacter.test(text);
}

/** A visible character, which no pattern can express the same way in every validator. */
export const visibleCharacter = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u;

/**
 * Compares two orders of the same primary key: the newer one has the later `acceptedAt`, or on a tie the greater
 * `orderid`. Negative when `a` is older, positive when it is newer, 0 when they are the same order.
 */
export function compareAccepted(
  a: { readonly acceptedAt: string; readonly orderid: string },
  b: { readonly acceptedAt: string; readonly orderid: string },
): number {
  if (a.acceptedAt.length !== b.acceptedAt.length) {
    const difference = Date.parse(a.acceptedAt) - Date.parse(b.acceptedAt);
    if (difference !== 0) return difference;
  } else if (a.acceptedAt !== b.acceptedAt) return a.acceptedAt < b.acceptedAt ? -1 : 1;
  if (a.orderid !== b.orderid) return a.orderid < b.orderid ? -1 : 1;
  return 0;
}
