import type { BeginOutcome, Clock, NotificationLog } from '@coffee/ports';

/** The notification log in memory. The lease is 60 seconds unless told. */
export class MemoryNotificationLog implements NotificationLog {
  readonly #clock: Clock;
  readonly #lease: number;
  readonly #attempts = new Map<string, 'done' | number>();

  constructor(options: { readonly clock?: Clock; readonly leaseMilliseconds?: number } = {}) {
    this.#clock = options.clock ?? Date.now;
    this.#lease = options.leaseMilliseconds ?? 60_000;
  }

  async begin(orderid: string): Promise<BeginOutcome> {
    const now = this.#clock();
    const attempt = this.#attempts.get(orderid);
    if (attempt === 'done') return 'done';
    if (attempt !== undefined && attempt > now) return 'busy';
    this.#attempts.set(orderid, now + this.#lease);
    return 'granted';
  }

  async finish(orderid: string): Promise<void> {
    this.#attempts.set(orderid, 'done');
  }
}
