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
  return printablePattern(longest).test(text) && text.isWellFormed() && isVisible(text);
}

/** What a pattern cannot say alike in every validator: a character can be seen. */
export function isVisible(text: string): boolean {
  return /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u.test(text);
}
