export type { IssuerOptions } from './composition/oidc-module.ts';
export { type InvoiceOpener, localTokens } from './composition/tokens.ts';
export type { SmtpOptions, SmtpTimeouts } from './mail/smtp-notifier.ts';
export { type LocalOptions, type LocalSystem, startLocal } from './start-local.ts';
