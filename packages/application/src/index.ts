export { FindOrder, OrderNotFound } from './find-order.ts';
export { InvoiceNotFound, LinkInvoice } from './link-invoice.ts';
export { NotificationInProgress, OncePerOrder, type OncePerOrderOptions } from './once-per-order.ts';
export type { ExecutionInput, PlaceOrderCommand } from './tasks.ts';
export { AnnounceOrder, CallerUnknown, callerPrefix, IssueInvoiceLine, inputOf, orderOf, PlaceOrder } from './tasks.ts';
