export type { Row } from './protocol.ts';
export { SqliteDatabase } from './sqlite-database.ts';
export { SqliteExecutions } from './sqlite-executions.ts';
export { SqliteInvoiceLinks, type SqliteInvoiceLinksOptions } from './sqlite-invoice-links.ts';
export { SqliteInvoiceList } from './sqlite-invoice-list.ts';
export { SqliteInvoiceStore } from './sqlite-invoice-store.ts';
export { SqliteMailbox, type SqliteMailboxOptions } from './sqlite-mailbox.ts';
export { SqliteNotificationLog, type SqliteNotificationLogOptions } from './sqlite-notification-log.ts';
export { SqliteOrderRepository } from './sqlite-order-repository.ts';
