import { once } from 'node:events';
import { resolve } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { setImmediate } from 'node:timers';
import type { Worker } from 'node:worker_threads';
import type { CallOptions } from '@coffee/ports';
import { abortable, Unavailable } from '@coffee/ports';
import type {
  Answer,
  BackupAnswer,
  BatchAnswer,
  NumberedStatement,
  Pending,
  Request,
  Row,
  RowPage,
  SqliteDatabaseOptions,
  Wanted,
} from './protocol.ts';
import { noteOpen, openFiles, refuseOwnFile, startThread, toError } from './start-thread.ts';

/** How much is sent to the thread at once: operations, and characters of their parameters. */
const batchLength = 1000;
const batchSize = 8 << 20;

/** Whether a parameter can be sent to the thread: one that cannot would take its whole batch with it. */
function isSendable(value: unknown): boolean {
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'bigint' || value === null || ArrayBuffer.isView(value);
}

/** How many of the waiting operations make the next batch. */
function batchOf(queue: readonly Pending[]): number {
  let size = 0;
  const end = queue.findIndex(({ parameters }, index) => {
    for (const value of parameters) if (typeof value === 'string') size += value.length;
    return index > 0 && (size > batchSize || index >= batchLength);
  });
  return end === -1 ? queue.length : end;
}

/** Statements by their text. */
const statements = () => new Map<string, NumberedStatement>();

/**
 * One SQLite file on its own thread. Operations requested while a transaction runs share the next one (group commit),
 * and so one sync of the disk. An answer means the transaction is on disk.
 */
export class SqliteDatabase {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  readonly #statements = { changes: statements(), rows: statements(), page: statements() };
  readonly #backups = new Map<string, PromiseWithResolvers<void>>();
  readonly #lost = Promise.withResolvers<unknown>();
  #known = 0;
  #place = '';
  #worker: Worker | undefined;
  #starting: Promise<void> | undefined;
  #unsent: NumberedStatement[] = [];
  #queue: Pending[] = [];
  #flight: readonly Pending[] | undefined;
  #closed: Error | undefined;
  #drained: (() => void) | undefined;

  private constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  /**
   * Opens or creates the file (`:memory:` for none), its folder and its tables, for its owner only. A file of an older
   * version is led to this one. The thread is the module `database-thread` beside this one: a bundle needs it as an entry
   * point of its own (README).
   *
   * @throws Unavailable when the file cannot be opened, a process has it, a newer version wrote it, or it belongs to
   *   another program; the message says which. Such a file is left as it is.
   */
  static async open(path: string, options: SqliteDatabaseOptions = {}): Promise<SqliteDatabase> {
    await refuseOwnFile(path);
    const database = new SqliteDatabase(path, options.onError ?? (() => undefined));
    await database.#start();
    database.#place = await noteOpen(path);
    return database;
  }

  /** Settles with the reason when the database is lost: its thread died, and could not be started again. */
  get lost(): Promise<unknown> {
    return this.#lost.promise;
  }

  /** Runs a statement that changes rows, and answers how many it changed. */
  run(sql: string, parameters: readonly SQLInputValue[], options: CallOptions = {}): Promise<number> {
    return this.#ask<number>(sql, 'changes', parameters, options);
  }

  /** Runs a statement and returns its rows, which must be few. */
  all(sql: string, parameters: readonly SQLInputValue[], options: CallOptions = {}): Promise<Row[]> {
    return this.#ask<Row[]>(sql, 'rows', parameters, options);
  }

  /** Runs a statement and returns its first rows: at least one, if any, and at most 1 MiB. */
  page(sql: string, parameters: readonly SQLInputValue[], options: CallOptions = {}): Promise<RowPage> {
    return this.#ask<RowPage>(sql, 'page', parameters, options);
  }

  /** Runs a statement and returns its first row, if any. */
  async get(sql: string, parameters: readonly SQLInputValue[], options: CallOptions = {}): Promise<Row | undefined> {
    return (await this.all(sql, parameters, options))[0];
  }

