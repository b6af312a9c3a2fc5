export { FindOrder, OrderNotFound } from './find-order.ts';
export { InvoiceNotFound, LinkInvoice } from './link-invoice.ts';
export { NotificationInProgress, OncePerOrder, type OncePerOrderOptions } from './once-per-order.ts';
export { AnnounceOrder, IssueInvoiceLine, PlaceOrder, type PlaceOrderCommand } from './tasks.ts';
