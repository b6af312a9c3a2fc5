import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { identifyFile } from './identify-file.ts';
import { applicationId, schemaVersion } from './schema.ts';
import { refusalOf, upgrade } from './upgrade.ts';

/** Says which process has the file. */
const ownerOf = (path: string): string => `${path}.pid`;

/** What went wrong, by the code of the operating system or SQLite's primary result code. */
const sentences: Readonly<Record<string | number, string>> = {
  EACCES: 'this user may not read and write it there',
  EEXIST: 'a part of its path is a file, not a folder',
  ELOOP: 'its path goes in circles',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there can be no file at this path',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EPERM: 'this user may not read and write it there',
  EROFS: 'its disk is read-only',
  8: 'it is read-only',
  10: 'the disk does not read or write it',
  11: 'it is damaged',
  13: 'the disk is full',
  14: 'this user may not read and write it there',
  26: 'it is damaged, or not a SQLite file',
};

/** Why the file cannot be opened, in a sentence that begins with it. */
function explain(error: unknown, path: string): string {
  const { message, code = '', errcode = 0 } = error as Error & { code?: string; errcode?: number };
  if ((errcode & 0xff) === 5) {
    const owner = existsSync(ownerOf(path)) ? readFileSync(ownerOf(path), 'utf8').trim() : '';
    return `${owner === '' ? 'another process' : `process ${owner}`} is using it. Stop that process, or use another file`;
  }
  const sentence = sentences[errcode & 0xff] ?? sentences[code];
  return sentence === undefined ? message : `${sentence} (${message})`;
}

/** Lets only the owner read the file. One that belongs to another user stays as that user wants it. */
function keepPrivate(path: string): void {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

function open(path: string): DatabaseSync {
  const isFile = path !== ':memory:';
  if (isFile) mkdirSync(dirname(resolve(path)), { recursive: true, mode: 0o700 });
  const identity = identifyFile(path);
  const refusal = identity && refusalOf(identity);
  if (refusal !== undefined) throw new Error(`it ${refusal}`);
  if (isFile) {
    closeSync(openSync(path, 'a', 0o600)); // it holds customers' data and a key
    for (const name of [path, `${path}-wal`]) if (existsSync(name)) keepPrivate(name);
  }
  const database = new DatabaseSync(path);
  try {
    const run = (pragma: string) => database.exec(`PRAGMA ${pragma}`);
    // A second process on the same file must fail at once, not share executions; an exclusive lock does that, and
    // spares the shared-memory index.
    for (const pragma of ['busy_timeout = 2000', 'page_size = 4096', 'locking_mode = EXCLUSIVE']) run(pragma);
    // Marked before the first log, so that the file itself always says whose it is.
    if (identity === undefined) run(`application_id = ${applicationId}`);
    run('journal_mode = WAL');
    // FULL syncs the log at every commit: what was answered survives a power cut.
    for (const pragma of ['synchronous = FULL', 'cache_size = -32000', 'wal_autocheckpoint = 4000']) run(pragma);
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version !== schemaVersion) {
      database.exec(upgrade(version));
      run('wal_checkpoint(TRUNCATE)');
    }
    if (isFile) writeFileSync(ownerOf(path), `${process.pid}\n`, { mode: 0o600 });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the file for its owner and this process only, once it is known to be ours, and leads it to the schema of this
 * version in one transaction. Creates it, and its folder, when there is none.
 *
 * @throws with a message that says why in a sentence; `errcode` is SQLite's.
 */
export function openFile(path: string): DatabaseSync {
  try {
    return open(path);
  } catch (error) {
    throw Object.assign(error as Error, { message: explain(error, path) });
  }
}

/** Closes the file, and lets other processes have it. */
export function closeFile(path: string, database: DatabaseSync): void {
  if (path !== ':memory:') rmSync(ownerOf(path), { force: true });
  database.close();
}
