import type { Notification } from '@coffee/domain';
import type { NotificationLog, Notifier } from '@coffee/ports';
import { isUnavailable, Unavailable } from '@coffee/ports';

/**
 * A notification log in front of a provider that cannot deduplicate: one sender at a time; what is finished is not sent
 * again; what the provider refused can be retried at once. A message is doubled only when it was sent and `finish` did
 * not take effect: the process died in between, the provider's answer was lost, or the log could not be reached.
 */
export class OncePerOrder implements Notifier {
  readonly #notifier: Notifier;
  readonly #log: NotificationLog;

  constructor(notifier: Notifier, log: NotificationLog) {
    this.#notifier = notifier;
    this.#log = log;
  }

  /** @throws Unavailable also while another sender holds the lease: it may be about to send, or may have died. */
  async publish(notification: Notification): Promise<void> {
    const outcome = await this.#log.begin(notification.id);
    if (outcome === 'done') return;
    if (outcome === 'busy') throw new Unavailable(`order ${notification.id} is being announced by another sender`);
    try {
      await this.#notifier.publish(notification);
    } catch (error) {
      // Refused, so certainly not sent. If the release fails, the attempt ends with its lease.
      if (!isUnavailable(error)) await this.#log.release(notification.id).catch(() => undefined);
      throw error;
    }
    await this.#log.finish(notification.id);
  }
}
