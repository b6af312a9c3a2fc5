import * as z from 'zod/mini';
import { defaultMenu } from './default-menu.ts';
import type { Menu } from './menu.ts';
import { orderSchemas } from './order-schema.ts';

/** The dialects an order can be described in. API Gateway models take draft 4. */
export type JsonSchemaTarget = 'draft-4' | 'draft-7' | 'draft-2020-12' | 'openapi-3.0';

/**
 * The JSON Schema of an order for a menu, generated from the one order schema. It refuses a wrong price, an unknown key
 * and a bad id; what a schema cannot say (a real calendar date, well-formed Unicode) only `parseOrder` refuses.
 */
export function orderJsonSchema(
  options: { readonly menu?: Menu; readonly target?: JsonSchemaTarget } = {},
): Record<string, unknown> {
  const { menu = defaultMenu, target = 'draft-2020-12' } = options;
  return { ...z.toJSONSchema(orderSchemas(menu).order, { target }) };
}
