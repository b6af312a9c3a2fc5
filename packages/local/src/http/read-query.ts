import { isIdentifier } from '@coffee/domain';
import type { Context } from 'hono';
import { answerProblem } from './problem-response.ts';

/** How a query parameter is read: `undefined` when it breaks the rule, which reads on from the parameter's name. */
export interface QueryRule<T> {
  readonly read: (text: string) => T | undefined;
  readonly rule: string;
}

type Values<Rules> = { readonly [Name in keyof Rules]?: Rules[Name] extends QueryRule<infer T> ? T : never };

/** A whole number of the range, both ends in it. */
export const wholeNumber = (from: number, to: number): QueryRule<number> => ({
  read: (text) => (/^\d{1,15}$/.test(text) && Number(text) >= from && Number(text) <= to ? Number(text) : undefined),
  rule: `must be a whole number from ${from} to ${to}`,
});

/** One of these words. */
export const oneOf = <const T extends string>(words: readonly T[]): QueryRule<T> => ({
  read: (text) => words.find((word) => word === text),
  rule: `must be one of ${words.join(', ')}`,
});

/** An account or vendor id. */
export const identifier: QueryRule<string> = {
  read: (text) => (isIdentifier(text) ? text : undefined),
  rule: 'must be 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or a digit',
};

/** Any text: where nothing is found, nothing is there. */
export const anyText: QueryRule<string> = { read: (text) => text, rule: '' };

/** How long a page may be. */
export const limit = wholeNumber(1, 1000);

/** The length of a page when `limit` is not given. */
export const defaultLimit = 100;

/** Where a page of what has a sequence number goes on. */
export const beforeSequence: QueryRule<number> = {
  ...wholeNumber(0, 999_999_999_999_999),
  rule: 'must be the "next" of an earlier page',
};

/**
 * Reads the query parameters that have a rule, or answers 400 with what is wrong with each. Others are refused: a filter
 * with a slip of the pen would show everything.
 */
export function readQuery<const Rules extends Readonly<Record<string, QueryRule<unknown>>>>(
  context: Context,
  rules: Rules,
): { readonly success: true; readonly values: Values<Rules> } | { readonly success: false; readonly answer: Response } {
  const values: Record<string, unknown> = {};
  const issues: { readonly path: readonly string[]; readonly code: string; readonly message: string }[] = [];
  for (const name of Object.keys(context.req.queries())) {
    if (!Object.hasOwn(rules, name)) {
      issues.push({ path: [name], code: 'unknown_key', message: `${name} is not a parameter of this call` });
    }
  }
  for (const [name, { read, rule }] of Object.entries(rules)) {
    const [text, ...others] = context.req.queries(name) ?? [];
    if (text === undefined) continue;
    const value = read(text);
    if (others.length > 0) issues.push({ path: [name], code: 'repeated', message: `${name} must stand once` });
    else if (value === undefined) issues.push({ path: [name], code: 'wrong_format', message: `${name} ${rule}` });
    else values[name] = value;
  }
  if (issues.length === 0) return { success: true, values: values as Values<Rules> };
  const detail = issues.map(({ message }) => message).join('; ');
  return { success: false, answer: answerProblem(context, 400, 'ParameterRejected', detail, { issues }) };
}
