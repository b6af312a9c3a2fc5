import * as z from 'zod/mini';
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import { InvoiceKeyRejected, invoiceOf, parseInvoiceKey } from '../invoice/invoice.ts';
import type { Notification } from '../notification/notification.ts';
import { identifierPattern } from '../order/fields.ts';
import type { PlacedOrder } from '../pricing/placed-order.ts';
import type { Principal } from '../principal/principal.ts';
import { principalSchema } from '../principal/principal.ts';

/**
 * The stored value is not one that the domain writes: the message names each field and its rule. The rules of the menu
 * do not apply, since an order outlives the menu it was placed from.
 */
export class StoredValueRejected extends Error {
  override readonly name = 'StoredValueRejected';
  readonly code = 'StoredValueRejected';
}

const identifier = z.string().check(z.regex(identifierPattern));
const text = z.string().check(z.minLength(1));
const amount = z.string().check(z.regex(/^\d{1,16}(\.\d{1,4})?$/));
const currency = z.string().check(z.regex(/^[A-Z]{3}$/));
const order = z.object({
  accountid: identifier,
  vendorid: identifier,
  orderdate: text,
  city: text,
  details: z.object({
    coffeetype: text,
    coffeesize: text,
    unitprice: z.union([z.string(), z.number()]),
    quantity: z.int().check(z.gte(1)),
  }),
  eventtype: z.array(identifier),
});
const placedOrder = z.object({ orderid: text, acceptedAt: text, order, total: amount, currency, invoice: text });
const invoiceLine = z.object({ orderid: text, acceptedAt: text, order, amount, currency: z.optional(currency) });
const invoice = z.object({ objectKey: text, lines: z.array(invoiceLine), currency: z.optional(currency) });
const notification = z.object({
  id: text,
  subject: text,
  text: z.string(),
  attributes: z.object({ eventtype: z.array(z.string()), accountid: identifier, vendorid: identifier }),
});

function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, {
    error: ({ code, expected }) => (code === 'invalid_type' ? `must be of type ${expected}` : 'has the wrong format'),
  });
  if (result.success) return result.data;
  const broken = result.error.issues.map((issue) => `${issue.path.join('.') || 'the value'} ${issue.message}`);
  throw new StoredValueRejected(broken.join('; '));
}

/**
 * Parses a placed order from JSON. Drops unknown fields.
 *
 * @throws StoredValueRejected
 */
export const parsePlacedOrder = (value: unknown): PlacedOrder => parse(placedOrder, value);

/**
 * Parses an invoice line. A line written before lines had a currency takes that of its invoice.
 *
 * @param invoiceCurrency ISO 4217 code, for a line without its own.
 * @throws StoredValueRejected
 */
export function parseInvoiceLine(value: unknown, invoiceCurrency?: string): InvoiceLine {
  const line = parse(invoiceLine, value);
  const own = line.currency ?? invoiceCurrency;
  if (own === undefined) throw new StoredValueRejected('currency is missing');
  return { ...line, currency: own };
}

/**
 * Parses an invoice and adds it up again. Lines written before lines had a currency take that of the invoice.
 *
 * @throws StoredValueRejected
 */
export function parseInvoice(value: unknown): Invoice {
  const { objectKey, lines, currency } = parse(invoice, value);
  try {
    return invoiceOf(
      parseInvoiceKey(objectKey),
      lines.map((line) => parseInvoiceLine(line, currency)),
    );
  } catch (error) {
    if (error instanceof InvoiceKeyRejected || error instanceof RangeError)
      throw new StoredValueRejected(error.message);
    throw error;
  }
}

/**
 * Parses a notification.
 *
 * @throws StoredValueRejected
 */
export const parseNotification = (value: unknown): Notification => parse(notification, value);

/**
 * Parses a caller, as the input of an execution holds it. Refuses unknown kinds and unknown fields.
 *
 * @throws StoredValueRejected
 */
export const parsePrincipal = (value: unknown): Principal => parse(principalSchema, value);
