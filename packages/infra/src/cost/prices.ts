import type { Fraction } from './fraction.ts';
import { exact, product, quotient } from './fraction.ts';
import list from './prices.json' with { type: 'json' };

/** A price by its name in `prices.json`. */
export type PriceName = keyof typeof list.prices;

/** When and where the prices hold, and in which currency. */
export const { date, region, currency } = list;

/** What so many units cost, exactly. */
export function costOf(name: PriceName, units: Fraction): Fraction {
  const { amount, per } = list.prices[name];
  return product(units, quotient(exact(amount), per));
}
