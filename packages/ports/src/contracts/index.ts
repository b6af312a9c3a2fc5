export { type ExecutionsHarness, type ExecutionsManifest, executionsContract } from './executions-contract.ts';
export {
  type InvoiceLinksHarness,
  type InvoiceLinksManifest,
  type InvoiceLinksOptions,
  invoiceLinksContract,
  type OpenedLink,
} from './invoice-links-contract.ts';
export { type InvoiceListHarness, type InvoiceListManifest, invoiceListContract } from './invoice-list-contract.ts';
export { type InvoiceStoreHarness, type InvoiceStoreManifest, invoiceStoreContract } from './invoice-store-contract.ts';
export { type MailboxHarness, type MailboxManifest, mailboxContract } from './mailbox-contract.ts';
export type { Expect, Harness, Limits, Manifest, TestRunner } from './manifest.ts';
export {
  type NotificationLogHarness,
  type NotificationLogManifest,
  type NotificationLogOptions,
  notificationLogContract,
} from './notification-log-contract.ts';
export { type NotifierHarness, type NotifierManifest, notifierContract } from './notifier-contract.ts';
export { type OrderListHarness, type OrderListManifest, orderListContract } from './order-list-contract.ts';
export {
  type OrderRepositoryHarness,
  type OrderRepositoryManifest,
  orderRepositoryContract,
} from './order-repository-contract.ts';
