import { Unavailable } from './errors.ts';

/** The time in milliseconds since 1970 UTC. Read at each use, so that a test's fake timers move it. */
export type Clock = () => number;

/** Options of every call of a port. */
export interface CallOptions {
  /** Aborts the call: it rejects with `Unavailable`, caused by the signal's reason, and its effect is unknown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a call of a port, or rejects as soon as its signal is aborted, even before the start.
 *
 * @throws Unavailable with the signal's reason as its cause.
 */
export function abortable<T>({ signal }: CallOptions, call: () => Promise<T>): Promise<T> {
  if (signal === undefined) return call();
  const aborted = () => new Unavailable('The call was aborted.', { cause: signal.reason });
  if (signal.aborted) return Promise.reject(aborted());
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(aborted());
    signal.addEventListener('abort', giveUp, { once: true });
    call()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp));
  });
}
