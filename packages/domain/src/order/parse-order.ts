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

/** An order that breaks the rules, with every issue at once. Its `name` is what the state machine catches. */
export class OrderRejected extends Error {
  override readonly name = 'OrderRejected';
  readonly code = 'OrderRejected';
  readonly issues: readonly OrderIssue[];

  constructor(issues: readonly OrderIssue[]) {
    super(issues.map((issue) => issue.message).join('; '));
    this.issues = issues;
  }
}

/** What {@link safeParseOrder} answers, in zod's manner: told apart by `success`. */
export type OrderResult<M extends Menu = Menu> =
  | { readonly success: true; readonly data: Order<M> }
  | { readonly success: false; readonly error: OrderRejected };

type Path = readonly (string | number)[];

/** The code of a broken rule by its field; whatever is missing is `required` first. */
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

const nameOf = (path: Path): string => (path.length === 0 ? 'order' : path.join('.'));

function codeOf(path: Path): OrderIssueCode {
  const code = codes[nameOf(path[0] === 'eventtype' ? ['eventtype'] : path)];
  if (code === undefined) throw new TypeError(`no rule is known for ${nameOf(path)}`);
  return code;
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function toIssues(issue: z.core.$ZodIssue, root: unknown): OrderIssue[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      code: 'unknown_key',
      message: `${nameOf([...path, key])} is not a field of ${path.length === 0 ? 'an order' : nameOf(path)}`,
    }));
  }
  if (path.length > 0 && valueAt(root, path) === undefined) {
    return [{ path, code: 'required', message: `${nameOf(path)} is required` }];
  }
  return [{ path, code: codeOf(path), message: `${nameOf(path)} ${issue.message}` }];
}

function issuesOf(error: z.core.$ZodError, root: unknown, menu: Menu): OrderIssue[] {
  const issues = error.issues.flatMap((issue) => {
    const path = issue.path as (string | number)[];
    if (issue.code !== 'invalid_union' || path.at(-1) !== 'coffeesize') return toIssues(issue, root);
    const details = path.slice(0, -1);
    const others = orderSchemas(menu).anySize.safeParse(valueAt(root, details));
    if (others.success) return toIssues(issue, root);
    return others.error.issues.flatMap((inner) => toIssues({ ...inner, path: [...details, ...inner.path] }, root));
  });
  // Two checks of one rule can both fail (1e20 is not a safe integer, and over 100): the rule is told once.
  return [...new Map(issues.map((issue) => [issue.message, issue])).values()];
}

/**
 * Checks a value against the rules of an order and the menu, all rules at once. Never throws, whatever the JSON value.
 * Nothing is repaired: `data` equals what was given.
 */
export function safeParseOrder<const M extends Menu = Menu>(
  value: unknown,
  menu: M = defaultMenu as unknown as M,
): OrderResult<M> {
  const result = orderSchemas(menu).order.safeParse(value);
  if (result.success) return { success: true, data: result.data as unknown as Order<M> };
  return { success: false, error: new OrderRejected(issuesOf(result.error, value, menu)) };
}

/**
 * Checks a value against the rules of an order and the menu, and returns it as an {@link Order}.
 *
 * @throws OrderRejected with every issue: path, code and message.
 */
export function parseOrder<const M extends Menu = Menu>(
  value: unknown,
  menu: M = defaultMenu as unknown as M,
): Order<M> {
  const result = safeParseOrder(value, menu);
  if (!result.success) throw result.error;
  return result.data;
}
