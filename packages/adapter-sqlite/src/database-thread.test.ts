import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { SqliteDatabase } from './index.ts';

/** The threads started so far, the newest last. */
const workers: Worker[] = [];
const started = (worker: Worker) => void workers.push(worker);
beforeAll(() => void process.on('worker', started));
afterAll(() => void process.off('worker', started));

async function newPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-thread-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'coffee.sqlite');
}

async function open(path: string, onError?: (error: unknown) => void): Promise<SqliteDatabase> {
  const database = await SqliteDatabase.open(path, onError === undefined ? {} : { onError });
  onTestFinished(() => database.close());
  return database;
}

const insert = (database: SqliteDatabase, name: SQLInputValue) =>
  database.run('INSERT INTO secrets (name, value) VALUES (?, 1)', [name]);
const names = async (database: SqliteDatabase) =>
  (await database.all('SELECT name FROM secrets ORDER BY name', [])).map(({ name }) => name);
const outcomes = async (calls: Promise<unknown>[]) => (await Promise.allSettled(calls)).map(({ status }) => status);

it('rejects a statement that SQLite does not know alone, now and later', async () => {
  const database = await open(':memory:');
  for (const round of ['first', 'second']) {
    const calls = [insert(database, `${round} before`), database.all('SELECT nonsense', []), insert(database, round)];
    expect(await outcomes(calls)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  }
  expect(await names(database)).toEqual(['first', 'first before', 'second', 'second before']);
});

it.each([
  ['a function', () => 0],
  ['a symbol', Symbol('name')],
  ['an object', { toString: () => 'name' }],
  ['nothing', undefined],
])('rejects a call with %s as a parameter alone', async (_, parameter) => {
  const database = await open(':memory:');
  const calls = [insert(database, 'before'), insert(database, parameter as never), insert(database, 'after')];
  expect(await outcomes(calls)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await names(database)).toEqual(['after', 'before']);
});

it('rejects a call with another number of parameters than its statement takes, alone', async () => {
  const database = await open(':memory:');
  const sql = 'INSERT INTO secrets (name, value) VALUES (?, 1)';
  const calls = [database.run(sql, ['before']), database.run(sql, ['one', 'too many']), database.run(sql, ['after'])];
  expect(await outcomes(calls)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await names(database)).toEqual(['after', 'before']);
});

it('starts its thread again, and says so; calls in flight are Unavailable, later ones work', async () => {
  const errors: unknown[] = [];
  const database = await open(await newPath(), (error) => errors.push(error));
  await insert(database, 'before');
  const died = { name: 'Unavailable', message: 'the database thread died' };
  for (const round of [1, 2]) {
    const flying = expect(insert(database, 'flying')).rejects.toMatchObject(died);
    const ended = workers.at(-1)?.terminate();
    await flying;
    await ended;
    await expect(insert(database, `after ${round}`)).resolves.toBe(1);
    await database.get('SELECT 1', []);
    expect(errors).toHaveLength(round);
  }
  expect(errors[0]).toMatchObject(died);
  expect(await names(database)).toEqual(expect.arrayContaining(['after 1', 'after 2', 'before']));
});

it('is lost when its file cannot be opened again, and says so', async () => {
  const path = await newPath();
  const errors: unknown[] = [];
  const database = await open(path, (error) => errors.push(error));
  await writeFile(path, 'something else'); // as another program might
  await workers.at(-1)?.terminate();
  const lost = { name: 'Unavailable', message: expect.stringContaining('it is not a SQLite file') };
  expect(await database.lost).toMatchObject(lost);
  expect(errors).toMatchObject([{ message: 'the database thread died' }, lost]);
  await expect(database.get('SELECT 1', [])).rejects.toMatchObject(lost);
});

it('is lost with its thread in memory', async () => {
  const database = await open(':memory:');
  await workers.at(-1)?.terminate();
  expect(await database.lost).toMatchObject({ name: 'Unavailable' });
});

it('does nothing once it is closed, not even when its thread dies meanwhile', async () => {
  const path = await newPath();
  const database = await SqliteDatabase.open(path);
  const calls: Promise<unknown>[] = [insert(database, 'called before')];
  const closing = database.close();
  calls.push(insert(database, 'called after'), database.get('SELECT 1', []), database.backup(`${path}.copy`));
  const signal = new AbortController().signal;
  calls.push(database.run("INSERT INTO secrets (name, value) VALUES ('signalled', 1)", [], { signal }));
  expect(await outcomes(calls)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'rejected']);
  await closing;
  const count = workers.length;
  const other = await SqliteDatabase.open(path);
  const dying = [insert(other, 'dying'), other.close()];
  void workers.at(-1)?.terminate();
  expect(await outcomes(dying)).toEqual(['rejected', 'fulfilled']);
  expect(workers).toHaveLength(count + 1);
  expect(await readdir(join(path, '..'))).not.toContain('coffee.sqlite.copy');
  const database2 = await open(path);
  expect(await names(database2)).toEqual(['called before']);
});

it('answers large results a few at a time, each whole', async () => {
  const database = await open(await newPath());
  const text = randomBytes(500_000).toString('hex');
  const read = () => database.all('SELECT ?1 AS text FROM json_each(?2)', [text, '[1,2]']);
  const answers = await Promise.all(Array.from({ length: 60 }, read)); // 120 million characters in all
  for (const answer of answers) expect(answer.map((row) => row.text === text)).toEqual([true, true]);
});

it('cuts a page after 1 MiB, but not before its first row', async () => {
  const database = await open(':memory:');
  const rows = "SELECT value, hex(zeroblob(?)) AS text FROM json_each('[1,2,3,4]')";
  const pageOf = async (bytes: number) => {
    const { rows: found, isCut } = await database.page(rows, [bytes / 2]);
    return [found.length, isCut];
  };
  expect(await pageOf(1000)).toEqual([4, false]);
  expect(await pageOf(400_000)).toEqual([2, true]);
  expect(await pageOf(2_000_000)).toEqual([1, true]);
  expect(await database.page(`${rows} LIMIT 1`, [1_000_000])).toMatchObject({ isCut: false });
  expect(await database.page(`${rows} WHERE value > 4`, [1])).toEqual({ rows: [], isCut: false });
});
