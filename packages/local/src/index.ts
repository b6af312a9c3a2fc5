export {
  type InvoiceOpener,
  type InvoicePages,
  localTokens,
  type Mailbox,
  type OrderPages,
} from './composition/tokens.ts';
export type {
  Execution,
  ExecutionCounts,
  ExecutionEnd,
  ExecutionPage,
  ExecutionStatus,
  HistoryEvent,
} from './engine/execution.ts';
export type { Executions } from './engine/executions.ts';
export type { SmtpOptions } from './mail/smtp-notifier.ts';
export { type LocalOptions, type LocalSystem, startLocal } from './start-local.ts';
