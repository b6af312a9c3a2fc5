import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  executionsContract,
  invoiceLinksContract,
  invoiceListContract,
  invoiceStoreContract,
  mailboxContract,
  notificationLogContract,
  notifierContract,
  orderListContract,
  orderRepositoryContract,
} from '@coffee/ports/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  SqliteDatabase,
  SqliteExecutions,
  SqliteInvoiceLinks,
  SqliteInvoiceList,
  SqliteInvoiceStore,
  SqliteMailbox,
  SqliteNotificationLog,
  SqliteOrderRepository,
} from './index.ts';

const adapter = 'in a SQLite file';
const runner = { describe, it, expect };

/** One file for all suites, which work on ids of their own, and one that is closed. */
let database: SqliteDatabase;
let closed: SqliteDatabase;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-contracts-'));
  database = await SqliteDatabase.open(join(folder, 'coffee.sqlite'));
  closed = await SqliteDatabase.open(join(folder, 'closed.sqlite'));
  await closed.close();
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const dispose = () => {};
const openDatabase = async () => ({ database, dispose });
const closedDatabase = async () => ({ database: closed, dispose });

type Opened = Pick<Awaited<ReturnType<typeof openDatabase>>, 'database' | 'dispose'>;

const orders = ({ database, dispose }: Opened) => ({ orders: new SqliteOrderRepository(database), dispose });
orderRepositoryContract(
  {
    adapter,
    create: async () => orders(await openDatabase()),
    createUnavailable: async () => orders(await closedDatabase()),
  },
  runner,
);

const invoices = ({ database, dispose }: Opened) => ({ invoices: new SqliteInvoiceStore(database), dispose });
invoiceStoreContract(
  {
    adapter,
    create: async () => invoices(await openDatabase()),
    createUnavailable: async () => invoices(await closedDatabase()),
  },
  runner,
);

const links = ({ database, dispose }: Opened, clock: () => number) => {
  const invoices = new SqliteInvoiceStore(database);
  const links = new SqliteInvoiceLinks(database, { invoices, baseUrl: 'http://127.0.0.1:8080/prod', clock });
  const open = async (url: string) => {
    const body = await links.open(url);
    if (body === undefined) return { status: 404 };
    return { status: 200, contentType: 'application/json', fileName: 'invoice.json', body };
  };
  return { links, invoices, open, dispose };
};
invoiceLinksContract(
  {
    adapter,
    create: async ({ clock }) => links(await openDatabase(), clock),
    createUnavailable: async ({ clock }) => links(await closedDatabase(), clock),
  },
  runner,
);

const mailbox = ({ database, dispose }: Opened) => {
  const notifier = new SqliteMailbox(database);
  const received = async () => {
    const { mails } = await notifier.page({ limit: 1_000 });
    return mails.map(({ id, subject, text, attributes }) => ({ id, subject, text, attributes }));
  };
  return { notifier, mailbox: notifier, received, dispose };
};
notifierContract(
  {
    adapter,
    create: async () => mailbox(await openDatabase()),
    createUnavailable: async () => mailbox(await closedDatabase()),
  },
  runner,
);

notificationLogContract(
  {
    adapter,
    create: async (options) => {
      const { database, dispose } = await openDatabase();
      return { log: new SqliteNotificationLog(database, options), dispose };
    },
    createUnavailable: async (options) => {
      const { database, dispose } = await closedDatabase();
      return { log: new SqliteNotificationLog(database, options), dispose };
    },
  },
  runner,
);

const orderList = ({ database, dispose }: Opened) => {
  const orders = new SqliteOrderRepository(database);
  return { orders, list: orders, dispose };
};
orderListContract(
  {
    adapter,
    create: async () => orderList(await openDatabase()),
    createUnavailable: async () => orderList(await closedDatabase()),
  },
  runner,
);

const invoiceList = ({ database, dispose }: Opened) => {
  return { invoices: new SqliteInvoiceStore(database), list: new SqliteInvoiceList(database), dispose };
};
invoiceListContract(
  {
    adapter,
    create: async () => invoiceList(await openDatabase()),
    createUnavailable: async () => invoiceList(await closedDatabase()),
  },
  runner,
);

mailboxContract(
  {
    adapter,
    create: async () => mailbox(await openDatabase()),
    createUnavailable: async () => mailbox(await closedDatabase()),
  },
  runner,
);

const executions = ({ database, dispose }: Opened) => ({ executions: new SqliteExecutions(database), dispose });
executionsContract(
  {
    adapter,
    create: async () => executions(await openDatabase()),
    createUnavailable: async () => executions(await closedDatabase()),
  },
  runner,
);
