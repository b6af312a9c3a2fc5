import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { FileIdentity } from './schema.ts';

const headerSize = 100;

/** Calls with a reader of the file: this many bytes from an offset. */
function reading<T>(path: string, use: (read: (offset: number, length: number) => Buffer, size: number) => T): T {
  const file = openSync(path, 'r');
  try {
    const read = (offset: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, offset);
      return bytes;
    };
    return use(read, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/** The newest header in the write-ahead log, if a transaction there has changed it (https://sqlite.org/fileformat2.html#walformat). */
function loggedHeader(log: string): Buffer | undefined {
  if (!existsSync(log)) return undefined;
  return reading(log, (read, size) => {
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

/**
 * What a file says of itself, read without changing a byte of it or beside it; `undefined` when there is none yet.
 *
 * @throws when it cannot be read, or is not a SQLite file.
 */
export function identifyFile(path: string): FileIdentity | undefined {
  if (path === ':memory:' || !existsSync(path)) return undefined;
  const header = reading(path, (read, size) => (size === 0 ? undefined : read(0, headerSize)));
  if (header === undefined) return undefined;
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw new Error('it is not a SQLite file');
  const newest = loggedHeader(`${path}-wal`) ?? header;
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1'); // neither locks nor files beside it
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    return {
      applicationId: newest.readUInt32BE(68),
      version: newest.readUInt32BE(60),
      tables: tables.all().map(({ name }) => String(name)),
    };
  } finally {
    database.close();
  }
}
