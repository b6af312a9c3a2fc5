import type * as z from 'zod/mini';
import { defaultMenu } from '../pricing/default-menu.ts';
import type { Menu } from '../pricing/menu.ts';
import type { Order } from './order-schema.ts';
import { orderSchemas } from './order-schema.ts';

/** Why one place of an order is refused. Callers switch on `code`; the message is for people. */
export type OrderIssueCode =
  | 'required'
  | 'unknown_key'
  | 'wrong_type'
  | 'wrong_format'
  | 'not_a_date'
  | 'not_on_menu'
  | 'wrong_price'
  | 'out_of_range';

/** One broken rule: where, which, and a sentence that names the field and the rule. Never holds the refused value. */
export interface OrderIssue {
  readonly path: readonly (string | number)[];
  readonly code: OrderIssueCode;
  readonly message: string;
}

/** How many issues are told at once; of the others, only how many there are. */
export const issueLimit = 100;

/** An order that breaks the rules, with up to 100 issues at once. Its `name` is what the state machine catches. */
export class OrderRejected extends Error {
  override readonly name = 'OrderRejected';
  readonly code = 'OrderRejected';
  /** The first 100 issues. */
  readonly issues: readonly OrderIssue[];
  /** How many issues there are besides. */
  readonly moreIssues: number;

  /** `moreIssues` counts issues that `issues` does not hold. */
  constructor(issues: readonly OrderIssue[], moreIssues = 0) {
    const told = issues.slice(0, issueLimit);
    const more = moreIssues + issues.length - told.length;
    super([...told.map(({ message }) => message), ...(more === 0 ? [] : [`and ${more} more`])].join('; '));
    this.issues = told;
    this.moreIssues = more;
  }
}

/** The result of {@link safeParseOrder}, discriminated by `success` as in zod. */
export type OrderResult<M extends Menu = Menu> =
  | { readonly success: true; readonly data: Order<M> }
  | { readonly success: false; readonly error: OrderRejected };

type Path = readonly (string | number)[];

/** The issue code of each field; a missing field is always `required`. */
const codes: Readonly<Record<string, OrderIssueCode>> = {
  order: 'wrong_type',
  accountid: 'wrong_format',
  vendorid: 'wrong_format',
  orderdate: 'not_a_date',
  city: 'wrong_format',
  details: 'wrong_type',
  'details.coffeetype': 'not_on_menu',
  'details.coffeesize': 'not_on_menu',
  'details.unitprice': 'wrong_price',
  'details.quantity': 'out_of_range',
  eventtype: 'wrong_format',
};

/** How much is told of an unknown key. */
const longestKey = 100;

const nameOf = (path: Path): string => (path.length === 0 ? 'order' : path.join('.'));

function codeOf(path: Path): OrderIssueCode {
  const code = codes[nameOf(path[0] === 'eventtype' ? ['eventtype'] : path)];
  if (code === undefined) throw new TypeError(`no rule is known for ${nameOf(path)}`);
  return code;
}

/** The value at a path that the schema found: every object on the way is there. */
const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce((value, key) => (value as Record<string | number, unknown>)[key], root);

function toIssues(issue: z.core.$ZodIssue, root: unknown): OrderIssue[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, issueLimit).map((key) => {
      const place = [...path, key.length > longestKey ? `${key.slice(0, longestKey)}…` : key];
      const message = `${nameOf(place)} is not a field of ${path.length === 0 ? 'an order' : nameOf(path)}`;
      return { path: place, code: 'unknown_key', message };
    });
  }
  if (path.length > 0 && valueAt(root, path) === undefined) {
    return [{ path, code: 'required', message: `${nameOf(path)} is required` }];
  }
  return [{ path, code: codeOf(path), message: `${nameOf(path)} ${issue.message}` }];
}

function rejectionOf(error: z.core.$ZodError, root: unknown, menu: Menu): OrderRejected {
  const found = error.issues.flatMap((issue): z.core.$ZodIssue[] => {
    if (nameOf(issue.path as Path) !== 'details.coffeesize') return [issue];
    const others = orderSchemas(menu).anySize.safeParse(valueAt(root, ['details']));
    return others.success ? [issue] : others.error.issues.map((each) => ({ ...each, path: ['details', ...each.path] }));
  });
  const untold = found.map((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.length - issueLimit : 0));
  const more = untold.reduce((sum, count) => sum + Math.max(0, count), 0);
  const issues = found.flatMap((issue) => toIssues(issue, root));
  // Two checks of one rule can both fail (1e20 is not a safe integer, and over 100): the rule is reported once.
  const once = new Map(issues.map((issue) => [issue.code === 'unknown_key' ? issue : issue.message, issue]));
  return new OrderRejected([...once.values()], more);
}

/**
 * Checks a value against the rules of an order and the menu, all rules at once. Never throws, whatever the JSON value.
 * Nothing is repaired: `data` equals the value.
 */
export function safeParseOrder<const M extends Menu = Menu>(
  value: unknown,
  menu: M = defaultMenu as unknown as M,
): OrderResult<M> {
  const result = orderSchemas(menu).order.safeParse(value);
  if (result.success) return { success: true, data: result.data as unknown as Order<M> };
  return { success: false, error: rejectionOf(result.error, value, menu) };
}

/**
 * Checks a value against the rules of an order and the menu, and returns it as an {@link Order}.
 *
 * @throws OrderRejected with the first 100 issues: path, code and message.
 */
export function parseOrder<const M extends Menu = Menu>(
  value: unknown,
  menu: M = defaultMenu as unknown as M,
): Order<M> {
  const result = safeParseOrder(value, menu);
  if (!result.success) throw result.error;
  return result.data;
}
