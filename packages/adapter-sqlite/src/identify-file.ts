import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { applicationId } from './schema.ts';
import type { FileIdentity } from './upgrade.ts';

const headerSize = 100;

/** Calls with a reader of the file: this many bytes from an offset. */
function reading<T>(path: string, use: (read: (offset: number, length: number) => Buffer) => T): T {
  const file = openSync(path, 'r');
  try {
    return use((offset, length) => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, offset);
      return bytes;
    });
  } finally {
    closeSync(file);
  }
}

/** The newest header in the write-ahead log, if a transaction there has changed it (https://sqlite.org/fileformat2.html#walformat). */
function loggedHeader(log: string): Buffer | undefined {
  const { size } = statSync(log);
  return reading(log, (read) => {
    const start = read(0, 32);
    const [pageSize, salts] = [start.readUInt32BE(8), start.subarray(16, 24)];
    let written: Buffer | undefined;
    let committed: Buffer | undefined;
    for (let offset = 32; offset + 24 + pageSize <= size; offset += 24 + pageSize) {
      const frame = read(offset, 24);
      if (!frame.subarray(8, 16).equals(salts)) break; // left over from before the last checkpoint
      if (frame.readUInt32BE(0) === 1) written = read(offset + 24, headerSize);
      if (frame.readUInt32BE(4) > 0) committed = written;
    }
    return committed;
  });
}

/** The user's tables, read without changing a byte. */
function tablesOf(path: string): string[] {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1'); // neither locks nor files beside it
  return listTables(new DatabaseSync(url, { readOnly: true }));
}

/** The same with what is in the log only. SQLite reads a log where it may write, so it gets a copy. */
function tablesWithLog(path: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'coffee-identify-'));
  try {
    const copy = join(folder, 'copy');
    for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${copy}${end}`);
    return listTables(new DatabaseSync(copy));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function listTables(database: DatabaseSync): string[] {
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    return tables.all().map(({ name }) => String(name));
  } finally {
    database.close();
  }
}

/**
 * What a file says of itself, read without changing a byte of it or beside it; `undefined` when there is none yet, or an
 * empty one.
 *
 * @throws when it cannot be read, or is not a SQLite file.
 */
export function identifyFile(path: string): FileIdentity | undefined {
  if (path === ':memory:' || !existsSync(path)) return undefined;
  const stats = statSync(path);
  if (!stats.isFile()) throw new Error(stats.isDirectory() ? 'it is a folder' : 'it is not a regular file');
  if (stats.size === 0) return undefined;
  const header = reading(path, (read) => read(0, headerSize));
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw new Error('it is not a SQLite file');
  const log = `${path}-wal`;
  const hasLog = existsSync(log) && statSync(log).size > 0;
  const newest = (hasLog ? loggedHeader(log) : undefined) ?? header;
  const [id, version] = [newest.readUInt32BE(68), newest.readUInt32BE(60)];
  if (id === applicationId) return { applicationId: id, version, tables: [] };
  return { applicationId: id, version, tables: hasLog ? tablesWithLog(path) : tablesOf(path) };
}
