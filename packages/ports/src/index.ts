export { abortable, type CallOptions, type Clock } from './call.ts';
export {
  Conflict,
  Damaged,
  isConflict,
  isDamaged,
  isUnavailable,
  NotificationRefused,
  readBack,
  Unavailable,
} from './errors.ts';
export type {
  ClaimedExecutions,
  ClaimQuery,
  Execution,
  ExecutionCounts,
  ExecutionEnd,
  ExecutionPage,
  ExecutionParties,
  ExecutionQuery,
  ExecutionStart,
  ExecutionStatus,
  ExecutionSummary,
  HistoryEvent,
  ParkedExecution,
  ResumePoint,
} from './execution.ts';
export type { Executions } from './executions.ts';
export type { InvoiceLink, InvoiceLinks } from './invoice-links.ts';
export type { InvoiceList, InvoicePage, InvoiceQuery, InvoiceSummary } from './invoice-list.ts';
export type { InvoiceStore } from './invoice-store.ts';
export type { ArrivedMail, Mail, Mailbox, MailPage, MailQuery } from './mailbox.ts';
export type { BeginOutcome, NotificationLog } from './notification-log.ts';
export type { Notifier } from './notifier.ts';
export type { OrderList, OrderPage, OrderPosition, OrderQuery } from './order-list.ts';
export type { OrderRepository, PutOutcome } from './order-repository.ts';
