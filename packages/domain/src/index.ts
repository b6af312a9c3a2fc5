export {
  addLine,
  assertLineBelongs,
  buildInvoiceKey,
  emptyInvoice,
  type Invoice,
  type InvoiceKey,
  InvoiceKeyRejected,
  type InvoiceLine,
  InvoiceLineRejected,
  type InvoicePeriod,
  type InvoiceTotal,
  invoiceKeyOf,
  invoiceOf,
  invoicePeriod,
  isSameLine,
  parseInvoiceKey,
  totalsOf,
} from './invoice/invoice.ts';
export {
  composeNotification,
  defaultNotificationText,
  type Notification,
  type NotificationText,
} from './notification/notification.ts';
export { compareAccepted, identifierRule, isIdentifier, isOrderDate } from './order/fields.ts';
export {
  type JsonSchemaTarget,
  type Order,
  type OrderSchema,
  orderJsonSchema,
  orderSchema,
} from './order/order-schema.ts';
export {
  issueLimit,
  type OrderIssue,
  type OrderIssueCode,
  OrderRejected,
  type OrderResult,
  parseOrder,
  safeParseOrder,
} from './order/parse-order.ts';
export { exampleCities, orderDateOf, randomOrder } from './order/random-order.ts';
export { defaultMenu } from './pricing/default-menu.ts';
export {
  type DefinedMenu,
  defineMenu,
  type Menu,
  type MenuIssue,
  MenuRejected,
  type MenuSize,
  parseMenu,
} from './pricing/menu.ts';
export { decimalPlacesOf, formatMoney, type MinorUnits, parseMoney } from './pricing/money.ts';
export {
  invoiceLineOf,
  isSamePlacedOrder,
  mayPlace,
  OrderForbidden,
  type PlacedOrder,
  placeOrder,
  priceOrder,
  toInstant,
} from './pricing/placed-order.ts';
export {
  bearerOf,
  type CallerClaims,
  type ClaimNames,
  defaultClaimNames,
  mayOperate,
  mayReadInvoice,
  mayReadOrder,
  type Principal,
  principalOf,
  principalSchema,
} from './principal/principal.ts';
export {
  parseInvoice,
  parseInvoiceLine,
  parseNotification,
  parsePlacedOrder,
  parsePrincipal,
  StoredValueRejected,
} from './stored/parse-stored.ts';
