import type { Notification } from '@coffee/domain';
import type { Clock, Notifier } from '@coffee/ports';
import type { SqliteDatabase } from './sqlite-database.ts';

/** A mail in the mailbox: the notification, when it arrived (UTC, ISO 8601), and its number in the order of arrival. */
export interface Mail extends Notification {
  readonly sentAt: string;
  readonly sequence: number;
}

/** Mails, newest first. `next` is the `before` of the next page, when there is one. */
export interface MailPage {
  readonly mails: readonly Mail[];
  readonly next?: number;
}

const insert = 'INSERT INTO mails (id, sent_at, notification) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const selectPage =
  'SELECT sequence, sent_at, notification FROM mails WHERE sequence < ? ORDER BY sequence DESC LIMIT ?';
const selectOne = 'SELECT sequence, sent_at, notification FROM mails WHERE id = ? AND sequence < ?';

/** A mailbox in SQLite: a provider that deduplicates by `notification.id`. */
export class SqliteMailbox implements Notifier {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;

  constructor(database: SqliteDatabase, options: { readonly clock?: Clock } = {}) {
    this.#database = database;
    this.#clock = options.clock ?? Date.now;
  }

  async publish(notification: Notification): Promise<void> {
    await this.#database.run(insert, notification.id, this.#clock(), JSON.stringify(notification));
  }

  /** A page of mails, newest first: at most `limit` (100), older than `before`, of one order when `orderid` is given. */
  async mails(
    options: { readonly limit?: number; readonly before?: number; readonly orderid?: string } = {},
  ): Promise<MailPage> {
    const { limit = 100, before = Number.MAX_SAFE_INTEGER, orderid } = options;
    const rows =
      orderid === undefined
        ? await this.#database.all(selectPage, before, limit + 1)
        : await this.#database.all(selectOne, orderid, before);
    const mails = rows.slice(0, limit).map((row) => ({
      ...(JSON.parse(String(row.notification)) as Notification),
      sentAt: new Date(Number(row.sent_at)).toISOString(),
      sequence: Number(row.sequence),
    }));
    const last = mails.at(-1);
    return rows.length > limit && last !== undefined ? { mails, next: last.sequence } : { mails };
  }
}
