import { orderJsonSchema } from '@coffee/domain';

type Schema = Record<string, unknown>;

/**
 * The body of `POST /order` as an API Gateway model (JSON Schema draft 4): exactly `{ "order": … }`.
 *
 * It refuses nothing that the domain accepts. Whether the validator of API Gateway counts an emoji as one character or
 * two is not documented, so the length of `city` is left to `task_put_item`, with a bound that either count keeps.
 */
export function orderRequestModel(): Schema {
  const { $schema, ...order } = orderJsonSchema({ target: 'draft-4' });
  const properties = order.properties as Schema;
  const { pattern } = properties.city as { pattern: string };
  const city = { type: 'string', maxLength: 200, pattern: pattern.replace('{0,98}', '*') };
  return {
    $schema,
    title: 'OrderRequest',
    type: 'object',
    properties: { order: { ...order, properties: { ...properties, city } } },
    required: ['order'],
    additionalProperties: false,
  };
}
