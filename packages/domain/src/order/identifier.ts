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