  /**
   * Writes a consistent copy of the whole file, for its owner only, while other calls go on.
   *
   * @param file The new file; its folder must exist.
   * @throws Unavailable when it cannot be written, or there is a file already.
   */
  backup(file: string): Promise<void> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    if (this.#worker === undefined) return Promise.reject(new Unavailable('the database thread is starting'));
    const place = resolve(file);
    if (this.#backups.has(place)) return Promise.reject(new Unavailable(`a backup to ${file} is in progress`));
    const backup = Promise.withResolvers<void>();
    this.#backups.set(place, backup);
    this.#worker.postMessage({ backup: place } satisfies Request);
    return backup.promise;
  }

  /** Finishes pending operations, breaks backups off, and closes the file. Later calls answer `Unavailable`. */
  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = new Unavailable('the SQLite database is closed', { cause: new Error('closed') });
    await this.#starting;
    if (this.#flight !== undefined || this.#queue.length > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    }
    const worker = this.#worker;
    if (worker !== undefined) {
      const exit = once(worker, 'exit');
      worker.postMessage({ close: true } satisfies Request);
      await exit;
    }
    openFiles.delete(this.#place);
  }

  async #start(): Promise<void> {
    const worker = await startThread(this.#path);
    this.#worker = worker;
    worker.on('message', (answer: BatchAnswer | BackupAnswer) => this.#settle(answer));
    let reason: unknown = new Error('it ended');
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', () => this.#died(reason));
  }

  #died(reason: unknown): void {
    this.#worker = undefined;
    const error = new Unavailable('the database thread died', { cause: reason });
    this.#fail(error);
    if (this.#closed !== undefined) return;
    this.#onError(error);
    this.#unsent = Object.values(this.#statements).flatMap((known) => [...known.values()]);
    this.#starting = this.#restart(error);
  }

  async #restart(error: Error): Promise<void> {
    try {
      if (this.#path === ':memory:') throw error; // what it held is lost
      await this.#start();
      this.#flush();
    } catch (final) {
      this.#closed = final as Error;
      this.#fail(this.#closed);
      this.#onError(final);
      this.#lost.resolve(final);
    }
  }

  #ask<T>(sql: string, wanted: Wanted, parameters: readonly SQLInputValue[], options: CallOptions): Promise<T> {
    if (options.signal?.aborted) return abortable(options, () => this.#ask<T>(sql, wanted, parameters, {}));
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    if (!parameters.every(isSendable)) {
      return Promise.reject(new TypeError('a parameter must be null, a number, a text or bytes'));
    }
    const statement = this.#statementOf(sql, wanted, parameters.length);
    if (statement.length !== parameters.length) {
      return Promise.reject(
        new TypeError(`a statement takes ${statement.length} parameters, not ${parameters.length}`),
      );
    }
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ statement, parameters, resolve, reject });
      // Operations of one turn of the event loop form a batch; while a batch runs, the next one fills up.
      if (this.#flight === undefined && this.#queue.length === 1) setImmediate(() => this.#flush());
    });
  }

  #statementOf(text: string, wanted: Wanted, length: number): NumberedStatement {
    const present = this.#statements[wanted].get(text);
    if (present !== undefined) return present;
    const statement = { number: this.#known++, text, wanted, length };
    this.#statements[wanted].set(text, statement);
    this.#unsent.push(statement);
    return statement;
  }

  #flush(): void {
    if (this.#flight !== undefined || this.#queue.length === 0 || this.#worker === undefined) return;
    this.#flight = this.#queue.splice(0, batchOf(this.#queue));
    const statements = this.#unsent;
    this.#unsent = [];
    const operations: SQLInputValue[] = [];
    for (const { statement, parameters } of this.#flight) operations.push(statement.number, ...parameters);
    this.#worker.postMessage({ batch: { statements, operations } } satisfies Request);
  }

  #settle(result: BatchAnswer | BackupAnswer): void {
    if ('backup' in result) {
      const { backup, failed } = result;
      if (failed === undefined) this.#backups.get(backup)?.resolve();
      else this.#backups.get(backup)?.reject(new Unavailable(`cannot write the backup ${backup}: ${failed.message}`));
      this.#backups.delete(backup);
      return;
    }
    const flight = this.#flight ?? [];
    const answers: readonly Answer[] = 'failure' in result ? flight.map(() => result.failure) : result.answers;
    this.#flight = undefined;
    if (answers.length < flight.length) this.#queue = [...flight.slice(answers.length), ...this.#queue];
    this.#flush();
    for (const [index, answer] of answers.entries()) {
      const pending = flight[index];
      if (typeof answer === 'object' && 'errcode' in answer) pending?.reject(toError(answer));
      else pending?.resolve(answer as never);
    }
    if (this.#flight === undefined) this.#drained?.();
  }

  #fail(error: Error): void {
    const failing = [...(this.#flight ?? []), ...this.#queue, ...this.#backups.values()];
    this.#flight = undefined;
    this.#queue = [];
    this.#backups.clear();
    for (const pending of failing) pending.reject(error);
    this.#drained?.();
  }
}
