import { Unavailable } from './errors.ts';

/** The time in milliseconds since 1970 UTC. Read at each use, so that a test's fake timers move it. */
export type Clock = () => number;

/** Options of every call of a port. */
export interface CallOptions {
  /**
   * Aborts the call: it rejects with `Unavailable`, caused by the signal's reason. Its effect is unknown; a call whose
   * signal was aborted before it began has none. A store that answers in milliseconds may finish what is on its way.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a call of a port, or rejects as soon as its signal is aborted, even before the start.
 *
 * @throws Unavailable with the signal's reason as its cause.
 */
export function abortable<T>({ signal }: CallOptions, call: () => Promise<T>): Promise<T> {
  if (signal === undefined) return call();
  const aborted = (withoutEffect: boolean) =>
    new Unavailable('The call was aborted.', { cause: signal.reason, withoutEffect });
  if (signal.aborted) return Promise.reject(aborted(true));
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(aborted(false));
    signal.addEventListener('abort', giveUp, { once: true });
    call()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp));
  });
}
