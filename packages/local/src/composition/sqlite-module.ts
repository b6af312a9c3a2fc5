import type { SqliteDatabase } from '@coffee/adapter-sqlite';
import {
  SqliteExecutions,
  SqliteInvoiceLinks,
  SqliteInvoiceList,
  SqliteInvoiceStore,
  SqliteMailbox,
  SqliteNotificationLog,
  SqliteOrderRepository,
} from '@coffee/adapter-sqlite';
import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import type { LiveEvents } from '../engine/live-events.ts';
import { localTokens } from './tokens.ts';

/** Every port in one SQLite database. */
export const sqliteModule = (
  database: SqliteDatabase,
  baseUrl: () => string,
  live: LiveEvents,
  leaseMilliseconds: number,
): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const orders = new SqliteOrderRepository(database);
    const invoices = new SqliteInvoiceStore(database);
    const links = new SqliteInvoiceLinks(database, { invoices, baseUrl });
    const mailbox = new SqliteMailbox(database, live);
    bind(tokens.orderRepository).toConstantValue(orders);
    bind(tokens.invoiceStore).toConstantValue(invoices);
    bind(tokens.invoiceLinks).toConstantValue(links);
    bind(tokens.notifier).toConstantValue(mailbox);
    bind(tokens.notificationLog).toConstantValue(new SqliteNotificationLog(database, { leaseMilliseconds }));
    bind(localTokens.executions).toConstantValue(new SqliteExecutions(database));
    bind(localTokens.mailbox).toConstantValue(mailbox);
    bind(localTokens.orderList).toConstantValue(orders);
    bind(localTokens.invoiceList).toConstantValue(new SqliteInvoiceList(database));
    bind(localTokens.invoiceOpener).toConstantValue({ open: (url) => links.openSlices(url) });
  });
