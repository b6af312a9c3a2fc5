export { MemoryAuthenticator, type TokenValidity } from './memory-authenticator.ts';
export { MemoryExecutions } from './memory-executions.ts';
export { MemoryInvoiceLinks, type MemoryInvoiceLinksOptions } from './memory-invoice-links.ts';
export { MemoryInvoiceStore } from './memory-invoice-store.ts';
export { MemoryMailbox, type MemoryMailboxOptions } from './memory-mailbox.ts';
export { MemoryNotificationLog, type MemoryNotificationLogOptions } from './memory-notification-log.ts';
export { MemoryOrderRepository } from './memory-order-repository.ts';
