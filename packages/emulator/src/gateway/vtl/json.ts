import { JavaDouble } from './java-double.ts';
import { TemplateError } from './template-error.ts';
import type { Value } from './value.ts';

/**
 * Parses JSON as Java does: `4.0` stays a double, whole numbers of any size keep their digits.
 *
 * @throws TemplateError when the text is not JSON.
 */
export function parseJson(text: string, what: string): Value {
  try {
    return JSON.parse(text, revive) as Value;
  } catch (error) {
    throw new TemplateError(`${what} is not JSON: what API Gateway makes of it is not known`, { cause: error });
  }
}

/** The third argument is in the language since ES2026; the types do not know it yet. */
function revive(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === 'number') {
    const source = context?.source ?? String(value);
    if (/[.eE]/.test(source)) return new JavaDouble(value);
    return Number.isSafeInteger(value) ? value + 0 : BigInt(source);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (value instanceof JavaDouble || value instanceof Map) return value;
  return new Map(Object.entries(value));
}

/** JSON text without white space. API Gateway may escape more characters; the value is the same. */
export function toJson(value: Value, what: string): string {
  if (value === null || typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => toJson(item, what)).join(',')}]`;
  if (value instanceof Map) {
    const members = [...value].map(([key, item]) => `${JSON.stringify(key)}:${toJson(item, what)}`);
    return `{${members.join(',')}}`;
  }
  if (value instanceof JavaDouble || typeof value !== 'object') return String(value);
  throw new TemplateError(`${what} has no JSON`);
}
