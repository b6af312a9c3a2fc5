import type { InvoiceKey } from '@coffee/domain';
import { parseInvoiceKey } from '@coffee/domain';
import * as z from 'zod/mini';
import { executionStatus } from './schemas/runtime.ts';
import { identifier, noted } from './schemas/values.ts';

/** Gives a parameter its description. */
const parameter = <Schema extends z.ZodMiniType>(schema: Schema, description: string, example?: unknown): Schema =>
  noted(schema, { param: { description, ...(example === undefined ? {} : { example }) } });

const wholeNumber = (from: number, to: number) => {
  const rule = `must be a whole number from ${from} to ${to}`;
  return z.int(rule).check(z.gte(from, rule), z.lte(to, rule));
};

const cursorRule = 'must be the "next" of an earlier page';
const cursorNote = 'The `next` of the page before.';

/** Where a page of orders continues: after the order at this position. */
export interface OrderPosition {
  readonly acceptedAt: string;
  readonly orderid: string;
}

/** The position of an order as `next` and `before`: `acceptedAt~orderid`. */
export const orderCursor = z.codec(
  z.string(cursorRule).check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z~[0-9A-Za-z_-]{1,80}$/, cursorRule)),
  z.object({ acceptedAt: z.string(), orderid: z.string() }),
  {
    decode: (text): OrderPosition => {
      const [acceptedAt = '', orderid = ''] = text.split('~');
      return { acceptedAt, orderid };
    },
    encode: ({ acceptedAt, orderid }) => `${acceptedAt}~${orderid}`,
  },
);

const invoiceKey = /^(?:[1-9]\d{3}|0[1-9]\d{2}|00[1-9]\d|000[1-9])\/(?:[1-9]|1[0-2])\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The key of an invoice as `next` and `before`: its `objectKey`. */
export const invoiceCursor = z.codec(
  z.string(cursorRule).check(z.regex(invoiceKey, cursorRule)),
  z.unknown() as z.ZodMiniType<InvoiceKey, InvoiceKey>,
  { decode: parseInvoiceKey, encode: ({ objectKey }) => objectKey },
);

/** A number in order of arrival as `next` and `before`. */
const numberCursor = z.int(cursorRule).check(z.gte(0, cursorRule), z.lte(999_999_999_999_999, cursorRule));

/** The default length of a page. */
export const defaultLimit = 100;

const limit = parameter(z._default(wholeNumber(1, 1000), defaultLimit), 'The most that a page holds.');
const before = <Schema extends z.ZodMiniType>(cursor: Schema) => parameter(z.optional(cursor), cursorNote);
const only = (name: string) => parameter(z.optional(identifier()), `Only of this \`${name}\`.`);

/** The query parameters of each call, by its operation id. */
export const queries = {
  getOrder: {
    accountid: parameter(identifier(), 'The `accountid` of the order.', 'a0'),
    vendorid: parameter(identifier(), 'The `vendorid` of the order.', 'v0'),
  },
  getInvoice: {
    objectKey: parameter(
      z.string().check(z.regex(invoiceKey)),
      'The `invoice` of an order: year, month (not padded) and account.',
      '2026/11/a0',
    ),
  },
  listOrders: { accountid: only('accountid'), vendorid: only('vendorid'), limit, before: before(orderCursor) },
  listInvoices: {
    year: parameter(z.optional(wholeNumber(1, 9999)), 'Of this year.'),
    month: parameter(z.optional(wholeNumber(1, 12)), 'Of this month, not padded.'),
    accountid: only('accountid'),
    limit,
    before: before(invoiceCursor),
  },
  listMails: {
    orderid: parameter(z.optional(z.string()), 'Only that about this order.'),
    limit,
    before: before(numberCursor),
  },
  listExecutions: {
    status: parameter(z.optional(executionStatus), 'Only with this status.'),
    limit,
    before: before(numberCursor),
  },
} as const;
