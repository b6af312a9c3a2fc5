import type { Order } from '@coffee/domain';
import * as z from 'zod/mini';
import { account, currency, money, nextText, noted, objectKey, orderId, period, seconds, time } from './values.ts';

/** A placeholder for the order, whose schema is the domain's and depends on the menu. */
export const order = noted(z.unknown() as z.ZodMiniType<Order>, {
  id: 'Order',
  description: 'A coffee, and who orders it where and when.',
});

/** The body of `POST /prod/order`. */
export const orderRequest = noted(z.strictObject({ order }), {
  id: 'OrderRequest',
  description: 'The body of `POST /prod/order`, at most 262144 bytes.',
});

export const acceptedOrder = noted(
  z.object({
    orderid: orderId,
    executionArn: noted(z.string(), { description: 'The name of the execution as Step Functions writes it.' }),
    startDate: seconds('When the execution started'),
  }),
  { id: 'AcceptedOrder', description: 'An order that is stored and on its way.' },
);

export const placedOrder = noted(
  z.object({
    orderid: orderId,
    acceptedAt: time('When the execution started'),
    order,
    total: money('What the order costs'),
    currency,
    invoice: objectKey,
  }),
  { id: 'PlacedOrder', description: 'An accepted order: the order as it was sent, and what it costs.' },
);

export const orderPage = noted(z.object({ orders: z.array(placedOrder), next: nextText }), {
  id: 'OrderPage',
  description: 'Orders, newest first.',
});

export const invoiceLink = noted(
  z.object({
    objectKey,
    url: noted(z.string(), { format: 'uri', description: 'Anyone can GET it until it expires.' }),
    expiresAt: time('When the link expires'),
  }),
  { id: 'InvoiceLink', description: 'A signed link to an invoice.' },
);

const invoiceLine = noted(
  z.object({
    orderid: orderId,
    acceptedAt: time('When the execution started'),
    order,
    amount: money('What it costs'),
    currency,
  }),
  { id: 'InvoiceLine', description: 'One order on an invoice.' },
);

const head = {
  objectKey,
  accountid: account,
  period,
};

const totals = noted(
  z.array(
    noted(z.object({ currency, total: money('The sum of the amounts in this currency') }), {
      id: 'InvoiceTotal',
      description: 'The sum of the lines in one currency.',
    }),
  ),
  { description: 'A total for each currency, sorted by currency.' },
);

export const invoice = noted(z.object({ ...head, lines: z.array(invoiceLine), totals }), {
  id: 'Invoice',
  description: 'An invoice of an account and month, its lines in the order of their acceptance.',
});

const invoiceSummary = noted(z.object({ ...head, lineCount: z.int(), totals }), {
  id: 'InvoiceSummary',
  description: 'An invoice without its lines.',
});

export const invoicePage = noted(z.object({ invoices: z.array(invoiceSummary), next: nextText }), {
  id: 'InvoicePage',
  description: 'Invoices, the newest month first, then by account.',
});

export const menu = noted(
  z.object({
    currency,
    coffeetypes: z.array(z.string()),
    coffeesizes: z.array(z.object({ coffeesize: z.string(), unitprice: money('The list price of the size') })),
  }),
  { id: 'Menu', description: 'What can be ordered, and what it costs.' },
);

export type AcceptedOrder = z.infer<typeof acceptedOrder>;
export type OrderPage = z.infer<typeof orderPage>;
export type InvoiceLink = z.infer<typeof invoiceLink>;
export type InvoiceSummary = z.infer<typeof invoiceSummary>;
export type InvoicePage = z.infer<typeof invoicePage>;
