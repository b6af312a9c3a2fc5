import * as z from 'zod/mini';
import { formatMoney, parseMoney } from './money.ts';

/** One size on the menu and its list price, a decimal string with two places in the menu's currency. */
export interface MenuSize {
  readonly coffeesize: string;
  readonly unitprice: string;
}

/** What can be ordered, and what it costs. A service can replace the whole value; see {@link defineMenu}. */
export interface Menu {
  /** ISO 4217 code. */
  readonly currency: string;
  readonly coffeetypes: readonly string[];
  readonly coffeesizes: readonly MenuSize[];
}

/** A menu that cannot be sold from: the message names the field and the rule. */
export class MenuRejected extends Error {
  override readonly name = 'MenuRejected';
}

const label = z.string().check(z.regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} .&'-]{0,38}[\p{L}\p{N}.])?$/u));
const listPrice = z.pipe(
  z.string(),
  z.transform((text, context) => {
    try {
      const cents = parseMoney(text);
      if (cents > 0 && cents <= 100_000_00) return formatMoney(cents);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    context.issues.push({
      code: 'custom',
      input: text,
      message: 'must be a decimal string from "0.01" to "100000.00"',
    });
    return z.NEVER;
  }),
);
const menuSchema = z.strictObject({
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  coffeetypes: z.array(label).check(z.minLength(1)),
  coffeesizes: z.array(z.strictObject({ coffeesize: label, unitprice: listPrice })).check(z.minLength(1)),
});

/**
 * Checks a menu and returns it frozen, its prices written with two places.
 *
 * @throws MenuRejected when a type or size is missing, repeated or no plain label of 1 to 40 characters, the currency is
 * no three-letter code, or a price is no decimal string from `"0.01"` to `"100000.00"`.
 */
export function defineMenu(menu: Menu): Menu {
  const result = menuSchema.safeParse(menu);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new MenuRejected(`${['menu', ...(issue?.path ?? [])].join('.')}: ${issue?.message} (${issue?.code})`);
  }
  const { currency, coffeetypes, coffeesizes } = result.data;
  if (new Set(coffeetypes).size < coffeetypes.length) throw new MenuRejected('menu.coffeetypes: a type stands twice');
  if (new Set(coffeesizes.map((size) => size.coffeesize)).size < coffeesizes.length) {
    throw new MenuRejected('menu.coffeesizes: a size stands twice');
  }
  return Object.freeze({
    currency,
    coffeetypes: Object.freeze(coffeetypes),
    coffeesizes: Object.freeze(coffeesizes.map((size) => Object.freeze(size))),
  });
}
