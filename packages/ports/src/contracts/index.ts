export {
  type InvoiceLinksHarness,
  type InvoiceLinksManifest,
  type InvoiceLinksOptions,
  invoiceLinksContract,
  type OpenedLink,
} from './invoice-links-contract.ts';
export { type InvoiceStoreHarness, type InvoiceStoreManifest, invoiceStoreContract } from './invoice-store-contract.ts';
export type { Harness, Limits, Manifest } from './manifest.ts';
export {
  type NotificationLogHarness,
  type NotificationLogManifest,
  type NotificationLogOptions,
  notificationLogContract,
} from './notification-log-contract.ts';
export { type NotifierHarness, type NotifierManifest, notifierContract } from './notifier-contract.ts';
export {
  type OrderRepositoryHarness,
  type OrderRepositoryManifest,
  orderRepositoryContract,
} from './order-repository-contract.ts';
