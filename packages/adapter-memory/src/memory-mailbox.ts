import type { Notification } from '@coffee/domain';
import type { Clock, Notifier } from '@coffee/ports';

/** A mail in the mailbox: the notification, when it arrived (UTC, ISO 8601), and its number in the order of arrival. */
export interface Mail extends Notification {
  readonly sentAt: string;
  readonly sequence: number;
}

/** What {@link MemoryMailboxOptions.onMail} is told of a mail. */
export type ArrivedMail = Pick<Mail, 'id' | 'subject' | 'sentAt'>;

export interface MemoryMailboxOptions {
  readonly clock?: Clock;
  /** Told of each mail on its arrival; once, however often it is published. */
  readonly onMail?: (mail: ArrivedMail) => void;
}

/** Mails, newest first. `next` is the `before` of the next page, when there is one. */
export interface MailPage {
  readonly mails: readonly Mail[];
  readonly next?: number;
}

/** A mailbox in memory: a provider that deduplicates by `notification.id`. */
export class MemoryMailbox implements Notifier {
  readonly #clock: Clock;
  readonly #onMail: ((mail: ArrivedMail) => void) | undefined;
  readonly #mails = new Map<string, Mail>();
  readonly #ids: string[] = [];

  constructor(options: MemoryMailboxOptions = {}) {
    this.#clock = options.clock ?? Date.now;
    this.#onMail = options.onMail;
  }

  async publish(notification: Notification): Promise<void> {
    const { id } = notification;
    if (this.#mails.has(id)) return;
    const sequence = this.#ids.push(id);
    const sentAt = new Date(this.#clock()).toISOString();
    this.#mails.set(id, { ...structuredClone(notification), sentAt, sequence });
    this.#onMail?.({ id, subject: notification.subject, sentAt });
  }

  /** A page of mails, newest first: at most `limit` (100), older than `before`, of one order when `orderid` is given. */
  async mails(
    options: { readonly limit?: number; readonly before?: number; readonly orderid?: string } = {},
  ): Promise<MailPage> {
    const { limit = 100, before = Number.MAX_SAFE_INTEGER, orderid } = options;
    const end = Math.min(before - 1, this.#ids.length);
    const start = Math.max(0, end - limit);
    const ids = orderid === undefined ? this.#ids.slice(start, end).reverse() : [orderid];
    const mails = ids.flatMap((id) => {
      const mail = this.#mails.get(id);
      return mail === undefined || mail.sequence >= before ? [] : [structuredClone(mail)];
    });
    return orderid === undefined && start > 0 ? { mails, next: start + 1 } : { mails };
  }
}
