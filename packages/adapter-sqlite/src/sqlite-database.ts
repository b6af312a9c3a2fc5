import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { setImmediate } from 'node:timers';
import { Worker } from 'node:worker_threads';
import type { CallOptions } from '@coffee/ports';
import { abortable, Damaged, Unavailable } from '@coffee/ports';
import type { Answer, BatchAnswer, Operation, Request, Row, SqliteFailure, ThreadData } from './protocol.ts';

interface Pending {
  readonly operation: Operation;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/** SQLite's primary result codes after which the same call may succeed: busy, locked, no memory, read-only, i/o, full, cannot open. */
const transient = new Set([5, 6, 7, 8, 10, 13, 14]);
/** The file is malformed, or not one of SQLite. */
const damaging = new Set([11, 26]);

function toError({ message, errcode }: SqliteFailure): Error {
  const cause = Object.assign(new Error(message), { errcode });
  if (damaging.has(errcode & 0xff)) return new Damaged(`the SQLite file is damaged: ${message}`, { cause });
  return transient.has(errcode & 0xff) ? new Unavailable(`SQLite: ${message}`, { cause }) : cause;
}

/** Options of {@link SqliteDatabase.open}. */
export interface SqliteDatabaseOptions {
  /** Told when the thread of the database died; it has been started again if the file could be opened again. */
  readonly onError?: (error: unknown) => void;
}

/**
 * One SQLite file on its own thread. Operations requested while a transaction runs share the next one (group commit),
 * and so one sync of the disk. An answer means the transaction is on disk.
 */
export class SqliteDatabase {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  readonly #numbers = new Map<string, number>();
  #worker: Worker | undefined;
  #unsent: [number, string][] = [];
  #queue: Pending[] = [];
  #flight: readonly Pending[] | undefined;
  #closed: Error | undefined;
  #drained: (() => void) | undefined;

  private constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  /**
   * Opens or creates the file (`:memory:` for none) and its tables, for its owner only. A file of an older version is led to
   * this one. The thread is the module `database-thread` beside this one: a bundle needs it as an entry point of its own
   * (README).
   *
   * @throws Unavailable when the file cannot be opened, another process has it, a newer version wrote it, or it belongs to
   *   another program. Such a file is left as it is.
   */
  static async open(path: string, options: SqliteDatabaseOptions = {}): Promise<SqliteDatabase> {
    const database = new SqliteDatabase(path, options.onError ?? (() => undefined));
    await database.#start();
    return database;
  }

  /** Runs a statement that changes rows, and answers how many it changed. */
  run(sql: string, parameters: readonly SQLInputValue[], options: CallOptions = {}): Promise<number> {
    return this.#ask<number>(sql, false, parameters, options);
  }

  /** Runs a statement and returns its rows. */
  all(sql: string, parameters: readonly SQLInputValue[], options: CallOptions = {}): Promise<Row[]> {
    return this.#ask<Row[]>(sql, true, parameters, options);
  }

  /** Runs a statement and returns its first row, if any. */
  async get(sql: string, parameters: readonly SQLInputValue[], options: CallOptions = {}): Promise<Row | undefined> {
    return (await this.all(sql, parameters, options))[0];
  }

  /** @throws Unavailable when the database does not answer. */
  async check(): Promise<void> {
    await this.get('SELECT 1', []);
  }

