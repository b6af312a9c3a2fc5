export { type InvoiceOpener, localTokens } from './composition/tokens.ts';
export type { SmtpOptions } from './mail/smtp-module.ts';
export { type LocalOptions, type LocalSystem, startLocal } from './start-local.ts';
