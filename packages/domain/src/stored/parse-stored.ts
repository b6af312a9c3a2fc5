import * as z from 'zod/mini';
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import { invoiceOf } from '../invoice/invoice.ts';
import { InvoiceKeyRejected, parseInvoiceKey } from '../invoice/invoice-key.ts';
import type { Notification } from '../notification/notification.ts';
import { identifierPattern } from '../order/fields.ts';
import type { PlacedOrder } from '../pricing/placed-order.ts';

/**
 * A stored value that cannot be what the domain once made: the message names each field and its rule. Rules of the menu are
 * not among them, since an order outlives the menu that it was placed from.
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
 * Reads a placed order back, as JSON holds it. Unknown fields are left out.
 *
 * @throws StoredValueRejected
 */
export const parsePlacedOrder = (value: unknown): PlacedOrder => parse(placedOrder, value);

/**
 * Reads an invoice line back. A line written before lines had a currency takes that of its invoice.
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
 * Reads an invoice back and adds it up anew. Lines written before they had a currency take that of the invoice.
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
 * Reads a notification back.
 *
 * @throws StoredValueRejected
 */
export const parseNotification = (value: unknown): Notification => parse(notification, value);
