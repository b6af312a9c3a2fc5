import type { Parameter } from './operation.ts';
import { executionName } from './value-schemas.ts';

export const orderIdInPath: Parameter = {
  name: 'orderid',
  in: 'path',
  required: true,
  description: 'The id that `POST /order` answered.',
  schema: { type: 'string', pattern: executionName },
};

export const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Becomes the id of the order, so that sending the request again places no second order.',
  schema: { type: 'string', pattern: executionName },
};

export const limit: Parameter = {
  name: 'limit',
  in: 'query',
  description: 'The most that a page holds.',
  schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
};

/** Where a page goes on. */
export const before = (schema: Parameter['schema']): Parameter => ({
  name: 'before',
  in: 'query',
  description: 'The `next` of the page before.',
  schema,
});

/** The parameters of a list of what is numbered in the order of arrival. */
export const numberedPages = [limit, before({ type: 'integer', minimum: 0, maximum: 999_999_999_999_999 })] as const;

/** A key of an invoice, the year 1 to 9999; its account is written as that of an order. */
export const objectKeySchema = (account: Parameter['schema'] = {}): Parameter['schema'] => {
  const year = '(?:[1-9]\\d{3}|0[1-9]\\d{2}|00[1-9]\\d|000[1-9])';
  return { type: 'string', pattern: `^${year}/(?:[1-9]|1[0-2])/${String(account.pattern).replace(/^\^/, '')}` };
};
