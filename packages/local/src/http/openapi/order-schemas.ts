import * as z from 'zod/mini';
import { noted } from './schema-registry.ts';
import { account, currency, money, nextText, objectKey, orderId, period, seconds, time } from './value-schemas.ts';

/** Holds the place of the order's own schema, which `@coffee/domain` generates for a menu. */
export const order = noted(z.unknown(), { id: 'Order' });

export const orderRequest = noted(z.strictObject({ order }), {
  id: 'OrderRequest',
  description: 'The body of `POST /order`, at most 262144 bytes.',
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
  z.object({ orderid: orderId, acceptedAt: time('When the execution started'), order, amount: money('What it costs') }),
  { id: 'InvoiceLine', description: 'One order on an invoice.' },
);

export const invoice = noted(
  z.object({
    objectKey,
    accountid: account,
    period,
    currency,
    lines: z.array(invoiceLine),
    total: money('The sum of the amounts'),
  }),
  { id: 'Invoice', description: 'An invoice of an account and month, its lines in the order of their acceptance.' },
);

const invoiceSummary = noted(
  z.object({
    objectKey,
    accountid: account,
    period,
    currency,
    lineCount: z.int(),
    total: money('The sum of the amounts'),
  }),
  { id: 'InvoiceSummary', description: 'An invoice without its lines.' },
);

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
