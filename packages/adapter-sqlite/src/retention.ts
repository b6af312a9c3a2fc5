import { setTimeout } from 'node:timers/promises';
import type { Clock } from '@coffee/ports';
import type { SqliteDatabase } from './sqlite-database.ts';

// What remains of an ended execution is its id, its times and how it ended; of a message, its id and when it was sent.
const tables = [
  {
    first: 'SELECT started_at AS time FROM executions WHERE sequence >= ? ORDER BY sequence LIMIT 1',
    forget: `
UPDATE executions SET input = '{}', detail = NULL
WHERE sequence BETWEEN ? AND ? AND status <> 'RUNNING' AND detail IS NOT NULL AND coalesce(stopped_at, started_at) < ?`,
  },
  {
    first: 'SELECT sent_at AS time FROM mails WHERE sequence >= ? ORDER BY sequence LIMIT 1',
    forget: `
UPDATE mails SET notification = '' WHERE sequence BETWEEN ? AND ? AND notification <> '' AND sent_at < ?`,
  },
];

/** How many rows are looked at in one transaction, and the milliseconds between two, so that orders go on. */
const sliceLength = 200;
const pause = 5;

/**
 * Deletes what executions that ended and messages that were sent before a time hold. Their ids stay, so that an old key
 * neither orders nor notifies again. Answers how many rows it emptied.
 *
 * @param before Milliseconds since 1970 UTC.
 * @throws Unavailable when only some are deleted; deleting again is safe.
 */
export async function forget(database: SqliteDatabase, before: number, signal?: AbortSignal): Promise<number> {
  let count = 0;
  for (const { first, forget } of tables) {
    for (let from = 1; ; from += sliceLength) {
      const row = await database.get(first, [from], { signal });
      if (row === undefined || Number(row.time) >= before) break; // rows are in order of time
      const emptied = await database.run(forget, [from, from + sliceLength - 1, before], { signal });
      count += emptied;
      if (emptied > 0) await setTimeout(pause, undefined, { ref: false, signal });
    }
  }
  return count;
}

/** How long to keep the contents of executions and messages. */
export interface RetentionOptions {
  readonly keepMilliseconds: number;
  readonly clock?: Clock;
  /** Called when something could not be deleted. It is tried again an hour later. */
  readonly onError?: (error: unknown) => void;
}

/** Calls {@link forget} now and every hour. Answers a function that stops it. */
export function forgetHourly(database: SqliteDatabase, options: RetentionOptions): () => Promise<void> {
  const { keepMilliseconds, clock = () => Date.now(), onError = () => undefined } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const sweep = async () => {
    while (!signal.aborted) {
      await forget(database, clock() - keepMilliseconds, signal).catch((error) => {
        if (!signal.aborted) onError(error);
      });
      await setTimeout(3_600_000, undefined, { ref: false, signal }).catch(() => undefined);
    }
  };
  const running = sweep();
  return () => {
    stopping.abort();
    return running;
  };
}
