import type { Invoice, InvoiceLine } from '@coffee/domain';
import type { Authenticator, Executions, InvoiceList, Mailbox, OrderList } from '@coffee/ports';
import type { ServiceIdentifier } from 'inversify';

/** An invoice whose lines may come in slices, so that a long one is never in memory as a whole. */
export interface OpenedInvoice extends Omit<Invoice, 'lines'> {
  readonly lines: readonly InvoiceLine[] | AsyncIterable<readonly InvoiceLine[]>;
}

/** Serves what an invoice link leads to. */
export interface InvoiceOpener {
  open(url: string): Promise<OpenedInvoice | undefined>;
}

/** What the embedded runtime needs from a store besides the ports of the functions. */
export const localTokens = {
  executions: Symbol.for('@coffee/ports/Executions') as ServiceIdentifier<Executions>,
  mailbox: Symbol.for('@coffee/ports/Mailbox') as ServiceIdentifier<Mailbox>,
  orderList: Symbol.for('@coffee/ports/OrderList') as ServiceIdentifier<OrderList>,
  invoiceList: Symbol.for('@coffee/ports/InvoiceList') as ServiceIdentifier<InvoiceList>,
  /** Left unbound, the system is open. */
  authenticator: Symbol.for('@coffee/ports/Authenticator') as ServiceIdentifier<Authenticator>,
  invoiceOpener: Symbol.for('@coffee/local/InvoiceOpener') as ServiceIdentifier<InvoiceOpener>,
} as const;
