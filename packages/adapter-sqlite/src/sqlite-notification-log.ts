import type { BeginOutcome, Clock, NotificationLog } from '@coffee/ports';
import type { SqliteDatabase } from './sqlite-database.ts';

const begin = `
INSERT INTO notification_log (orderid, leased_until, done) VALUES (?, ?, 0)
ON CONFLICT (orderid) DO UPDATE SET leased_until = excluded.leased_until
WHERE done = 0 AND notification_log.leased_until <= ?`;
const select = 'SELECT done FROM notification_log WHERE orderid = ?';
const finish = `
INSERT INTO notification_log (orderid, leased_until, done) VALUES (?, 0, 1)
ON CONFLICT (orderid) DO UPDATE SET done = 1`;

/** The notification log in SQLite. */
export class SqliteNotificationLog implements NotificationLog {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #lease: number;

  constructor(database: SqliteDatabase, options: { readonly clock?: Clock; readonly leaseMilliseconds?: number } = {}) {
    this.#database = database;
    this.#clock = options.clock ?? Date.now;
    this.#lease = options.leaseMilliseconds ?? 60_000;
  }

  async begin(orderid: string): Promise<BeginOutcome> {
    const now = this.#clock();
    if ((await this.#database.run(begin, orderid, now + this.#lease, now)) === 1) return 'granted';
    const row = await this.#database.get(select, orderid);
    return row?.done === 1 ? 'done' : 'busy';
  }

  async finish(orderid: string): Promise<void> {
    await this.#database.run(finish, orderid);
  }
}
