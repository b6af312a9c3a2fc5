import type { InvoicePage, InvoiceQuery, MailPage, OrderPage, OrderQuery } from '@coffee/ports';
import type { Invoice } from '@coffee/domain';
import type { ServiceIdentifier } from 'inversify';
import type { Executions } from '../engine/executions.ts';

/** Reads what the notifier's mailbox has received. */
export interface Mailbox {
  mails(options: { readonly limit?: number; readonly before?: number; readonly orderid?: string }): Promise<MailPage>;
}

/** Serves what an invoice link leads to. */
export interface InvoiceOpener {
  open(url: string): Promise<Invoice | undefined>;
}

/** Browses the orders. */
export interface OrderPages {
  page(options: OrderQuery): Promise<OrderPage>;
}

/** Browses the invoices. */
export interface InvoicePages {
  page(options: InvoiceQuery): Promise<InvoicePage>;
}

/** What the embedded runtime needs of a store beyond the five ports. */
export const localTokens = {
  executions: Symbol.for('@coffee/local/Executions') as ServiceIdentifier<Executions>,
  mailbox: Symbol.for('@coffee/local/Mailbox') as ServiceIdentifier<Mailbox>,
  invoiceOpener: Symbol.for('@coffee/local/InvoiceOpener') as ServiceIdentifier<InvoiceOpener>,
  orderPages: Symbol.for('@coffee/local/OrderPages') as ServiceIdentifier<OrderPages>,
  invoicePages: Symbol.for('@coffee/local/InvoicePages') as ServiceIdentifier<InvoicePages>,
} as const;
