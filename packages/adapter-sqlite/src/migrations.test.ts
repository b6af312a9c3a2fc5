import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseInvoiceKey } from '@coffee/domain';
import { expect, it, onTestFinished } from 'vitest';
import { SqliteDatabase, SqliteExecutions, SqliteInvoiceList, SqliteInvoiceStore, SqliteMailbox } from './index.ts';
import { applicationId, schemaVersion } from './schema.ts';

const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);

/** A copy of a file that a version of the schema wrote. */
async function fileOf(version: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'coffee.sqlite');
  if (version === 1) await copyFile(fixture('version-1.sqlite'), path);
  else {
    const file = new DatabaseSync(path);
    file.exec(await readFile(fixture(`version-${version}.sql`), 'utf8'));
    file.close();
  }
  return path;
}

/** Lets the adapter open and close the file, then opens it without the adapter. */
async function migrate(path: string): Promise<DatabaseSync> {
  await (await SqliteDatabase.open(path)).close();
  const file = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => file.close());
  return file;
}

/** What the tables, their columns, indexes and triggers are, whatever the order and the wording of their definitions. */
function shapeOf(file: DatabaseSync) {
  const objects = file.prepare("SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all();
  const columns = objects
    .filter(({ type }) => type === 'table')
    .flatMap(({ name }) =>
      file
        .prepare('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)')
        .all(String(name))
        .map((column) => JSON.stringify({ table: name, ...column })),
    );
  const pragma = (name: string) => file.prepare(`PRAGMA ${name}`).get()?.[name];
  return {
    objects: objects.map((object) => JSON.stringify(object)).sort(),
    columns: columns.sort(),
    marks: [pragma('application_id'), pragma('user_version')],
  };
}

it.each([1, 2, 3])('leads a file of version %i to the tables that a new file has', async (version) => {
  const fresh = join(await mkdtemp(join(tmpdir(), 'coffee-fresh-')), 'coffee.sqlite');
  onTestFinished(() => rm(fresh, { recursive: true }));
  const migrated = await migrate(await fileOf(version));
  expect(shapeOf(migrated)).toEqual(shapeOf(await migrate(fresh)));
  expect(shapeOf(migrated).marks).toEqual([applicationId, schemaVersion]);
});

it('keeps what version 2 wrote, and runs on what it left', async () => {
  const database = await SqliteDatabase.open(await fileOf(2));
  onTestFinished(() => database.close());
  const executions = new SqliteExecutions(database);
  expect(await executions.counts()).toEqual({ RUNNING: 2, SUCCEEDED: 3, FAILED: 1 });
  const startedAt = Date.UTC(2026, 10, 25, 3, 6);
  expect(await executions.get('done-1')).toMatchObject({ status: 'SUCCEEDED', startedAt, stoppedAt: startedAt + 40 });
  expect(await executions.get('failed-1')).toMatchObject({
    error: 'Unavailable',
    cause: '{"errorType":"Unavailable"}',
    stoppedAt: startedAt + 3_090,
    resume: { state: 'task_notify', input: { orderid: 'failed-1' } },
    history: [
      { type: 'ExecutionStarted' },
      { type: 'StateEntered', state: 'task_put_item' },
      { type: 'ExecutionFailed' },
    ],
  });
  const { executions: due } = await executions.claim({ at: startedAt + 10_000, limit: 10 });
  expect(due.map(({ orderid, resume }) => [orderid, resume?.state])).toEqual([
    ['redriven-1', 'task_notify'],
    ['running-1', undefined],
  ]);
  expect((await new SqliteInvoiceList(database).page()).invoices).toMatchObject([
    { objectKey: '2026/11/a0', lineCount: 2, totals: [{ currency: 'AUD', total: '14.00' }] },
    { objectKey: '2026/11/a1', lineCount: 1, totals: [{ currency: 'AUD', total: '7.00' }] },
    { objectKey: '2026/11/a2', lineCount: 1, totals: [{ currency: 'AUD', total: '7.00' }] },
    { objectKey: '2025/2/a1', lineCount: 1, totals: [{ currency: 'AUD', total: '7.00' }] },
  ]);
  const invoice = await new SqliteInvoiceStore(database).get(parseInvoiceKey('2026/11/a0'));
  expect(invoice?.lines.map(({ orderid }) => orderid)).toEqual(['done-1', 'done-2']);
  expect((await new SqliteMailbox(database).page()).mails.map(({ id }) => id)).toEqual(['done-3', 'done-2', 'done-1']);
});

it('takes over a file of version 1 whose owner ran no workflow', async () => {
  const path = await fileOf(1);
  const file = new DatabaseSync(path);
  file.exec('DROP TABLE executions');
  file.close();
  const database = await SqliteDatabase.open(path);
  onTestFinished(() => database.close());
  expect(await new SqliteExecutions(database).counts()).toEqual({ RUNNING: 0, SUCCEEDED: 0, FAILED: 0 });
});

it.each([1, 2, 3])('changes nothing of a file of version %i that it cannot lead to this one', async (version) => {
  const path = await fileOf(version);
  const file = new DatabaseSync(path);
  file.exec('ALTER TABLE executions ADD COLUMN vendorid TEXT'); // in the way of the last step
  const before = shapeOf(file);
  file.close();
  await expect(SqliteDatabase.open(path)).rejects.toMatchObject({ name: 'Unavailable' });
  const after = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => after.close());
  expect(shapeOf(after)).toEqual(before);
});

it('changes nothing when it is killed in the middle, and is led to this version the next time', async () => {
  const path = await fileOf(3);
  const before = new DatabaseSync(path);
  before.exec('PRAGMA journal_mode = WAL');
  const shape = shapeOf(before);
  before.close();
  const script = `
import { DatabaseSync } from 'node:sqlite';
import { upgrade } from '${new URL('./upgrade.ts', import.meta.url)}';
const file = new DatabaseSync(process.argv[1]);
file.exec('PRAGMA cache_size = 1'); // writes before it commits
file.exec(upgrade(3).replace('COMMIT;', ''));
process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    script,
    path,
  ]);
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  expect((await stat(`${path}-wal`)).size).toBeGreaterThan(10_000);
  const after = new DatabaseSync(path);
  expect(shapeOf(after)).toEqual(shape);
  after.close();
  expect(shapeOf(await migrate(path)).marks).toEqual([applicationId, schemaVersion]);
});
