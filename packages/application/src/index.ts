export { AnnounceOrder } from './announce-order/announce-order.ts';
export { NotificationInProgress, OncePerOrder, type OncePerOrderOptions } from './announce-order/once-per-order.ts';
export { FindOrder, OrderNotFound } from './find-order/find-order.ts';
export { IssueInvoiceLine } from './issue-invoice-line/issue-invoice-line.ts';
export { InvoiceNotFound, LinkInvoice } from './link-invoice/link-invoice.ts';
export { PlaceOrder, type PlaceOrderCommand } from './place-order/place-order.ts';
