export type { InvoicePage, InvoicePageOptions, InvoiceSummary } from './invoice-page.ts';
export { MemoryInvoiceLinks, type MemoryInvoiceLinksOptions } from './memory-invoice-links.ts';
export { MemoryInvoiceStore } from './memory-invoice-store.ts';
export {
  type ArrivedMail,
  type Mail,
  type MailPage,
  MemoryMailbox,
  type MemoryMailboxOptions,
} from './memory-mailbox.ts';
export { MemoryNotificationLog } from './memory-notification-log.ts';
export { MemoryOrderRepository } from './memory-order-repository.ts';
export type { OrderPage, OrderPageOptions, OrderPosition } from './order-page.ts';
export {
  type Fault,
  type FaultScript,
  Faults,
  slow,
  unavailableAfter,
  unavailableBefore,
  withFaults,
} from './with-faults.ts';
