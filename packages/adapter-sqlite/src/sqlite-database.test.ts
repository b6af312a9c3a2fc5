import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeNotification, invoiceKeyOf, invoiceLineOf, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Row } from './index.ts';
import {
  SqliteDatabase,
  SqliteExecutions,
  SqliteInvoiceList,
  SqliteInvoiceStore,
  SqliteMailbox,
  SqliteNotificationLog,
  SqliteOrderRepository,
} from './index.ts';

async function openFile(): Promise<SqliteDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-database-'));
  const database = await SqliteDatabase.open(join(folder, 'coffee.sqlite'));
  onTestFinished(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });
  return database;
}

afterEach(() => {
  vi.useRealTimers();
});

const placed = placeOrder({ orderid: 'o', acceptedAt: '2026-11-24T09:30:00.000Z', order: exampleOrder });

it('has each commit on disk before it answers', async () => {
  const database = await openFile();
  const pragma = async (name: string) => (await database.get(`PRAGMA ${name}`, []))?.[name];
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('locking_mode')).toBe('exclusive');
});

it('belongs to one process: a second opening fails at once, and says why', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-database-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'coffee.sqlite');
  const first = await SqliteDatabase.open(path);
  await first.run("INSERT INTO secrets (name, value) VALUES ('a', 'b')", []);
  await expect(SqliteDatabase.open(path)).rejects.toMatchObject({
    name: 'Unavailable',
    message: expect.stringContaining(`process ${process.pid} is using it`),
  });
  await first.close();
  await (await SqliteDatabase.open(path)).close();
});

it('undoes a failed statement alone, and keeps the others of its transaction', async () => {
  const database = await openFile();
  const insert = 'INSERT INTO secrets (name, value) VALUES (?, ?)';
  const outcomes = await Promise.allSettled([
    database.run(insert, ['a', '1']),
    database.run(insert, ['a', '2']),
    database.run(insert, ['b', '3']),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await database.all('SELECT name, value FROM secrets ORDER BY name', [])).toEqual([
    { name: 'a', value: '1' },
    { name: 'b', value: '3' },
  ]);
});

it('keeps nothing of a batch whose transaction a statement has ended', async () => {
  const database = await openFile();
  const insert = (name: string) => database.run('INSERT INTO secrets (name, value) VALUES (?, 1)', [name]);
  await insert('taken');
  const outcomes = await Promise.allSettled([
    insert('before'),
    database.run("INSERT OR ROLLBACK INTO secrets (name, value) VALUES ('taken', '2')", []),
    insert('after'),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await database.all('SELECT name FROM secrets', [])).toEqual([{ name: 'taken' }]);
});

it('is Unavailable when the disk is full, which may pass, but not for a broken constraint, which will not', async () => {
  const database = await openFile();
  const insert = (name: string, size: number) =>
    database.run('INSERT INTO secrets (name, value) VALUES (?, ?)', [name, 'x'.repeat(size)]);
  await insert('small', 1);
  const [row] = await database.all('PRAGMA page_count', []);
  await database.all(`PRAGMA max_page_count = ${row?.page_count}`, []);
  await expect(insert('large', 1_000_000)).rejects.toMatchObject({ name: 'Unavailable', cause: { errcode: 13 } });
  await expect(insert('small', 1)).rejects.toMatchObject({ name: 'Error', errcode: expect.any(Number) });
  await database.all('PRAGMA max_page_count = 1000000', []);
  await expect(insert('large', 1_000_000)).resolves.toBe(1);
});

it('rolls back a transaction that cannot be committed, and goes on', async () => {
  const database = await openFile();
  await database.run('CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT', []);
  await database.run(
    'CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED) STRICT',
    [],
  );
  const orphan = database.run('INSERT INTO children (parent) VALUES (7)', []); // refused at commit
  const beside = database.run("INSERT INTO secrets (name, value) VALUES ('beside', '1')", []);
  const outcomes = await Promise.allSettled([orphan, beside]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(database.run("INSERT INTO secrets (name, value) VALUES ('later', '1')", [])).resolves.toBe(1);
  expect(await database.all('SELECT name FROM secrets', [])).toEqual([{ name: 'later' }]);
});

it('answers under fake timers, and after they are restored', async () => {
  vi.useFakeTimers({ now: 0 });
  const database = await SqliteDatabase.open(':memory:');
  onTestFinished(() => database.close());
  const log = new SqliteNotificationLog(database);
  const mailbox = new SqliteMailbox(database);
  const orders = new SqliteOrderRepository(database);
  await orders.put(placed);
  expect(await orders.get('a0', 'v0')).toEqual(placed);
  expect(await log.begin('o')).toBe('granted');
  expect(await log.begin('o')).toBe('busy');
  vi.advanceTimersByTime(61_000);
  expect(await log.begin('o')).toBe('granted');
  vi.useRealTimers();
  await mailbox.publish(composeNotification(placed));
  const [mail] = (await mailbox.page()).mails;
  expect(Date.parse(mail?.sentAt ?? '')).toBeGreaterThan(Date.parse('2026-01-01'));
});

/** The database, recording the text of each statement. */
function noting(database: SqliteDatabase, texts: Set<string>): SqliteDatabase {
  return new Proxy(database, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return (...parameters: [string, ...unknown[]]) => {
        if (typeof parameters[0] === 'string') texts.add(parameters[0]);
        return Reflect.apply(member, target, parameters);
      };
    },
  });
}

/** How many parameters a statement takes, numbered or not. */
function parametersOf(text: string): number {
  const numbers = [...text.matchAll(/\?(\d*)/g)].map(([, number]) => Number(number));
  return Math.max(...numbers, numbers.filter((number) => number === 0).length);
}

it('reads each page by an index, never a whole table', async () => {
  const database = await openFile();
  const texts = new Set<string>();
  const noted = noting(database, texts);
  const orders = new SqliteOrderRepository(noted);
  const invoices = new SqliteInvoiceList(noted);
  const executions = new SqliteExecutions(noted);
  await new SqliteInvoiceStore(database).add(invoiceLineOf(placed));
  for (const query of [{}, { vendorid: 'v0' }, { accountid: 'a0', vendorid: 'v0' }]) await orders.page(query);
  for (const query of [{}, { accountid: 'a0' }, { before: invoiceKeyOf(exampleOrder) }]) await invoices.page(query);
  for (const query of [{ month: 11 }, { month: 11, accountid: 'a0' }]) await invoices.page(query);
  for (const status of [undefined, 'RUNNING', 'FAILED'] as const) await executions.page({ status });
  for (const query of [{ vendorid: 'v0' }, { accountid: 'a0', vendorid: 'v0' }]) await executions.page(query);
  await new SqliteMailbox(noted).page();
  await new SqliteMailbox(noted).page({ orderid: 'o' });
  expect(texts.size).toBe(17);
  for (const text of texts) {
    const plan = await database.all(`EXPLAIN QUERY PLAN ${text}`, Array(parametersOf(text)).fill(null));
    const steps = plan.map(({ detail }: Row) => String(detail));
    const costly = steps.filter((step) =>
      /^SCAN (orders|keys|invoices|invoice_lines|executions|mails)(?! USING)|USE TEMP B-TREE FOR (?!LAST|ORDER BY)/.test(
        step,
      ),
    );
    expect(costly, text).toEqual([]);
  }
});
