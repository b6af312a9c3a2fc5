export type { Clock } from './clock.ts';
export { Conflict, isConflict, isUnavailable, Unavailable } from './errors.ts';
export type { InvoiceLink, InvoiceLinks } from './invoice-links.ts';
export type { InvoiceStore } from './invoice-store.ts';
export type { BeginOutcome, NotificationLog } from './notification-log.ts';
export type { Notifier } from './notifier.ts';
export type { OrderRepository, PutOutcome } from './order-repository.ts';
