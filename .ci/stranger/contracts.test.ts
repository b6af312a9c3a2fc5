import * as contracts from '@coffee/ports/contracts';
import { ownExecutions, ownInvoices, ownLinks, ownMailbox, ownNotificationLog, ownOrders } from './own-adapters.ts';
import { ownAuthenticator } from './own-authenticator.ts';
import { runner } from './runner.ts';

// Our own adapters on every suite.

const about = { adapter: 'of our own', deviations: { unavailable: 'a map is always there' } };
const dispose = () => {};

const withOrders = async () => {
  const orders = ownOrders();
  return { orders, list: orders, dispose };
};
const withInvoices = async () => {
  const invoices = ownInvoices();
  return { invoices, list: invoices, dispose };
};
const withLinks = async ({ clock }: contracts.InvoiceLinksOptions) => {
  const invoices = ownInvoices();
  const { link, open } = ownLinks(invoices, clock);
  return { links: { link }, invoices, open, dispose };
};
const withMailbox = async () => {
  const mailbox = ownMailbox();
  const received = async () => {
    const { mails } = await mailbox.page({ limit: 1_000 });
    return mails.map(({ sentAt: _sentAt, sequence: _sequence, ...notification }) => notification);
  };
  return { notifier: mailbox, mailbox, received, dispose };
};
const withLog = async ({ clock, leaseMilliseconds }: contracts.NotificationLogOptions) => ({
  log: ownNotificationLog(clock, leaseMilliseconds),
  dispose,
});
const withExecutions = async () => ({ executions: ownExecutions(), dispose });

const withAuthenticator = async ({ clock }: contracts.AuthenticatorOptions) => {
  const authenticator = ownAuthenticator(clock);
  const spans: Partial<Record<contracts.TokenFlaw, readonly [from: number, until: number]>> = {
    expired: [-120_000, -60_000],
    'not-yet-valid': [60_000, 120_000],
  };
  const issue: contracts.AuthenticatorHarness['issue'] = async (claims, flaw) => {
    const [from, until] = flaw === undefined ? [0, 3_600_000] : (spans[flaw] ?? [0, 0]);
    return authenticator.issue(claims, clock() + from, clock() + until);
  };
  return { authenticator, issue, rotate: async () => authenticator.revokeAll(), dispose };
};

/** A suite that is left out does not compile. */
const suites: Readonly<Record<keyof typeof contracts, () => void>> = {
  orderRepositoryContract: () => contracts.orderRepositoryContract({ ...about, create: withOrders }, runner),
  orderListContract: () => contracts.orderListContract({ ...about, create: withOrders }, runner),
  invoiceStoreContract: () => contracts.invoiceStoreContract({ ...about, create: withInvoices }, runner),
  invoiceListContract: () => contracts.invoiceListContract({ ...about, create: withInvoices }, runner),
  invoiceLinksContract: () => contracts.invoiceLinksContract({ ...about, create: withLinks }, runner),
  notifierContract: () => contracts.notifierContract({ ...about, create: withMailbox }, runner),
  mailboxContract: () => contracts.mailboxContract({ ...about, create: withMailbox }, runner),
  notificationLogContract: () => contracts.notificationLogContract({ ...about, create: withLog }, runner),
  authenticatorContract: () => contracts.authenticatorContract({ ...about, create: withAuthenticator }, runner),
  executionsContract: () => contracts.executionsContract({ ...about, create: withExecutions }, runner),
};
for (const suite of Object.values(suites)) suite();
