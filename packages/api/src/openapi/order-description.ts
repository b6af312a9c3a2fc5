import type { Menu } from '@coffee/domain';
import { orderJsonSchema } from '@coffee/domain';

type Json = Record<string, unknown>;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Generators of clients cannot write an enum of numbers and texts: it becomes one schema of each. */
function split(values: readonly (string | number)[]): Json {
  const texts = values.filter((value) => typeof value === 'string');
  const numbers = values.filter((value) => typeof value === 'number');
  return {
    oneOf: [
      { type: 'string', pattern: `^(?:${texts.map(escape).join('|')})$` },
      ...numbers.map((number) => ({ type: 'number', minimum: number, maximum: number })),
    ],
  };
}

function rewrite(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(rewrite);
  if (typeof schema !== 'object' || schema === null) return schema;
  const rewritten = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, rewrite(value)]));
  const { enum: values, type: _type, ...others } = rewritten as { enum?: (string | number)[]; type?: unknown } & Json;
  const isMixed = values !== undefined && new Set(values.map((value) => typeof value)).size > 1;
  return isMixed ? { ...others, ...split(values) } : rewritten;
}

/** The JSON Schema of an order of this menu, in the dialect of OpenAPI 3.1 and the words that generators know. */
export function orderDescription(menu: Menu): Json {
  const { $schema: _dialect, ...schema } = orderJsonSchema({ menu, target: 'draft-2020-12' });
  return { description: 'A coffee, and who orders it where and when.', ...(rewrite(schema) as Json) };
}
