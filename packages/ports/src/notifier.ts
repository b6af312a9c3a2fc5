import type { Notification } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** Hands messages to a provider. */
export interface Notifier {
  /**
   * Resolves once the provider has accepted the message. Where the provider can, it deduplicates by `notification.id`;
   * where it cannot, put a `NotificationLog` in front. Every error but an `Unavailable` without `withoutEffect` means that
   * the message was not sent, and never will be by this call. A signal aborts the call while that can be promised; later,
   * the call may go on until the provider has answered.
   *
   * @throws Unavailable when a later attempt may succeed; `withoutEffect` when the message was certainly not sent: no
   * connection, or refused for now. Otherwise the provider may still have accepted it.
   * @throws NotificationRefused when the provider refuses the message for good.
   */
  publish(notification: Notification, options?: CallOptions): Promise<void>;
}
