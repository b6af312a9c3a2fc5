/** An amount of money in whole cents: a non-negative safe integer. Money is never a float inside the domain. */
export type Cents = number;

const decimal = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/;

/**
 * Reads a decimal string with at most two places (`"3.5"`, `"3.50"`, `"4"`) as cents.
 *
 * @throws RangeError for any other text: a sign, an exponent, a blank, a leading zero, three places.
 */
export function parseMoney(text: string): Cents {
  const match = decimal.exec(text);
  if (match === null) {
    throw new RangeError(
      `money must be a decimal string with at most two places, like "3.50", not ${JSON.stringify(text)}`,
    );
  }
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/**
 * Writes cents as a decimal string with two places: `800` is `"8.00"`.
 *
 * @throws RangeError when `cents` is not a non-negative safe integer.
 */
export function formatMoney(cents: Cents): string {
  if (!Number.isSafeInteger(cents) || cents < 0) {
    throw new RangeError(`money must be a whole, non-negative number of cents, not ${cents}`);
  }
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
