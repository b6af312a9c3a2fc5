import type { SqliteDatabase } from '@coffee/adapter-sqlite';
import type { ArrivedMail } from '@coffee/ports';
import { SqliteInvoiceLinks, SqliteInvoicePages, SqliteInvoiceStore, SqliteMailbox, SqliteNotificationLog, SqliteOrderRepository } from '@coffee/adapter-sqlite';
import { defaultMenu } from '@coffee/domain';
import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import { SqliteExecutions } from '../engine/sqlite-executions.ts';
import { localTokens } from './tokens.ts';

/** Binds every port, and what the embedded runtime adds, to one SQLite database. */
export function sqliteModule(
  database: SqliteDatabase,
  baseUrl: () => string,
  onMail: (mail: ArrivedMail) => void,
): ContainerModule {
  return new ContainerModule(({ bind }) => {
    const { currency } = defaultMenu;
    const orders = new SqliteOrderRepository(database);
    const invoices = new SqliteInvoiceStore(database, { currency });
    const links = new SqliteInvoiceLinks(database, { invoices, baseUrl });
    const mailbox = new SqliteMailbox(database, { onMail });
    bind(tokens.orderRepository).toConstantValue(orders);
    bind(tokens.invoiceStore).toConstantValue(invoices);
    bind(tokens.invoiceLinks).toConstantValue(links);
    bind(tokens.notifier).toConstantValue(mailbox);
    bind(tokens.notificationLog).toConstantValue(new SqliteNotificationLog(database));
    bind(localTokens.executions).toConstantValue(new SqliteExecutions(database));
    bind(localTokens.mailbox).toConstantValue(mailbox);
    bind(localTokens.invoiceOpener).toConstantValue(links);
    bind(localTokens.orderPages).toConstantValue(orders);
    bind(localTokens.invoicePages).toConstantValue(new SqliteInvoicePages(database, { currency }));
  });
}
