import { chmodSync, closeSync, openSync } from 'node:fs';
import type { StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { identifyFile } from './identify-file.ts';
import type { Answer, Batch, BatchAnswer, Request, SqliteFailure, ThreadData } from './protocol.ts';
import { applicationId, refusalOf, upgrade } from './schema.ts';

/**
 * The thread that owns the SQLite connection. Each batch is one transaction, so all waiting callers share one sync of
 * the disk. A failed statement is undone alone; a failed transaction fails for every caller.
 */

if (parentPort === null) throw new Error('the database thread runs as a worker');
const port = parentPort;
const { path } = workerData as ThreadData;
const database = new DatabaseSync(path, { open: false });
const texts = new Map<number, string>();
const statements = new Map<number, StatementSync>();

// A second process on the same file must fail at once, not share executions; an exclusive lock does that, and spares
// the shared-memory index. FULL syncs the log at every commit: what was answered survives a power cut.
const pragmas = ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -32000', 'wal_autocheckpoint = 4000'];

/** Opens the file, once it is known to be ours, and leads it to the schema of this version in one transaction. */
function open(): BatchAnswer {
  try {
    const identity = identifyFile(path);
    const refusal = identity && refusalOf(identity);
    if (refusal !== undefined) throw new Error(`it ${refusal}`);
    if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600)); // it holds customers' data and a key
    database.open();
    for (const pragma of ['busy_timeout = 2000', 'page_size = 8192', 'locking_mode = EXCLUSIVE']) {
      database.exec(`PRAGMA ${pragma}`);
    }
    if (identity === undefined) database.exec(`PRAGMA application_id = ${applicationId}`);
    for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`);
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    database.exec(upgrade(version));
    if (path !== ':memory:') for (const name of [path, `${path}-wal`]) chmodSync(name, 0o600);
    return { answers: [] };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function failureOf(error: unknown): SqliteFailure {
  const { message, errcode } = error as { message?: string; errcode?: number };
  return { message: message ?? String(error), errcode: errcode ?? 1 };
}

function statementOf(number: number): StatementSync {
  let statement = statements.get(number);
  if (statement === undefined) {
    statement = database.prepare(texts.get(number) ?? '');
    statements.set(number, statement);
  }
  return statement;
}

function answer([number, wantsRows, parameters]: Batch['operations'][number]): Answer {
  const statement = statementOf(number);
  return wantsRows ? statement.all(...parameters) : Number(statement.run(...parameters).changes);
}

function runBatch(batch: Batch): BatchAnswer {
  for (const [number, text] of batch.statements) texts.set(number, text);
  try {
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
