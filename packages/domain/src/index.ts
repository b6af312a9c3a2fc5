export { defaultMenu } from './default-menu.ts';
export { isIdentifier } from './identifier.ts';
export {
  addLine,
  assertLineBelongs,
  emptyInvoice,
  type Invoice,
  type InvoiceLine,
  InvoiceLineRejected,
  invoiceLineOf,
  invoiceOf,
  isSameLine,
  isSamePlacedOrder,
} from './invoice.ts';
export {
  buildInvoiceKey,
  type InvoiceKey,
  InvoiceKeyRejected,
  type InvoicePeriod,
  invoiceKeyOf,
  invoicePeriod,
  parseInvoiceKey,
} from './invoice-key.ts';
export { defineMenu, type Menu, MenuRejected, type MenuSize } from './menu.ts';
export { type Cents, formatMoney, parseMoney } from './money.ts';
export { composeNotification, type Notification } from './notification.ts';
export type { Order, OrderDetails } from './order.ts';
export { isOrderDate } from './order-date.ts';
export { type JsonSchemaTarget, orderJsonSchema } from './order-json-schema.ts';
export { type OrderIssue, type OrderIssueCode, OrderRejected } from './order-rejected.ts';
export { type OrderResult, parseOrder, safeParseOrder } from './parse-order.ts';
export { compareAccepted, type PlacedOrder, placeOrder } from './placed-order.ts';
export { priceOrder } from './price-order.ts';
