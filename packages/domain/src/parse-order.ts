import type * as z from 'zod/mini';
import { defaultMenu } from './default-menu.ts';
import type { Menu } from './menu.ts';
import type { Order } from './order.ts';
import type { OrderIssue, OrderIssueCode } from './order-rejected.ts';
import { OrderRejected } from './order-rejected.ts';
import { orderSchemas } from './order-schema.ts';

/** What {@link safeParseOrder} answers, in zod's manner: told apart by `success`. */
export type OrderResult =
  | { readonly success: true; readonly data: Order }
  | { readonly success: false; readonly error: OrderRejected };

type Path = readonly (string | number)[];

function nameOf(path: Path): string {
  return path.length === 0 ? 'order' : path.join('.');
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
  const end = issue.message.indexOf(': ');
  const code = issue.message.slice(0, end) as OrderIssueCode;
  return [{ path, code, message: `${nameOf(path)} ${issue.message.slice(end + 2)}` }];
}

function issuesOf(error: z.core.$ZodError, root: unknown, menu: Menu): OrderIssue[] {
  const issues = error.issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return toIssues(issue, root);
    const path = issue.path.slice(0, -1) as (string | number)[];
    const others = orderSchemas(menu).anySize.safeParse(valueAt(root, path));
    if (others.success) return toIssues(issue, root);
    return others.error.issues.flatMap((inner) => toIssues({ ...inner, path: [...path, ...inner.path] }, root));
  });
  // Two checks of one rule can both fail (1e20 is no safe integer, and over 100): the rule is told once.
  return [...new Map(issues.map((issue) => [issue.message, issue])).values()];
}

/**
 * Checks a value against the rules of an order and the menu, all rules at once. Never throws, whatever the JSON value.
 * Nothing is repaired: `data` equals what was given.
 */
export function safeParseOrder(value: unknown, menu: Menu = defaultMenu): OrderResult {
  const result = orderSchemas(menu).order.safeParse(value);
  if (result.success) return { success: true, data: result.data };
  return { success: false, error: new OrderRejected(issuesOf(result.error, value, menu)) };
}

/**
 * Checks a value against the rules of an order and the menu, and returns it as an {@link Order}.
 *
 * @throws OrderRejected with every issue: path, code and message.
 */
export function parseOrder(value: unknown, menu: Menu = defaultMenu): Order {
  const result = safeParseOrder(value, menu);
  if (!result.success) throw result.error;
  return result.data;
}
