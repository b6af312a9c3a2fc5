import type { Notification } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** A message in a mailbox: the notification, when it arrived (UTC, ISO 8601), and its number in order of arrival. */
export interface Mail extends Notification {
  readonly sentAt: string;
  readonly sequence: number;
}

/** What a listener gets when a message arrives. */
export type ArrivedMail = Pick<Mail, 'id' | 'subject' | 'sentAt'>;

/** Selects messages: at most `limit` (100 by default), older than `before`, or the one about an order. */
export interface MailQuery {
  readonly limit?: number | undefined;
  readonly before?: number | undefined;
  readonly orderid?: string | undefined;
}

/** Messages, newest first. `next` is the `before` of the next page, when there is one. */
export interface MailPage {
  readonly mails: readonly Mail[];
  readonly next?: number;
}

/** Browses what a notifier has delivered. For notifiers that keep their messages. */
export interface Mailbox {
  /**
   * A page of messages, newest first.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  page(query?: MailQuery, options?: CallOptions): Promise<MailPage>;
}
