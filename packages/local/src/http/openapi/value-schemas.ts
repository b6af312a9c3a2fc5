import * as z from 'zod/mini';
import { noted } from './schema-registry.ts';

/** What an execution may be called, so also an `Idempotency-Key`. */
export const executionName = '^[0-9A-Za-z_-]{1,80}$';

export const orderId = noted(z.string().check(z.regex(new RegExp(executionName))), {
  description: 'The name of the execution that handles the order: its Idempotency-Key, or a UUID of version 7.',
});

export const account = noted(z.string(), { description: 'The `accountid` of the order.' });

export const money = (description: string) =>
  noted(z.string().check(z.regex(/^\d+\.\d\d$/)), { description: `${description}, a decimal string with two places.` });

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

/** Of a page of what is numbered in the order of arrival. */
export const nextNumber = z.optional(noted(z.int(), nextNote));

/** Of any other page. */
export const nextText = z.optional(noted(z.string(), nextNote));
