import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { backup } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { closeFile, openFile } from './open-file.ts';
import type {
  Answer,
  BackupAnswer,
  Batch,
  BatchAnswer,
  NumberedStatement,
  Request,
  Row,
  RowPage,
  SqliteFailure,
  ThreadData,
} from './protocol.ts';
import { transient } from './protocol.ts';
import { writeKeys } from './schema.ts';

/**
 * The thread that owns the SQLite connection. Each batch is one transaction, so all waiting callers share one sync of
 * the disk. A failed statement is undone alone; a failed transaction fails for every caller.
 */

if (parentPort === null) throw new Error('the database thread runs as a worker');
const port = parentPort;
const { path } = workerData as ThreadData;
const known: NumberedStatement[] = [];
const prepared: (StatementSync | undefined)[] = [];

/** How many characters or bytes of values a page holds, and the answers of a batch. */
const pageSize = 1 << 20;
const batchSize = 8 << 20;

/** How many pages of the file a backup copies at once; statements run in between. */
const backupPages = 100;

let database: DatabaseSync;
let answered = 0;
let isClosing = false;
const backups = new Set<Promise<void>>();

function failureOf(error: unknown): SqliteFailure {
  const { message, errcode } = error as { message?: string; errcode?: number };
  return { message: message ?? String(error), errcode: errcode ?? 1 };
}

function prepare({ number, text }: NumberedStatement): StatementSync {
  const statement = prepared[number] ?? database.prepare(text);
  prepared[number] = statement;
  return statement;
}

type Parameters = Batch['operations'];

function sizeOf(row: Row): number {
  let size = 0;
  for (const value of Object.values(row)) {
    size += typeof value === 'string' ? value.length : ArrayBuffer.isView(value) ? value.byteLength : 8;
  }
  return size;
}

function pageOf(statement: StatementSync, parameters: Parameters): RowPage {
  const rows: Row[] = [];
  let size = 0;
  for (const row of statement.iterate(...parameters)) {
    size += sizeOf(row);
    if (size > pageSize && rows.length > 0) return { rows, isCut: true };
    rows.push(row);
  }
  return { rows, isCut: false };
}

function answer(known: NumberedStatement, parameters: Parameters): Answer {
  const statement = prepare(known);
  const { wanted } = known;
  if (wanted === 'changes') return Number(statement.run(...parameters).changes);
  const found = wanted === 'page' ? pageOf(statement, parameters) : statement.all(...parameters);
  for (const row of 'rows' in found ? found.rows : found) answered += sizeOf(row);
  return found;
}

/** After how many operations the keys of the next table are written: each table's when a few thousand rows are new. */
const operationsBetweenKeys = 12_000;
const keysInTurn = Object.values(writeKeys);
let operationsDone = 0;
let turn = 0;

/** Writes the keys of new rows before there are many, whether or not anyone asks for a list. */
function writeKeysInTurn(done: number): void {
  operationsDone += done;
  if (operationsDone < operationsBetweenKeys) return;
  operationsDone -= operationsBetweenKeys;
  const next = keysInTurn[turn % keysInTurn.length] ?? '';
  turn += 1;
  try {
    database.exec(next);
  } catch (error) {
    if (!transient.has(failureOf(error).errcode & 0xff)) throw error; // else the next turn writes these too
  }
}

function runBatch({ statements, operations }: Batch): BatchAnswer {
  for (const statement of statements) known[statement.number] = statement;
  const answers: Answer[] = [];
  answered = 0;
  try {
    database.exec('BEGIN IMMEDIATE');
    for (let at = 0; at < operations.length && answered <= batchSize; ) {
      const statement = known[Number(operations[at])];
      if (statement === undefined) throw new Error(`statement ${operations[at]} was never sent`);
      const from = at + 1;
      at = from + statement.length;
      try {
        answers.push(answer(statement, operations.slice(from, at)));
      } catch (error) {
        if (!database.isTransaction) throw error;
        answers.push(failureOf(error));
      }
    }
    database.exec('COMMIT');
    return { answers };
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    return { failure: failureOf(error) };
  }
}

/** Copies the file beside its new place, then moves it there: a backup is whole, or not there. */
async function backUp(file: string): Promise<void> {
  const part = `${file}.part`;
  let failed: SqliteFailure | undefined;
  try {
    if (existsSync(file)) throw new Error('there is a file already');
    closeSync(openSync(part, 'wx', 0o600));
    try {
      const progress = () => {
        if (isClosing) throw new Error('the database is closing');
      };
      await backup(database, part, { rate: backupPages, progress });
      renameSync(part, file);
    } finally {
      rmSync(part, { force: true });
    }
  } catch (error) {
    failed = failureOf(error);
  }
  port.postMessage({ backup: file, ...(failed && { failed }) } satisfies BackupAnswer);
}

port.on('message', async (request: Request) => {
  if ('batch' in request) {
    const answer = runBatch(request.batch);
    port.postMessage(answer);
    if ('answers' in answer) writeKeysInTurn(answer.answers.length);
  } else if ('backup' in request) {
    const running = backUp(request.backup).finally(() => backups.delete(running));
    backups.add(running);
  } else {
    isClosing = true;
    await Promise.all(backups);
    closeFile(path, database);
    port.close();
  }
});

try {
  database = openFile(path);
  port.postMessage({ answers: [] } satisfies BatchAnswer);
} catch (error) {
  port.postMessage({ failure: failureOf(error) } satisfies BatchAnswer);
}
