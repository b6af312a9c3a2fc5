import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** What a statement answers: how many rows it changed, all of its rows, or as many of them as fit on a page. */
export type Wanted = 'changes' | 'rows' | 'page';

/** A statement as the thread keeps it, under its number. */
export interface NumberedStatement {
  readonly number: number;
  readonly text: string;
  readonly wanted: Wanted;
  /** How many parameters it takes. */
  readonly length: number;
}

/** Sent to the database thread: the statements it has not seen yet, and the operations of one transaction. */
export interface Batch {
  readonly statements: readonly NumberedStatement[];
  /** In one list, since many small ones take long to copy: each operation is a statement's number and its parameters. */
  readonly operations: readonly SQLInputValue[];
}

/** SQLite's primary result codes after which the same call may succeed: busy, locked, no memory, read-only, i/o, full, cannot open. */
export const transient = new Set([5, 6, 7, 8, 10, 13, 14]);

/** A vendor error on its way between threads. */
export interface SqliteFailure {
  readonly message: string;
  readonly errcode: number;
}

/** The first rows of an answer; `isCut` when there are more than fit. */
export interface RowPage {
  readonly rows: readonly Row[];
  readonly isCut: boolean;
}

/** An operation's answer: what it wanted, or its failure. */
export type Answer = readonly Row[] | number | RowPage | SqliteFailure;

/**
 * What the database thread answers to a batch: one failure for all, or one answer per operation. Operations at the end
 * that have none were not run, since the answers before them are large.
 */
export type BatchAnswer = { readonly answers: readonly Answer[] } | { readonly failure: SqliteFailure };

/** What the thread says when a backup was written or failed. */
export interface BackupAnswer {
  readonly backup: string;
  readonly failed?: SqliteFailure;
}

export type Request = { readonly batch: Batch } | { readonly backup: string } | { readonly close: true };

/** What the database thread is started with. */
export interface ThreadData {
  readonly path: string;
}

/** The text of a statement and its parameters. */
export type Statement = readonly [sql: string, parameters: readonly SQLInputValue[]];

/** An operation that waits for its answer. */
export interface Pending {
  readonly statement: NumberedStatement;
  readonly parameters: readonly SQLInputValue[];
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Options of `SqliteDatabase.open`. */
export interface SqliteDatabaseOptions {
  /** Called when the thread of the database died, and again when it could not be started again. */
  readonly onError?: (error: unknown) => void;
}
