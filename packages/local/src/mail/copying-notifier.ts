import type { Notification } from '@coffee/domain';
import type { Notifier } from '@coffee/ports';

/** Publishes to one notifier, then to the other: by SMTP, with a copy in the mailbox. */
export class CopyingNotifier implements Notifier {
  readonly #first: Notifier;
  readonly #copy: Notifier;

  constructor(first: Notifier, copy: Notifier) {
    this.#first = first;
    this.#copy = copy;
  }

  async publish(notification: Notification): Promise<void> {
    await this.#first.publish(notification);
    await this.#copy.publish(notification);
  }
}
