import { Unavailable } from './errors.ts';

/** The time in milliseconds since 1970 UTC. Asked at each use, so that a test's fake timers move it. */
export type Clock = () => number;

/** What every call of a port takes beside its own arguments. */
export interface CallOptions {
  /** Gives the call up: it rejects with `Unavailable`, whose cause is the signal's reason. Its effect is then unknown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a call of a port, or gives it up when its signal is aborted, also before it began.
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
