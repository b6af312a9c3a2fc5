import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { invoiceLineOf, parseInvoiceKey } from '@coffee/domain';
import { expect, it, onTestFinished } from 'vitest';
import {
  SqliteDatabase,
  SqliteExecutions,
  SqliteInvoiceList,
  SqliteInvoiceStore,
  SqliteMailbox,
  SqliteOrderRepository,
} from './index.ts';

/** A copy of a file that version 1 of the schema wrote, whose invoice lines have no currency. */
async function fileOfVersion1(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-version-1-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'coffee.sqlite');
  await copyFile(new URL('./fixtures/version-1.sqlite', import.meta.url), path);
  return path;
}

async function open(path: string): Promise<SqliteDatabase> {
  const database = await SqliteDatabase.open(path);
  onTestFinished(() => database.close());
  return database;
}

const key = parseInvoiceKey('2026/11/a0');

it('reads what version 1 wrote, and adds to it', async () => {
  const database = await open(await fileOfVersion1());
  const orders = new SqliteOrderRepository(database);
  const invoices = new SqliteInvoiceStore(database);
  const list = new SqliteInvoiceList(database);

  const placed = await orders.get('a0', 'v1');
  expect(placed).toMatchObject({ orderid: 'first-2', total: '15.00', currency: 'AUD', invoice: '2026/11/a0' });
  expect((await orders.page()).orders.map(({ orderid }) => orderid)).toEqual([
    ...['running-1', 'failing-1', 'first-3', 'first-2'],
  ]);
  expect(await orders.get('a0', 'v0')).toMatchObject({ order: { orderdate: '1999-12-31 09:30:00' } });

  const invoice = await invoices.get(key);
  expect(invoice?.lines).toMatchObject([
    { orderid: 'first-1', amount: '7.00', currency: 'AUD' },
    { orderid: 'first-2', amount: '15.00', currency: 'AUD' },
  ]);
  expect(invoice?.totals).toEqual([{ currency: 'AUD', total: '22.00' }]);
  if (placed === undefined) throw new Error('it is there');
  const line = invoiceLineOf(placed);
  await invoices.add(line); // the line of version 1 is this line
  await invoices.add({ ...line, orderid: 'new', amount: '800', currency: 'JPY' });
  const totals = [
    { currency: 'AUD', total: '22.00' },
    { currency: 'JPY', total: '800' },
  ];
  expect((await invoices.get(key))?.totals).toEqual(totals);
  const { invoices: summaries } = await list.page();
  expect(summaries.map(({ objectKey, lineCount }) => `${objectKey} ${lineCount}`)).toEqual([
    ...['2026/11/a0 3', '2026/11/a1 1', '2026/11/a2 1', '1999/12/a0 1'],
  ]);
  expect(summaries[0]?.totals).toEqual(totals);

  expect((await new SqliteMailbox(database).page()).mails.map(({ id }) => id)).toEqual([
    ...['first-3', 'first-2', 'first-1'],
  ]);
  const executions = new SqliteExecutions(database);
  expect(await executions.counts()).toEqual({ RUNNING: 1, SUCCEEDED: 3, FAILED: 1 });
  expect(await executions.get('failing-1')).toMatchObject({ error: 'Unavailable', resume: { state: 'task_notify' } });
});

it.each([
  ['orders', 'placed', 'the order of account a0 at vendor v1'],
  ['invoice_lines', 'line', 'line first-1 of invoice 2026/11/a0'],
  ['mails', 'notification', 'the message of order first-3'],
  ['executions', 'ended', 'execution failing-1'],
] as const)('names what is damaged in %s', async (table, column, item) => {
  for (const damage of [`'{'`, `'[]'`, `substr(${column}, 2)`, `'{"history":[[1]]}'`]) {
    const path = await fileOfVersion1();
    const file = new DatabaseSync(path);
    file.exec(`UPDATE ${table} SET ${column} = ${damage} WHERE ${column} IS NOT NULL`);
    file.close();
    const database = await open(path);
    const read = {
      orders: () => new SqliteOrderRepository(database).get('a0', 'v1'),
      invoice_lines: () => new SqliteInvoiceStore(database).get(key),
      mails: () => new SqliteMailbox(database).page(),
      executions: () => new SqliteExecutions(database).get('failing-1'),
    }[table];
    await expect(read(), damage).rejects.toMatchObject({
      name: 'Damaged',
      message: expect.stringMatching(new RegExp(`^${item} is damaged: .`)),
      cause: expect.any(Error),
    });
  }
});

it('refuses a file of a later version', async () => {
  const path = await fileOfVersion1();
  await (await SqliteDatabase.open(path)).close();
  const file = new DatabaseSync(path);
  file.exec('PRAGMA user_version = 99');
  file.close();
  await expect(SqliteDatabase.open(path)).rejects.toMatchObject({
    name: 'Unavailable',
    message: expect.stringContaining('written by a newer version (99;'),
  });
});
