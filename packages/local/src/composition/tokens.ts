import type { Invoice } from '@coffee/domain';
import type { Executions, InvoiceList, Mailbox, OrderList } from '@coffee/ports';
import type { ServiceIdentifier } from 'inversify';

/** Serves what an invoice link leads to. */
export interface InvoiceOpener {
  open(url: string): Promise<Invoice | undefined>;
}

/** What the embedded runtime needs from a store besides the ports of the functions. */
export const localTokens = {
  executions: Symbol.for('@coffee/ports/Executions') as ServiceIdentifier<Executions>,
  mailbox: Symbol.for('@coffee/ports/Mailbox') as ServiceIdentifier<Mailbox>,
  orderList: Symbol.for('@coffee/ports/OrderList') as ServiceIdentifier<OrderList>,
  invoiceList: Symbol.for('@coffee/ports/InvoiceList') as ServiceIdentifier<InvoiceList>,
  invoiceOpener: Symbol.for('@coffee/local/InvoiceOpener') as ServiceIdentifier<InvoiceOpener>,
} as const;