  /** Finishes pending operations, then closes the file. Later calls answer `Unavailable`. */
  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = new Unavailable('the SQLite database is closed', { cause: new Error('closed') });
    if (this.#flight !== undefined || this.#queue.length > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    }
    const worker = this.#worker;
    if (worker === undefined) return;
    const exit = once(worker, 'exit');
    worker.postMessage({ close: true } satisfies Request);
    await exit;
    await rm(ownerOf(this.#path), { force: true });
  }

  /** Starts the thread. When it dies, what it was doing fails, and it is started again. */
  async #start(): Promise<void> {
    // From the sources (tests) the thread is TypeScript too; from the package it is JavaScript.
    const thread = new URL(`./database-thread${extname(import.meta.url)}`, import.meta.url);
    const workerData: ThreadData = { path: this.#path };
    const worker = new Worker(thread, {
      workerData,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // SQLite holds the data, so the heap of the thread can stay small.
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 },
    });
    const [opened] = (await once(worker, 'message')) as [BatchAnswer];
    if ('failure' in opened) {
      await worker.terminate();
      throw await cannotOpen(this.#path, opened.failure);
    }
    if (this.#path !== ':memory:') await writeFile(ownerOf(this.#path), `${process.pid}\n`, { mode: 0o600 });
    this.#worker = worker;
    worker.on('message', (answer: BatchAnswer) => this.#settle(answer));
    let reason: unknown = new Error('it ended');
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', () => void this.#died(reason));
  }

  async #died(reason: unknown): Promise<void> {
    this.#worker = undefined;
    if (this.#closed !== undefined) return;
    const error = new Unavailable('the database thread died', { cause: reason });
    this.#onError(error);
    this.#fail(error);
    this.#unsent = [...this.#numbers].map(([text, number]) => [number, text]);
    try {
      if (this.#path === ':memory:') throw error; // what it held is lost
      await this.#start();
      this.#flush();
    } catch (final) {
      this.#closed = final as Error;
      this.#fail(this.#closed);
      this.#onError(final);
    }
  }

  #ask<T>(sql: string, wantsRows: boolean, parameters: readonly SQLInputValue[], options: CallOptions): Promise<T> {
    if (options.signal !== undefined) return abortable(options, () => this.#ask<T>(sql, wantsRows, parameters, {}));
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    // A parameter that cannot be sent to the thread must not take its batch with it.
    const unfit = parameters.find((value) => typeof value === 'object' && value !== null && !ArrayBuffer.isView(value));
    if (unfit !== undefined) return Promise.reject(new TypeError('SQLite takes no objects as parameters'));
    let number = this.#numbers.get(sql);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(sql, number);
      this.#unsent.push([number, sql]);
    }
    const operation: Operation = [number, wantsRows, parameters];
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ operation, resolve, reject });
      // Operations of one turn of the event loop form a batch; while a batch runs, the next one fills up.
      if (this.#flight === undefined && this.#queue.length === 1) setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    if (this.#flight !== undefined || this.#queue.length === 0 || this.#worker === undefined) return;
    this.#flight = this.#queue;
    this.#queue = [];
    const statements = this.#unsent;
    this.#unsent = [];
    const operations = this.#flight.map((pending) => pending.operation);
    this.#worker.postMessage({ batch: { statements, operations } } satisfies Request);
  }

  #settle(result: BatchAnswer): void {
    const flight = this.#flight ?? [];
    this.#flight = undefined;
    this.#flush();
    for (const [index, pending] of flight.entries()) {
      const answer: Answer | undefined = 'failure' in result ? result.failure : result.answers[index];
      if (typeof answer === 'number' || Array.isArray(answer)) pending.resolve(answer as never);
      else pending.reject(toError(answer as SqliteFailure));
    }
    if (this.#flight === undefined) this.#drained?.();
  }

  #fail(error: Error): void {
    const failing = [...(this.#flight ?? []), ...this.#queue];
    this.#flight = undefined;
    this.#queue = [];
    for (const pending of failing) pending.reject(error);
    this.#drained?.();
  }
}

/** Says which process has the file. */
const ownerOf = (path: string): string => `${path}.pid`;

async function cannotOpen(path: string, failure: SqliteFailure): Promise<Error> {
  const { message, errcode } = failure;
  let why = message;
  if (errcode === 5) {
    const owner = await readFile(ownerOf(path), 'utf8').catch(() => '');
    why = `process ${owner.trim() || '(unknown)'} is using it. Stop that process, or use another file`;
  }
  return new Unavailable(`cannot open the SQLite file ${path}: ${why}`, { cause: toError(failure) });
}
