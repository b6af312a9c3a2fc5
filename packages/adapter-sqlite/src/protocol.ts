import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** One statement of a batch: the number of its text, whether its rows are wanted, its parameters. */
export type Operation = readonly [statement: number, wantsRows: boolean, parameters: readonly SQLInputValue[]];

/** Sent to the database thread: statement texts it has not seen yet, and the operations of one transaction. */
export interface Batch {
  readonly statements: readonly (readonly [number, string])[];
  readonly operations: readonly Operation[];
}

/** A vendor error on its way between threads. */
export interface SqliteFailure {
  readonly message: string;
  readonly errcode: number;
}

/** An operation's answer: its rows, the number of rows it changed, or its failure. */
export type Answer = readonly Row[] | number | SqliteFailure;

/** What the database thread answers to a batch: one answer per operation, or one failure for all. */
export type BatchAnswer = { readonly answers: readonly Answer[] } | { readonly failure: SqliteFailure };

export type Request = { readonly batch: Batch } | { readonly close: true };

/** What the database thread is started with. */
export interface ThreadData {
  readonly path: string;
}
