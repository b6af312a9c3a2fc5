export type { InvoicePage, InvoicePageOptions, InvoiceSummary } from './invoice-page.ts';
export type { OrderPage, OrderPageOptions, OrderPosition } from './order-page.ts';
export type { Row } from './protocol.ts';
export { SqliteDatabase } from './sqlite-database.ts';
export { SqliteInvoiceLinks, type SqliteInvoiceLinksOptions } from './sqlite-invoice-links.ts';
export { SqliteInvoicePages } from './sqlite-invoice-pages.ts';
export { SqliteInvoiceStore } from './sqlite-invoice-store.ts';
export {
  type ArrivedMail,
  type Mail,
  type MailPage,
  SqliteMailbox,
  type SqliteMailboxOptions,
} from './sqlite-mailbox.ts';
export { SqliteNotificationLog } from './sqlite-notification-log.ts';
export { SqliteOrderRepository } from './sqlite-order-repository.ts';
