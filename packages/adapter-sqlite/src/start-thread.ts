import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Damaged, Unavailable } from '@coffee/ports';
import type { BatchAnswer, SqliteFailure, ThreadData } from './protocol.ts';
import { transient } from './protocol.ts';

/** The file is malformed, or not one of SQLite. */
const damaging = new Set([11, 26]);

/** The ports' error for a failure of SQLite; a defect stays as it is. */
export function toError({ message, errcode }: SqliteFailure): Error {
  const cause = Object.assign(new Error(message), { errcode });
  if (damaging.has(errcode & 0xff)) return new Damaged(`the SQLite file is damaged: ${message}`, { cause });
  return transient.has(errcode & 0xff) ? new Unavailable(`SQLite: ${message}`, { cause }) : cause;
}

/** The files this process has open: SQLite's lock, which is the process's own, does not keep it from itself. */
export const openFiles = new Set<string>();

/** @throws Unavailable when this process has the file open. */
export async function refuseOwnFile(path: string): Promise<void> {
  const place = await realpath(path).catch(() => resolve(path));
  if (openFiles.has(place)) {
    throw new Unavailable(`cannot open the SQLite file ${path}: process ${process.pid} is using it, this one`);
  }
}

/** Notes that the file is open, and answers its place among {@link openFiles}. */
export async function noteOpen(path: string): Promise<string> {
  if (path === ':memory:') return '';
  const place = await realpath(path);
  openFiles.add(place);
  return place;
}

/**
 * Starts the thread that owns the file, and waits until it is open.
 *
 * @throws Unavailable when it cannot be opened; the message says why.
 */
export async function startThread(path: string): Promise<Worker> {
  // From the sources (tests) the thread is TypeScript too; from the package it is JavaScript.
  const thread = new URL(`./database-thread${extname(import.meta.url)}`, import.meta.url);
  const workerData: ThreadData = { path };
  const worker = new Worker(thread, {
    workerData,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // SQLite holds the data, so the heap of the thread can stay small.
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 },
  });
  const failure: SqliteFailure = { message: 'its thread ended', errcode: 1 };
  const ended = once(worker, 'exit').then(() => [{ failure }]);
  const [opened] = (await Promise.race([once(worker, 'message'), ended])) as [BatchAnswer];
  if ('answers' in opened) return worker;
  await worker.terminate();
  const { message } = opened.failure;
  throw new Unavailable(`cannot open the SQLite file ${path}: ${message}`, { cause: toError(opened.failure) });
}
