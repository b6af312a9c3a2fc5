import * as z from 'zod/mini';

/** What stands beside a schema in the document. An `id` makes it one of the named schemas. */
export interface SchemaNotes {
  readonly id?: string;
  readonly description?: string;
  readonly format?: string;
}

/** The notes of every schema of the document. */
export const schemaRegistry = z.registry<SchemaNotes>();

/** Gives a schema notes; an id when others refer to it. */
export function noted<Schema extends z.core.$ZodType>(schema: Schema, notes: SchemaNotes): Schema {
  schemaRegistry.add<z.core.$ZodType>(schema, notes);
  return schema;
}

/**
 * The reference to a named schema.
 *
 * @throws Error when it has no id.
 */
export function reference(schema: z.core.$ZodType): { readonly $ref: string } {
  const id = schemaRegistry.get(schema)?.id;
  if (id === undefined) throw new Error('a schema without an id cannot be referred to');
  return { $ref: `#/components/schemas/${id}` };
}
