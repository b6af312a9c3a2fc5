/**
 * The closed alphabet of `accountid` and `vendorid`: they become parts of keys, so 1 to 64 of `A-Z a-z 0-9 . _ -`,
 * beginning with a letter or a digit.
 */
export const identifierPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The rule of {@link isIdentifier} in words. */
export const identifierRule = 'must be 1 to 64 of the characters A-Z a-z 0-9 . _ - and begin with a letter or a digit';

/** Tells whether a value may be an `accountid` or a `vendorid`. Never throws. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && identifierPattern.test(value);
}

/** Every real day from 2000 to 2099: in those years each fourth is a leap year. */
const day =
  '20(?:[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))' +
  '|(?:[02468][048]|[13579][26])-02-29)';
const time = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?';
const offset = '(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?';

/**
 * An order date: a day of the years 2000 to 2099, a blank, `T` or `t`, a time with up to nine places of a second, and
 * optionally `Z`, `z` or an offset. So Python prints `datetime.now()` and `datetime.now(timezone.utc)`, and so RFC 3339 writes dates.
 */
export const orderDatePattern = new RegExp(`^${day}[ Tt]${time}${offset}$`);

/** Tells whether a text is an order date, which is always a real day of the calendar. */
export function isOrderDate(text: string): boolean {
  return orderDatePattern.test(text);
}

const blank = String.raw` \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff`;
const control = String.raw`\u0000-\u001f\u007f-\u009f`;
const separator = String.raw`\u2028\u2029`;
const bidirectional = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
/** Characters that leave no mark of their own: joiners, fillers, variation selectors. */
const invisible = String.raw`\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8`;
const forbidden = `${control}${separator}${bidirectional}`;

/**
 * Free text on one line, without flags or classes that JSON Schema validators read differently: its first character is
 * visible, its last is not blank, and no character is a control, a line or paragraph separator or a bidirectional control.
 */
export function printablePattern(longest: number): RegExp {
  const first = `[^${forbidden}${blank}${invisible}]`;
  return new RegExp(`^${first}(?:[^${forbidden}]{0,${longest - 2}}[^${forbidden}${blank}])?$`, 'u');
}

/** The rule of {@link isPrintable} in words. */
export const printableRule = (longest: number): string =>
  `must be 1 to ${longest} characters on one line, begin with a visible one and not end in a blank, without control or bidirectional characters`;

/** Tells whether a text keeps {@link printablePattern} and is well-formed Unicode with a visible character in it. */
export function isPrintable(text: string, longest: number): boolean {
  return printablePattern(longest).test(text) && text.isWellFormed() && visibleCharacter.test(text);
}

/** A character that can be seen: what no pattern says alike in every validator. */
export const visibleCharacter = /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u;
