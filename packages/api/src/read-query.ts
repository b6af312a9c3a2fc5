import type { Issue, Problem } from './problems.ts';
import { rejection } from './problems.ts';

/** How a query parameter is read. Every zod schema is one; {@link textRule} makes one without zod. */
export interface QueryRule<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly { readonly message: string }[] } };
}

type QueryRules = Readonly<Record<string, QueryRule<unknown>>>;
type ValueOf<Rule> = Rule extends QueryRule<infer T> ? T : never;
type OptionalName<Rules> = {
  [Name in keyof Rules]: undefined extends ValueOf<Rules[Name]> ? Name : never;
}[keyof Rules];

/** The values of the parameters, without optional ones that are missing. */
export type QueryValues<Rules> = {
  readonly [Name in OptionalName<Rules>]?: Exclude<ValueOf<Rules[Name]>, undefined>;
} & { readonly [Name in Exclude<keyof Rules, OptionalName<Rules>>]: ValueOf<Rules[Name]> };

/** A rule for a required text, without zod. Its message continues after the parameter's name. */
export function textRule(holds: (text: string) => boolean, message: string): QueryRule<string> {
  return {
    safeParse: (value) =>
      typeof value === 'string' && holds(value)
        ? { success: true, data: value }
        : { success: false, error: { issues: [{ message }] } },
  };
}

/** Applies a rule to a text; digits are also tried as a number. */
function parse<T>(rule: QueryRule<T>, text: string): ReturnType<QueryRule<T>['safeParse']> {
  const asText = rule.safeParse(text);
  return !asText.success && /^\d{1,15}$/.test(text) ? rule.safeParse(Number(text)) : asText;
}

/**
 * Reads query parameters by their rules, or returns the problem, with an issue for each that breaks one. Unknown
 * parameters are refused, since a misspelt filter would show everything; `others: 'ignore'` lets them pass.
 */
export function readQuery<const Rules extends QueryRules>(
  query: Readonly<Record<string, readonly string[] | undefined>>,
  rules: Rules,
  options: { readonly others?: 'ignore' } = {},
):
  | { readonly success: true; readonly values: QueryValues<Rules> }
  | { readonly success: false; readonly problem: Problem } {
  const values: Record<string, unknown> = {};
  const issues: Issue[] = [];
  const refuse = (name: string, code: string, message: string) =>
    issues.push({ path: [name], code, message: `${name} ${message}` });
  for (const name of options.others === 'ignore' ? [] : Object.keys(query)) {
    if (!Object.hasOwn(rules, name)) refuse(name, 'unknown_key', 'is not a parameter of this call');
  }
  for (const [name, rule] of Object.entries(rules)) {
    const [text, ...repeated] = query[name] ?? [];
    const parsed = text === undefined ? rule.safeParse(undefined) : parse(rule, text);
    if (repeated.length > 0) refuse(name, 'repeated', 'must be given once');
    else if (parsed.success) {
      if (parsed.data !== undefined) values[name] = parsed.data;
    } else if (text === undefined) refuse(name, 'required', 'is required');
    else refuse(name, 'wrong_format', parsed.error.issues[0]?.message ?? 'breaks a rule');
  }
  return issues.length === 0
    ? { success: true, values: values as QueryValues<Rules> }
    : { success: false, problem: rejection('ParameterRejected', issues) };
}
