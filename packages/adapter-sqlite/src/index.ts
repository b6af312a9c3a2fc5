export type { Row } from './protocol.ts';
export { SqliteDatabase } from './sqlite-database.ts';
export { SqliteInvoiceLinks, type SqliteInvoiceLinksOptions } from './sqlite-invoice-links.ts';
export { SqliteInvoiceStore } from './sqlite-invoice-store.ts';
export { type Mail, type MailPage, SqliteMailbox } from './sqlite-mailbox.ts';
export { SqliteNotificationLog } from './sqlite-notification-log.ts';
export { SqliteOrderRepository } from './sqlite-order-repository.ts';
