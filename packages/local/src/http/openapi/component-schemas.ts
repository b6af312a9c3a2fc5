import type { Menu } from '@coffee/domain';
import { orderJsonSchema } from '@coffee/domain';
import * as z from 'zod/mini';
import { order } from './order-schemas.ts';
import { schemaRegistry } from './schema-registry.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const idOf = (schema: z.core.$ZodType) => schemaRegistry.get(schema)?.id ?? '';

/** The JSON Schema of an order of this menu, in the dialect of OpenAPI 3.1. */
export function orderSchema(menu: Menu): JsonSchema & { readonly properties: Readonly<Record<string, JsonSchema>> } {
  const { $schema: _dialect, ...schema } = orderJsonSchema({ menu, target: 'draft-2020-12' });
  return schema as ReturnType<typeof orderSchema>;
}

/** The named schemas of the document: those of the answers, and of an order of this menu. */
export function componentSchemas(menu: Menu): Readonly<Record<string, JsonSchema>> {
  const { schemas } = z.toJSONSchema(schemaRegistry, {
    metadata: schemaRegistry,
    target: 'draft-2020-12',
    io: 'input', // answers may get more members, and a client has to bear them
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // That a whole number is one of JavaScript's goes without saying.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const named = Object.entries(schemas).map(
    ([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema] as const,
  );
  return {
    ...Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1))),
    [idOf(order)]: { description: 'A coffee, and who orders it where and when.', ...orderSchema(menu) },
  };
}
