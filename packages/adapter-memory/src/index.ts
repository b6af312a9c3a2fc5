export { MemoryInvoiceLinks, type MemoryInvoiceLinksOptions } from './memory-invoice-links.ts';
export { MemoryInvoiceStore } from './memory-invoice-store.ts';
export { type Mail, type MailPage, MemoryMailbox } from './memory-mailbox.ts';
export { MemoryNotificationLog } from './memory-notification-log.ts';
export { MemoryOrderRepository } from './memory-order-repository.ts';
export { type Fault, Faults, slow, unavailableAfter, unavailableBefore, withFaults } from './with-faults.ts';
