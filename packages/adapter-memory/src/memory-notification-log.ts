import type { BeginOutcome, CallOptions, Clock, NotificationLog } from '@coffee/ports';
import { abortable } from '@coffee/ports';

export interface MemoryNotificationLogOptions {
  readonly clock?: Clock;
  /** How long a sender has before another may try. Defaults to 60 seconds. */
  readonly leaseMilliseconds?: number;
}

/** The notification log in memory. */
export class MemoryNotificationLog implements NotificationLog {
  readonly #clock: Clock;
  readonly #lease: number;
  readonly #attempts = new Map<string, 'done' | number>();

  constructor(options: MemoryNotificationLogOptions = {}) {
    this.#clock = options.clock ?? (() => Date.now());
    this.#lease = options.leaseMilliseconds ?? 60_000;
  }

  begin(orderid: string, options: CallOptions = {}): Promise<BeginOutcome> {
    return abortable(options, async () => {
      const now = this.#clock();
      const attempt = this.#attempts.get(orderid);
      if (attempt === 'done') return 'done';
      if (attempt !== undefined && attempt > now) return 'busy';
      this.#attempts.set(orderid, now + this.#lease);
      return 'granted';
    });
  }

  finish(orderid: string, options: CallOptions = {}): Promise<void> {
    return abortable(options, async () => void this.#attempts.set(orderid, 'done'));
  }

  release(orderid: string, options: CallOptions = {}): Promise<void> {
    return abortable(options, async () => {
      if (this.#attempts.get(orderid) !== 'done') this.#attempts.delete(orderid);
    });
  }
}
