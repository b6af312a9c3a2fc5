import type { PlacedOrder } from '@coffee/domain';
import { composeNotification } from '@coffee/domain';
import type { Notifier } from '@coffee/ports';

/** Publishes the message about a placed order. As often as the notifier lets it through: once, when it deduplicates. */
export class AnnounceOrder {
  readonly #notifier: Notifier;

  constructor(notifier: Notifier) {
    this.#notifier = notifier;
  }

  /** @throws Unavailable when it may or may not be sent; executing again is safe with a notifier that deduplicates. */
  async execute(placed: PlacedOrder): Promise<{ readonly id: string }> {
    const notification = composeNotification(placed);
    await this.#notifier.publish(notification);
    return { id: notification.id };
  }
}
