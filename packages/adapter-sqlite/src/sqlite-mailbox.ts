import type { Notification } from '@coffee/domain';
import type { Clock, Notifier } from '@coffee/ports';
import type { SqliteDatabase } from './sqlite-database.ts';

/** A mail in the mailbox: the notification, when it arrived (UTC, ISO 8601), and its number in the order of arrival. */
export interface Mail extends Notification {
  readonly sentAt: string;
  readonly sequence: number;
}

/** What {@link SqliteMailboxOptions.onMail} is told of a mail. */
export type ArrivedMail = Pick<Mail, 'id' | 'subject' | 'sentAt'>;

export interface SqliteMailboxOptions {
  readonly clock?: Clock;
  /** Told of each mail once it is on disk; once, however often it is published. */
  readonly onMail?: (mail: ArrivedMail) => void;
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
  readonly #onMail: ((mail: ArrivedMail) => void) | undefined;

  constructor(database: SqliteDatabase, options: SqliteMailboxOptions = {}) {
    this.#database = database;
    this.#clock = options.clock ?? Date.now;
    this.#onMail = options.onMail;
  }

  async publish(notification: Notification): Promise<void> {
    const { id, subject } = notification;
    const now = this.#clock();
    if ((await this.#database.run(insert, id, now, JSON.stringify(notification))) === 0) return;
    this.#onMail?.({ id, subject, sentAt: new Date(now).toISOString() });
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
