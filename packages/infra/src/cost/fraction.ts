/** An exact, non-negative fraction: usage and money are counted in it, so that no float is near a price. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A fraction, a whole or decimal number, or a decimal string like `"0.0000133334"`. */
export type Amount = Fraction | number | string;

/**
 * Reads an amount exactly.
 *
 * @throws RangeError for a number or string that is no plain, non-negative decimal.
 */
export function exact(amount: Amount): Fraction {
  if (typeof amount === 'object') return amount;
  const match = /^(\d+)(?:\.(\d+))?$/.exec(String(amount));
  if (match === null) throw new RangeError(`an amount must be a plain decimal, not ${JSON.stringify(amount)}`);
  const [, whole = '', places = ''] = match;
  return reduced(BigInt(whole + places), 10n ** BigInt(places.length));
}

/** The sum; 0 of nothing. */
export function sum(...amounts: readonly Amount[]): Fraction {
  return amounts
    .map(exact)
    .reduce(
      (a, b) => reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator),
      { numerator: 0n, denominator: 1n },
    );
}

/** The product; 1 of nothing. */
export function product(...amounts: readonly Amount[]): Fraction {
  return amounts
    .map(exact)
    .reduce((a, b) => reduced(a.numerator * b.numerator, a.denominator * b.denominator), exact(1));
}

/** `amount / by`. */
export function quotient(amount: Amount, by: Amount): Fraction {
  const { numerator, denominator } = exact(by);
  return product(amount, reduced(denominator, numerator));
}

/** `amount - other`, and 0 where that is less. */
export function excess(amount: Amount, other: Amount): Fraction {
  const [a, b] = [exact(amount), exact(other)];
  const numerator = a.numerator * b.denominator - b.numerator * a.denominator;
  return numerator <= 0n ? exact(0) : reduced(numerator, a.denominator * b.denominator);
}

/** The smallest multiple of `step` that is not less. */
export function roundedUp(amount: Amount, step: Amount = 1): Fraction {
  const { numerator, denominator } = quotient(amount, step);
  return product(step, reduced((numerator + denominator - 1n) / denominator, 1n));
}

/** The amount with so many decimal places, half up, the thousands separated: `"12,500.50"`. */
export function format(amount: Amount, places: number): string {
  const { numerator, denominator } = exact(amount);
  const scale = 10n ** BigInt(places);
  const digits = String((2n * numerator * scale + denominator) / (2n * denominator)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 0n) throw new RangeError('nothing can be divided by 0');
  let [a, b] = [numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}
