import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { SqliteDatabase } from './index.ts';
import { schemaVersion } from './schema.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-own-file-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** The names and bytes of the files in a folder. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const contents = names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const);
  return Object.fromEntries(await Promise.all(contents));
}

const refused = (words: string) => ({ name: 'Unavailable', message: expect.stringContaining(words) });

/** Writes what another program might, and leaves its write-ahead log behind as a crash would. */
async function crashedFile(path: string, sql: string): Promise<void> {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    const file = new DatabaseSync(process.argv[1]);
    file.exec('PRAGMA journal_mode = WAL');
    file.exec(process.argv[2]);
    process.kill(process.pid, 'SIGKILL');`;
  await once(spawn(process.execPath, ['-e', program, path, sql]), 'exit');
}

const notOurs: [string, string, string][] = [
  ['with tables of its own', 'CREATE TABLE people (name TEXT)', 'belongs to another program'],
  ['with our table names and more', 'CREATE TABLE orders (a); CREATE TABLE people (b)', 'belongs to another program'],
  ['of another application', 'PRAGMA application_id = 7; CREATE TABLE orders (a)', 'belongs to another program'],
  [
    'that looks like version 1 but for its tables',
    'PRAGMA user_version = 1; CREATE TABLE orders (a)',
    'belongs to another program',
  ],
  ['of a version without tables', 'PRAGMA user_version = 5', 'belongs to another program'],
];

it.each(notOurs)('leaves a file %s as it is', async (_, sql, words) => {
  const folder = await newFolder();
  const path = join(folder, 'other.sqlite');
  const file = new DatabaseSync(path);
  file.exec(sql);
  file.close();
  const before = await contentOf(folder);
  await expect(SqliteDatabase.open(path)).rejects.toMatchObject(refused(words));
  expect(await contentOf(folder)).toEqual(before);
});

it.each(notOurs)('leaves a file %s as it is when that is in its log only', async (_, sql, words) => {
  const folder = await newFolder();
  const path = join(folder, 'other.sqlite');
  await crashedFile(path, sql);
  const before = await contentOf(folder);
  expect(Object.keys(before)).toContain('other.sqlite-wal');
  await expect(SqliteDatabase.open(path)).rejects.toMatchObject(refused(words));
  expect(await contentOf(folder)).toEqual(before);
});

it('leaves a file of a newer version as it is, in whatever mode it is', async () => {
  const folder = await newFolder();
  const path = join(folder, 'coffee.sqlite');
  await (await SqliteDatabase.open(path)).close();
  const words = `was written by a newer version (${schemaVersion + 1}; this one reads ${schemaVersion})`;
  await crashedFile(path, `PRAGMA user_version = ${schemaVersion + 1}`);
  const logged = await contentOf(folder);
  await expect(SqliteDatabase.open(path)).rejects.toMatchObject(refused(words));
  expect(await contentOf(folder)).toEqual(logged);
  new DatabaseSync(path).close(); // writes the log into the file
  const written = await contentOf(folder);
  await expect(SqliteDatabase.open(path)).rejects.toMatchObject(refused(words));
  expect(await contentOf(folder)).toEqual(written);
});

it('goes on with its own file after a crash, whatever is in the log only', async () => {
  const path = join(await newFolder(), 'coffee.sqlite');
  await (await SqliteDatabase.open(path)).close();
  await crashedFile(path, "INSERT INTO secrets VALUES ('logged', '1')");
  const database = await SqliteDatabase.open(path);
  onTestFinished(() => database.close());
  expect(await database.all('SELECT name FROM secrets', [])).toEqual([{ name: 'logged' }]);
});

it('says in a sentence why there can be no file at a path', async () => {
  const folder = await newFolder();
  const text = join(folder, 'text');
  await writeFile(text, 'not a database, but long enough to look at its first bytes');
  const open = (path: string) =>
    SqliteDatabase.open(path).then(
      () => 'opened',
      (error: Error) => error.message.replace(`cannot open the SQLite file ${path}: `, '').replace(/ \(.*/s, ''),
    );
  expect(await open(folder)).toBe('it is a folder');
  expect(await open(text)).toBe('it is not a SQLite file');
  expect(await open(join(text, 'x.sqlite'))).toBe('a part of its path is a file, not a folder');
  expect(await open(join(text, 'y', 'x.sqlite'))).toBe('a part of its path is a file, not a folder');
  expect(await open(join(folder, `${'x'.repeat(300)}.sqlite`))).toBe('its name is too long');
  expect(await open('/sys/coffee.sqlite')).toMatch(
    /^this user may not read and write it there$|^its disk is read-only$/,
  );
  expect(await open('/dev/null')).toBe('it is not a regular file');
  expect(await contentOf(folder)).toEqual({ text: expect.any(String) });
});

it('says that a file is damaged, at the start and later', async () => {
  const folder = await newFolder();
  const [whole, torn] = [join(folder, 'whole.sqlite'), join(folder, 'torn.sqlite')];
  const database = await SqliteDatabase.open(whole);
  const insert = 'INSERT INTO secrets (name, value) VALUES (?, ?)';
  for (let n = 0; n < 100; n += 1) await database.run(insert, [`name ${n}`, 'x'.repeat(1000)]);
  const [row] = await database.all("SELECT rootpage FROM sqlite_schema WHERE name = 'secrets'", []);
  await database.close();
  const bytes = await readFile(whole);
  bytes.fill(0xff, (Number(row?.rootpage) - 1) * 4096, Number(row?.rootpage) * 4096);
  await writeFile(torn, bytes);
  const opened = await SqliteDatabase.open(torn);
  onTestFinished(() => opened.close());
  await expect(opened.all('SELECT * FROM secrets', [])).rejects.toMatchObject({
    name: 'Damaged',
    message: expect.stringContaining('the SQLite file is damaged'),
  });
  bytes.fill(0xff, 100, 8192);
  await writeFile(whole, bytes);
  await expect(SqliteDatabase.open(whole)).rejects.toMatchObject(refused('it is damaged'));
});

it('keeps others from reading the file, its log and the folder it makes', async () => {
  const folder = await newFolder();
  const path = join(folder, 'made', 'below', 'coffee.sqlite');
  const modeOf = async (name: string) => ((await stat(name)).mode & 0o777).toString(8);
  const database = await SqliteDatabase.open(path);
  await database.run("INSERT INTO secrets (name, value) VALUES ('a', 'b')", []);
  for (const name of [path, `${path}-wal`, `${path}.pid`]) expect(await modeOf(name), name).toBe('600');
  for (const name of ['made', 'made/below']) expect(await modeOf(join(folder, name)), name).toBe('700');
  await database.close();
  await chmod(path, 0o644);
  const again = await SqliteDatabase.open(path);
  onTestFinished(() => again.close());
  expect(await modeOf(path)).toBe('600');
});

it('leaves the permissions of a folder that is there', async () => {
  const folder = join(await newFolder(), 'shared');
  await mkdir(folder, { mode: 0o755 });
  const database = await SqliteDatabase.open(join(folder, 'coffee.sqlite'));
  onTestFinished(() => database.close());
  expect((await stat(folder)).mode & 0o777).toBe(0o755);
});

it('says which process has the file, and takes it over once that was killed', async () => {
  const path = join(await newFolder(), 'coffee.sqlite');
  const program = `
    import { SqliteDatabase } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
    const database = await SqliteDatabase.open(process.argv[1]);
    await database.run("INSERT INTO secrets (name, value) VALUES ('of', 'the other')", []);
    console.log('open');
    setInterval(() => {}, 1000);`;
  const argv = ['--conditions=@coffee/source', '--disable-warning=ExperimentalWarning', '--input-type=module', '-e'];
  const other = spawn(process.execPath, [...argv, program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void other.kill('SIGKILL'));
  await once(createInterface(other.stdout), 'line');
  await expect(SqliteDatabase.open(path)).rejects.toMatchObject(
    refused(`process ${other.pid} is using it. Stop that process, or use another file`),
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  const database = await SqliteDatabase.open(path);
  expect(await readFile(`${path}.pid`, 'utf8')).toBe(`${process.pid}\n`);
  expect(await database.all('SELECT name FROM secrets', [])).toEqual([{ name: 'of' }]);
  await database.close();
  expect(await readdir(join(path, '..'))).toEqual(['coffee.sqlite']);
});
