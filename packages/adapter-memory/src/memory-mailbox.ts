import type { Notification } from '@coffee/domain';
import type { ArrivedMail, CallOptions, Clock, Mail, Mailbox, MailPage, MailQuery, Notifier } from '@coffee/ports';
import { abortable } from '@coffee/ports';
import { copyOf, pageOf } from './copy.ts';

export interface MemoryMailboxOptions {
  readonly clock?: Clock;
  /** Called once for each message when it arrives, however often it is published. */
  readonly onMail?: ((mail: ArrivedMail) => void) | undefined;
}

/** A mailbox in memory: a provider that deduplicates by `notification.id`. */
export class MemoryMailbox implements Notifier, Mailbox {
  readonly #clock: Clock;
  readonly #options: MemoryMailboxOptions;
  readonly #mails = new Map<string, Mail>();

  constructor(options: MemoryMailboxOptions = {}) {
    this.#clock = options.clock ?? (() => Date.now());
    this.#options = options;
  }

  publish(notification: Notification, options: CallOptions = {}): Promise<void> {
    return abortable(options, async () => {
      const { id, subject } = notification;
      if (this.#mails.has(id)) return;
      const sentAt = new Date(this.#clock()).toISOString();
      this.#mails.set(id, { ...copyOf(notification), sentAt, sequence: this.#mails.size + 1 });
      this.#options.onMail?.({ id, subject, sentAt });
    });
  }

  page(query: MailQuery = {}, options: CallOptions = {}): Promise<MailPage> {
    const { limit = 100, before = Number.POSITIVE_INFINITY, orderid } = query;
    return abortable(options, async () => {
      const found = [...this.#mails.values()]
        .filter(({ id, sequence }) => sequence < before && (orderid === undefined || id === orderid))
        .slice(-limit - 1)
        .reverse();
      const { items, ...next } = pageOf(found, limit, ({ sequence }) => sequence);
      return { mails: copyOf(items), ...next };
    });
  }
}
