import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invoiceLineOf, parseInvoiceKey, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { expect, it, onTestFinished } from 'vitest';
import { SqliteDatabase, SqliteInvoiceList, SqliteInvoiceStore, SqliteOrderRepository } from './index.ts';

async function openFile(): Promise<{ database: SqliteDatabase; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-backup-'));
  const database = await SqliteDatabase.open(join(folder, 'coffee.sqlite'));
  onTestFinished(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });
  return { database, folder };
}

const key = parseInvoiceKey('2026/11/a0');
const placedOf = (n: number) => {
  const acceptedAt = new Date(Date.UTC(2026, 10, 24) + n).toISOString();
  return placeOrder({ orderid: `o-${n}`, acceptedAt, order: { ...exampleOrder, city: 'x'.repeat(100) } });
};

it('writes a copy while orders go on, which opens as a file of its own with all that was there before', async () => {
  const { database, folder } = await openFile();
  const orders = new SqliteOrderRepository(database);
  const invoices = new SqliteInvoiceStore(database);
  let count = 0;
  const order = async () => {
    const placed = placedOf(count++);
    await invoices.add(invoiceLineOf(placed));
    await orders.put(placed);
  };
  await Promise.all(Array.from({ length: 3000 }, order));
  const file = join(folder, 'copy.sqlite');
  let isDone = false;
  const backup = database.backup(file).finally(() => {
    isDone = true;
  });
  const beside = (async () => {
    while (!isDone) await order();
  })();
  await backup;
  await beside;
  expect(count).toBeGreaterThan(3000);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).filter((name) => name.includes('part'))).toEqual([]);

  const restored = await SqliteDatabase.open(file);
  onTestFinished(() => restored.close());
  expect(await restored.all('PRAGMA integrity_check', [])).toEqual([{ integrity_check: 'ok' }]);
  const invoice = await new SqliteInvoiceStore(restored).get(key);
  const { length } = invoice?.lines ?? [];
  expect(length).toBeGreaterThanOrEqual(3000);
  expect(length).toBeLessThanOrEqual(count);
  // A line is written before its order: what a copy has, it has of one moment.
  const newest = (await new SqliteOrderRepository(restored).get('a0', 'v0'))?.orderid;
  expect(Number(newest?.slice(2))).toBeLessThan(length);
  const [summary] = (await new SqliteInvoiceList(restored).page()).invoices;
  expect(summary).toMatchObject({ lineCount: length, totals: invoice?.totals });
  await new SqliteOrderRepository(restored).put(placedOf(1_000_000));
});

it('overwrites nothing, and says why it cannot write', async () => {
  const { database, folder } = await openFile();
  const [taken, missing] = [join(folder, 'taken'), join(folder, 'missing', 'copy')];
  await writeFile(taken, 'mine');
  const fails = (file: string) => expect(database.backup(file)).rejects;
  await fails(taken).toMatchObject({
    name: 'Unavailable',
    message: `cannot write the backup ${taken}: there is a file already`,
  });
  await fails(missing).toMatchObject({ name: 'Unavailable', message: expect.stringContaining('ENOENT') });
  await fails(join(folder, 'coffee.sqlite')).toMatchObject({
    message: expect.stringContaining('there is a file already'),
  });
  const both = await Promise.allSettled([database.backup(join(folder, 'a')), database.backup(join(folder, 'a'))]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect((await readdir(folder)).sort()).toEqual(
    ['a', 'coffee.sqlite', 'coffee.sqlite-wal', 'coffee.sqlite.pid', 'taken'].sort(),
  );
});

it('is broken off by close or was whole before, and leaves nothing else behind', async () => {
  const { database, folder } = await openFile();
  const invoices = new SqliteInvoiceStore(database);
  await Promise.all(Array.from({ length: 5000 }, (_, n) => invoices.add(invoiceLineOf(placedOf(n)))));
  const backup = Promise.allSettled([database.backup(join(folder, 'copy'))]);
  await database.close();
  const [outcome] = await backup;
  if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'Unavailable' });
  const left = outcome.status === 'rejected' ? ['coffee.sqlite'] : ['coffee.sqlite', 'copy'];
  expect((await readdir(folder)).sort()).toEqual(left);
});
