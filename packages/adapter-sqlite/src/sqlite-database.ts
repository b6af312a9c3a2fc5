import { once } from 'node:events';
import { extname } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { setImmediate } from 'node:timers';
import { Worker } from 'node:worker_threads';
import type { CallOptions } from '@coffee/ports';
import { abortable, Unavailable } from '@coffee/ports';
import type { Answer, BatchAnswer, Operation, Request, Row, SqliteFailure, ThreadData } from './protocol.ts';

interface Pending {
  readonly operation: Operation;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/** SQLite's primary result codes after which the same call may succeed: busy, locked, no memory, read-only, i/o, full, cannot open. */
const transient = new Set([5, 6, 7, 8, 10, 13, 14]);

function toError({ message, errcode }: SqliteFailure): Error {
  const cause = Object.assign(new Error(message), { errcode });
  return transient.has(errcode & 0xff) ? new Unavailable(`SQLite: ${message}`, { cause }) : cause;
}

/**
 * One SQLite file on a thread of its own. Operations asked for while a transaction runs go into the next one together
 * (group commit), so that durability costs one sync of the disk for all of them. An answer means the transaction is on
 * disk.
 */
export class SqliteDatabase {
  readonly #worker: Worker;
  readonly #numbers = new Map<string, number>();
  #unsent: [number, string][] = [];
  #queue: Pending[] = [];
  #flight: readonly Pending[] | undefined;
  #closed: Error | undefined;
  #drained: (() => void) | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: BatchAnswer) => this.#settle(answer));
    worker.on('error', (error) => this.#fail(new Unavailable('the database thread died', { cause: error })));
  }

  /**
   * Opens or creates the file (`:memory:` for none) and its tables. The thread is the module `database-thread` beside this
   * one: a bundle needs it as an entry point of its own (README).
   *
   * @throws Unavailable when the file cannot be opened, another process has it, or a newer version wrote it.
   */
  static async open(path: string): Promise<SqliteDatabase> {
    // From the sources (tests) the thread is TypeScript too; from the package it is JavaScript.
    const thread = new URL(`./database-thread${extname(import.meta.url)}`, import.meta.url);
    const workerData: ThreadData = { path };
    const worker = new Worker(thread, {
      workerData,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // What the thread holds is SQLite's; its own heap stays small, and so does the process.
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 },
    });
    const [opened] = (await once(worker, 'message')) as [BatchAnswer];
    if ('failure' in opened) {
      await worker.terminate();
      const { message, errcode } = opened.failure;
      const hint = errcode === 5 ? ' (another process is using it)' : '';
      throw new Unavailable(`cannot open the SQLite file ${path}: ${message}${hint}`, {
        cause: toError(opened.failure),
      });
    }
    return new SqliteDatabase(worker);
  }

  /** Runs a statement that changes rows and tells how many it changed. */
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

  /** Finishes what was asked for, then closes the file. Later calls answer `Unavailable`. */
  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = new Unavailable('the SQLite database is closed', { cause: new Error('closed') });
    if (this.#flight !== undefined || this.#queue.length > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    }
    const exit = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#send({ close: true });
    await exit;
  }

  #ask<T>(sql: string, wantsRows: boolean, parameters: readonly SQLInputValue[], options: CallOptions): Promise<T> {
    if (options.signal !== undefined) return abortable(options, () => this.#ask<T>(sql, wantsRows, parameters, {}));
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    let number = this.#numbers.get(sql);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(sql, number);
      this.#unsent.push([number, sql]);
    }
    const operation: Operation = [number, wantsRows, parameters];
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ operation, resolve, reject });
      // One turn of the loop gathers what its callbacks ask for; while a batch is under way the next one gathers.
      if (this.#flight === undefined && this.#queue.length === 1) setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    if (this.#flight !== undefined || this.#queue.length === 0) return;
    this.#flight = this.#queue;
    this.#queue = [];
    const statements = this.#unsent;
    this.#unsent = [];
    this.#send({ batch: { statements, operations: this.#flight.map((pending) => pending.operation) } });
  }

  #send(request: Request): void {
    this.#worker.postMessage(request);
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
    this.#closed ??= error;
    for (const pending of [...(this.#flight ?? []), ...this.#queue]) pending.reject(error);
    this.#flight = undefined;
    this.#queue = [];
    this.#drained?.();
  }
}
