import type { Notification } from '@coffee/domain';
import type { CallOptions, Clock, NotificationLog, Notifier } from '@coffee/ports';
import { abortable, isUnavailable, Unavailable } from '@coffee/ports';

/** Another sender has the order's attempt: it is sending, or it died and its lease has not ended. Not a failure. */
export class NotificationInProgress extends Error {
  override readonly name = 'NotificationInProgress';

  constructor(orderid: string) {
    super(`order ${orderid} is being announced by another sender, or by one that died and whose lease has not ended`);
  }
}

/** What {@link OncePerOrder} can be given. */
export interface OncePerOrderOptions {
  /**
   * Called with each sending, to make it wait for its turn before it takes the lease: else a crash leaves a lease for all
   * that wait for a connection. Defaults to all at once.
   */
  readonly inTurn?: (send: () => Promise<void>, options: CallOptions) => Promise<void>;
  readonly clock?: Clock;
}

/**
 * How many milliseconds the log may take to grant an attempt. The lease counts from when it was written, so a sender that
 * hears of it late could still be sending when it ends. Leases are longer than this and the longest send together.
 */
const longestBegin = 10_000;

/**
 * A notification log in front of a provider that cannot deduplicate: one sender at a time; what is finished is not sent
 * again; what was certainly not sent can be retried at once. A second call for the same order joins the first. A message is
 * doubled only when it was sent and `finish` did not take effect, and the lease has ended: the process died in between, or
 * the provider's answer was lost.
 */
export class OncePerOrder implements Notifier {
  readonly #notifier: Notifier;
  readonly #log: NotificationLog;
  readonly #inTurn: NonNullable<OncePerOrderOptions['inTurn']>;
  readonly #clock: Clock;
  readonly #sending = new Map<string, Promise<void>>();
  /** Sent, but the log could not be reached to record it. */
  readonly #unrecorded = new Set<string>();

  constructor(notifier: Notifier, log: NotificationLog, options: OncePerOrderOptions = {}) {
    this.#notifier = notifier;
    this.#log = log;
    this.#inTurn = options.inTurn ?? ((send) => send());
    this.#clock = options.clock ?? (() => Date.now());
  }

  /**
   * A sending that the signal cannot abort any more goes on, and is recorded, after this has rejected.
   *
   * @throws NotificationInProgress while another sender holds the lease: it may be about to send, or may have died.
   * @throws Unavailable, NotificationRefused as the notifier does.
   */
  publish(notification: Notification, options: CallOptions = {}): Promise<void> {
    return abortable(options, () => this.#join(notification, options));
  }

  #join(notification: Notification, options: CallOptions): Promise<void> {
    const { id } = notification;
    let sending = this.#sending.get(id);
    if (sending === undefined) {
      sending = this.#inTurn(() => this.#send(notification, options), options).finally(() => this.#sending.delete(id));
      this.#sending.set(id, sending);
    }
    return sending;
  }

  /** The log gets no signal: a lease that was taken is given back, and what was sent is recorded, when no one waits any more. */
  async #send(notification: Notification, options: CallOptions): Promise<void> {
    const { id } = notification;
    if (!this.#unrecorded.has(id)) {
      const since = this.#clock();
      const outcome = await this.#log.begin(id);
      if (outcome === 'done') return;
      if (outcome === 'busy') throw new NotificationInProgress(id);
      if (this.#clock() - since > longestBegin) {
        // Not given back: by now the lease may be another sender's.
        throw new Unavailable(`the notification log took too long to grant order ${id} an attempt`);
      }
      try {
        await this.#notifier.publish(notification, options);
      } catch (error) {
        // If the release fails, the attempt ends with its lease.
        if (!isUnavailable(error) || error.withoutEffect) await this.#log.release(id).catch(() => undefined);
        throw error;
      }
      this.#unrecorded.add(id);
    }
    await this.#log.finish(id);
    this.#unrecorded.delete(id);
  }
}
