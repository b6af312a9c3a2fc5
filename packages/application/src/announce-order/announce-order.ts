import type { NotificationText, PlacedOrder } from '@coffee/domain';
import { composeNotification, defaultNotificationText } from '@coffee/domain';
import type { CallOptions, Notifier } from '@coffee/ports';

/** Publishes the message about a placed order: once, with a notifier that deduplicates. */
export class AnnounceOrder {
  readonly #notifier: Notifier;
  readonly #write: NotificationText;

  /** @param write Writes subject and text. Defaults to the domain's. */
  constructor(notifier: Notifier, write: NotificationText = defaultNotificationText) {
    this.#notifier = notifier;
    this.#write = write;
  }

  /**
   * @throws Unavailable when it may or may not be sent; executing again is safe with a notifier that deduplicates.
   * @throws NotificationInProgress, with {@link OncePerOrder}, while another sender is at it; execute again later.
   * @throws NotificationRefused when the provider refuses it for good.
   */
  async execute(placed: PlacedOrder, options?: CallOptions): Promise<{ readonly id: string }> {
    const notification = composeNotification(placed, this.#write);
    await this.#notifier.publish(notification, options);
    return { id: notification.id };
  }
}
