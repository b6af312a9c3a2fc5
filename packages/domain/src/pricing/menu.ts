import * as z from 'zod/mini';
import { isPrintable, printableRule } from '../order/fields.ts';
import { formatMoney, parseMoney } from './money.ts';

/** One size on the menu and its list price: a decimal string with the decimal places of the menu's currency. */
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

/** A menu as {@link defineMenu} returns it: its labels as literal types, its prices written in full. */
export interface DefinedMenu<M extends Menu> extends Menu {
  readonly currency: M['currency'];
  readonly coffeetypes: M['coffeetypes'];
  readonly coffeesizes: readonly {
    readonly coffeesize: M['coffeesizes'][number]['coffeesize'];
    readonly unitprice: string;
  }[];
}

/** One broken rule of a menu: where it is broken, and a sentence that names the field and the rule. */
export interface MenuIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The menu breaks a rule; carries every issue at once. */
export class MenuRejected extends Error {
  override readonly name = 'MenuRejected';
  readonly code = 'MenuRejected';
  readonly issues: readonly MenuIssue[];

  constructor(issues: readonly MenuIssue[]) {
    super(issues.map((issue) => issue.message).join('; '));
    this.issues = issues;
  }
}

const longestLabel = 40;
const highestPrice = 100_000;

const rule = (text: string) => ({ error: text });
const labelRule = rule(printableRule(longestLabel));
const label = z.string(labelRule).check(z.refine((text) => isPrintable(text, longestLabel), labelRule));
const currencyRule = rule('must be the code of a currency in ISO 4217, like "AUD"');
const currencies = new Set<string>();

function isCurrency(code: string): boolean {
  if (currencies.size === 0) for (const known of Intl.supportedValuesOf('currency')) currencies.add(known);
  return currencies.has(code);
}

const shape = z.strictObject(
  {
    currency: z.string(currencyRule).check(z.refine(isCurrency, currencyRule)),
    coffeetypes: z
      .array(label, rule('must be a list of coffee types'))
      .check(z.minLength(1, rule('must have at least one coffee type'))),
    coffeesizes: z
      .array(
        z.strictObject(
          { coffeesize: label, unitprice: z.string(rule('must be a decimal string, like "3.50"')) },
          rule('must be an object with coffeesize and unitprice'),
        ),
        rule('must be a list of sizes with their prices'),
      )
      .check(z.minLength(1, rule('must have at least one size'))),
  },
  rule('must be an object with currency, coffeetypes and coffeesizes'),
);

const nameOf = (path: MenuIssue['path']): string => ['menu', ...path].join('.');
const issueAt = (path: MenuIssue['path'], text: string): MenuIssue => ({ path, message: `${nameOf(path)} ${text}` });

function toIssues(issue: z.core.$ZodIssue): MenuIssue[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => issueAt([...path, key], `is not a field of ${nameOf(path)}`));
  }
  return [issueAt(path, issue.message)];
}

function issuesOfPrices({ currency, coffeesizes }: Menu): MenuIssue[] {
  const text = `must be a price from "${formatMoney(1, currency)}" to "${highestPrice}" ${currency}, as a decimal string`;
  return coffeesizes.flatMap(({ unitprice }, index) => {
    try {
      const amount = parseMoney(unitprice, currency);
      if (amount > 0 && amount <= parseMoney(String(highestPrice), currency)) return [];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    return [issueAt(['coffeesizes', index, 'unitprice'], text)];
  });
}

function issuesOfRepeats(labels: readonly string[], place: (index: number) => MenuIssue['path']): MenuIssue[] {
  return labels.flatMap((each, index) =>
    labels.indexOf(each) < index ? [issueAt(place(index), `repeats ${JSON.stringify(each)}`)] : [],
  );
}

/**
 * Checks a value, as read from a file, and returns it as a frozen menu, with its prices written in full.
 *
 * @throws MenuRejected with every issue: an unknown or missing field, a currency that is not in ISO 4217, a type or
 * size that is repeated or not a label of 1 to 40 printable characters, a price that is not a decimal string up to
 * 100000.
 */
export function parseMenu(value: unknown): Menu {
  const result = shape.safeParse(value);
  if (!result.success) throw new MenuRejected(result.error.issues.flatMap(toIssues));
  const { currency, coffeetypes, coffeesizes } = result.data;
  const issues = [
    ...issuesOfRepeats(coffeetypes, (index) => ['coffeetypes', index]),
    ...issuesOfRepeats(
      coffeesizes.map((size) => size.coffeesize),
      (index) => ['coffeesizes', index, 'coffeesize'],
    ),
    ...issuesOfPrices(result.data),
  ];
  if (issues.length > 0) throw new MenuRejected(issues);
  const sizes = coffeesizes.map(({ coffeesize, unitprice }) => {
    return Object.freeze({ coffeesize, unitprice: formatMoney(parseMoney(unitprice, currency), currency) });
  });
  return Object.freeze({ currency, coffeetypes: Object.freeze(coffeetypes), coffeesizes: Object.freeze(sizes) });
}

/**
 * Checks a menu written in code and returns it frozen, as {@link parseMenu} does. Its literal labels become the types
 * of `coffeetype` and `coffeesize`. Define a menu once: the schema of its orders is built once for each menu.
 *
 * @throws MenuRejected with every issue.
 */
export function defineMenu<const M extends Menu>(menu: M): DefinedMenu<M> {
  return parseMenu(menu) as DefinedMenu<M>;
}
