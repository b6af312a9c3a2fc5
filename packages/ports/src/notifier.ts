import type { Notification } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** Hands messages to a provider. */
export interface Notifier {
  /**
   * Resolves once the provider has accepted the message. Where the provider can, it deduplicates by `notification.id`;
   * where it cannot, put a `NotificationLog` in front.
   *
   * @throws Unavailable when the effect is unknown.
   */
  publish(notification: Notification, options?: CallOptions): Promise<void>;
}
