import type { Notification } from '@coffee/domain';
import { parseNotification } from '@coffee/domain';
import type { ArrivedMail, CallOptions, Clock, Mail, Mailbox, MailPage, MailQuery, Notifier } from '@coffee/ports';
import { readBack } from '@coffee/ports';
import type { Row } from './protocol.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

export interface SqliteMailboxOptions {
  readonly clock?: Clock;
  /** Called once for each message when it is on disk, however often it is published. */
  readonly onMail?: ((mail: ArrivedMail) => void) | undefined;
}

const insert = 'INSERT INTO mails (id, sent_at, notification) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const columns = 'id, sequence, sent_at, notification';
// What was forgotten has no content any more.
const selectPage = `SELECT ${columns} FROM mails WHERE sequence < ? AND notification <> '' ORDER BY sequence DESC LIMIT ?`;
const selectOne = `SELECT ${columns} FROM mails WHERE id = ? AND sequence < ? AND notification <> ''`;

const toMail = (row: Row): Mail =>
  readBack(`the message of order ${row.id}`, () => ({
    ...parseNotification(JSON.parse(String(row.notification))),
    sentAt: new Date(Number(row.sent_at)).toISOString(),
    sequence: Number(row.sequence),
  }));

/** A mailbox in SQLite: a provider that deduplicates by `notification.id`. */
export class SqliteMailbox implements Notifier, Mailbox {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #options: SqliteMailboxOptions;

  constructor(database: SqliteDatabase, options: SqliteMailboxOptions = {}) {
    this.#database = database;
    this.#clock = options.clock ?? (() => Date.now());
    this.#options = options;
  }

  async publish(notification: Notification, options?: CallOptions): Promise<void> {
    const { id, subject } = notification;
    const now = this.#clock();
    if ((await this.#database.run(insert, [id, now, JSON.stringify(notification)], options)) === 0) return;
    this.#options.onMail?.({ id, subject, sentAt: new Date(now).toISOString() });
  }

  async page(query: MailQuery = {}, options?: CallOptions): Promise<MailPage> {
    const { limit = 100, before = Number.MAX_SAFE_INTEGER, orderid } = query;
    const { rows, isCut } =
      orderid === undefined
        ? await this.#database.page(selectPage, [before, limit + 1], options)
        : await this.#database.page(selectOne, [orderid, before], options);
    const mails = rows.slice(0, limit).map(toMail);
    const last = mails.at(-1);
    return (isCut || rows.length > limit) && last !== undefined ? { mails, next: last.sequence } : { mails };
  }
}
