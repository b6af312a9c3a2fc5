type Schema = Readonly<Record<string, unknown>>;
type Keyword = (rule: unknown, value: unknown, schema: Schema) => boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const types: Record<string, (value: unknown) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
};
const known = (schema: Schema) => Object.keys(schema.properties ?? {});

const keywords: Record<string, Keyword> = {
  $schema: () => true,
  type: (rule, value) => types[rule as string]?.(value) ?? false,
  enum: (rule, value) => (rule as unknown[]).includes(value),
  pattern: (rule, value) => typeof value !== 'string' || new RegExp(rule as string, 'u').test(value),
  minimum: (rule, value) => typeof value !== 'number' || value >= (rule as number),
  maximum: (rule, value) => typeof value !== 'number' || value <= (rule as number),
  minItems: (rule, value) => !Array.isArray(value) || value.length >= (rule as number),
  maxItems: (rule, value) => !Array.isArray(value) || value.length <= (rule as number),
  items: (rule, value) => !Array.isArray(value) || value.every((item) => schemaAccepts(rule as Schema, item)),
  required: (rule, value) => !isObject(value) || (rule as string[]).every((key) => Object.hasOwn(value, key)),
  properties: (rule, value) =>
    !isObject(value) ||
    Object.entries(rule as Record<string, Schema>).every(
      ([key, schema]) => !Object.hasOwn(value, key) || schemaAccepts(schema, value[key]),
    ),
  additionalProperties: (rule, value, schema) =>
    rule === false && (!isObject(value) || Object.keys(value).every((key) => known(schema).includes(key))),
  anyOf: (rule, value) => (rule as Schema[]).some((option) => schemaAccepts(option, value)),
  oneOf: (rule, value) => (rule as Schema[]).filter((option) => schemaAccepts(option, value)).length === 1,
};

/** Whether a draft-4 schema accepts a value: the keywords that an order's schema uses, and an error for any other. */
export function schemaAccepts(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    const check = keywords[keyword];
    if (check === undefined) throw new Error(`keyword ${keyword} is not known here`);
    return check(rule, value, schema);
  });
}
