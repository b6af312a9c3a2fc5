import type { StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Batch, BatchAnswer, Request, SqliteFailure, ThreadData } from './protocol.ts';
import { schema, schemaVersion } from './schema.ts';

/**
 * The thread that owns the SQLite connection. Each batch is one transaction, so all waiting callers share one sync of
 * the disk. A failed statement is undone alone; a failed transaction fails for every caller.
 */

if (parentPort === null) throw new Error('the database thread runs as a worker');
const port = parentPort;
const { path } = workerData as ThreadData;
const database = new DatabaseSync(path, { open: false });
const statements = new Map<number, StatementSync>();

function open(): BatchAnswer {
  try {
    database.open();
    // A second process on the same file must fail at once, not share executions; an exclusive lock does that, and
    // spares the shared-memory index. FULL syncs the log at every commit: what was answered survives a power cut.
    for (const pragma of [
      'busy_timeout = 2000',
      'page_size = 8192',
      'locking_mode = EXCLUSIVE',
      'journal_mode = WAL',
      'synchronous = FULL',
      'cache_size = -32000',
      'wal_autocheckpoint = 4000',
    ]) {
      database.exec(`PRAGMA ${pragma}`);
    }
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version > schemaVersion) {
      throw new Error(`it was written by a newer version (${version}) than this one reads (${schemaVersion})`);
    }
    database.exec(schema);
    return { answers: [] };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function failureOf(error: unknown): SqliteFailure {
  const { message, errcode } = error as { message?: string; errcode?: number };
  return { message: message ?? String(error), errcode: errcode ?? 1 };
}

function answer([number, wantsRows, parameters]: Batch['operations'][number]): Answer {
  const statement = statements.get(number);
  if (statement === undefined) throw new Error(`statement ${number} was never sent`);
  return wantsRows ? statement.all(...parameters) : Number(statement.run(...parameters).changes);
}

function runBatch(batch: Batch): BatchAnswer {
  try {
    for (const [number, text] of batch.statements) statements.set(number, database.prepare(text));
    database.exec('BEGIN IMMEDIATE');
    const answers = batch.operations.map((operation) => {
      try {
        return answer(operation);
      } catch (error) {
        if (!database.isTransaction) throw error;
        return failureOf(error);
      }
    });
    database.exec('COMMIT');
    return { answers };
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    return { failure: failureOf(error) };
  }
}

port.on('message', (request: Request) => {
  if ('batch' in request) {
    port.postMessage(runBatch(request.batch));
  } else {
    database.close();
    port.close();
  }
});
port.postMessage(open());
