import type { Notification } from '@coffee/domain';

/** Hands messages to a provider. */
export interface Notifier {
  /**
   * Resolves once the provider has accepted the message. Where the provider can, it deduplicates by `notification.id`;
   * where it cannot, a `NotificationLog` stands in front.
   *
   * @throws Unavailable when the effect is unknown.
   */
  publish(notification: Notification): Promise<void>;
}
