import { identifierRule } from '@coffee/domain';
import * as z from 'zod/mini';

/** Gives a schema its description in the OpenAPI document; an id makes it a named schema. */
export function noted<Schema extends z.ZodMiniType>(schema: Schema, notes: z.core.GlobalMeta): Schema {
  z.globalRegistry.add<z.ZodMiniType>(schema, notes);
  return schema;
}

/** Valid names of an execution, and so of an `Idempotency-Key`. */
export const executionName = /^[0-9A-Za-z_-]{1,80}$/;

/** An account or vendor id. */
export const identifier = () =>
  z.string(identifierRule).check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, identifierRule));

export const orderId = noted(z.string().check(z.regex(executionName)), {
  description: 'The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7.',
});

export const account = noted(z.string(), { description: 'The `accountid` of the order.' });

export const money = (description: string) =>
  noted(z.string().check(z.regex(/^\d+(?:\.\d+)?$/)), {
    description: `${description}: a decimal string with its currency's decimal places.`,
  });

export const currency = noted(z.string().check(z.regex(/^[A-Z]{3}$/)), { description: 'ISO 4217 code.' });

export const time = (description: string) =>
  noted(z.string(), { format: 'date-time', description: `${description}: UTC, ISO 8601.` });

/** As the Step Functions API writes its dates. */
export const seconds = (description: string) =>
  noted(z.number(), { description: `${description}: seconds since 1970 UTC, with milliseconds.` });

export const objectKey = noted(z.string(), {
  description: '`year/month/accountid`, the month not padded: the month of the order as the customer wrote it.',
});

export const period = z.object({ year: z.int(), month: z.int().check(z.gte(1), z.lte(12)) });

const nextNote = { description: 'The `before` of the next page. Left out on the last one.' };

/** The cursor of lists numbered in order of arrival. */
export const nextNumber = noted(z.optional(z.int()), nextNote);

/** The cursor of other lists. */
export const nextText = noted(z.optional(z.string()), nextNote);
