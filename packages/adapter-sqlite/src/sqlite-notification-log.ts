import type { BeginOutcome, CallOptions, Clock, NotificationLog } from '@coffee/ports';
import type { SqliteDatabase } from './sqlite-database.ts';

export interface SqliteNotificationLogOptions {
  readonly clock?: Clock;
  /** How long a sender has before another may try. Defaults to 60 seconds. */
  readonly leaseMilliseconds?: number;
}

const begin = `
INSERT INTO notification_log (orderid, leased_until, done) VALUES (?, ?, 0)
ON CONFLICT (orderid) DO UPDATE SET leased_until = excluded.leased_until
WHERE done = 0 AND notification_log.leased_until <= ?`;
const select = 'SELECT done FROM notification_log WHERE orderid = ?';
const finish = `
INSERT INTO notification_log (orderid, leased_until, done) VALUES (?, 0, 1)
ON CONFLICT (orderid) DO UPDATE SET done = 1`;
const release = 'UPDATE notification_log SET leased_until = 0 WHERE orderid = ? AND done = 0';

/** The notification log in SQLite. */
export class SqliteNotificationLog implements NotificationLog {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #lease: number;

  constructor(database: SqliteDatabase, options: SqliteNotificationLogOptions = {}) {
    this.#database = database;
    this.#clock = options.clock ?? (() => Date.now());
    this.#lease = options.leaseMilliseconds ?? 60_000;
  }

  async begin(orderid: string, options?: CallOptions): Promise<BeginOutcome> {
    const now = this.#clock();
    if ((await this.#database.run(begin, [orderid, now + this.#lease, now], options)) === 1) return 'granted';
    const row = await this.#database.get(select, [orderid], options);
    return row?.done === 1 ? 'done' : 'busy';
  }

  async finish(orderid: string, options?: CallOptions): Promise<void> {
    await this.#database.run(finish, [orderid], options);
  }

  async release(orderid: string, options?: CallOptions): Promise<void> {
    await this.#database.run(release, [orderid], options);
  }
}
