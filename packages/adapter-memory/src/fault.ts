import { Unavailable } from '@coffee/ports';

/** What happens to a call: it gets the call, and answers in its place. */
export type Fault = (call: () => unknown) => Promise<unknown>;

/** Runs a callback after some milliseconds, as `setTimeout` does. */
export type Schedule = (callback: () => void, milliseconds: number) => unknown;

const unavailable = (what: string) =>
  new Unavailable(`${what} (a fault on purpose)`, { cause: new Error('a fault on purpose') });

/** Rejects with `Unavailable`; the call is not made. */
export function unavailableBefore(): Fault {
  return async () => {
    throw unavailable('the backend cannot be reached');
  };
}

/** Makes the call, loses its answer or its error, and rejects with `Unavailable`. */
export function unavailableAfter(): Fault {
  return async (call) => {
    await Promise.allSettled([call()]);
    throw unavailable('the backend did not answer');
  };
}

/** Makes the call after some milliseconds. A test that must not wait hands in its own `schedule`. */
export function slow(milliseconds: number, schedule: Schedule = setTimeout): Fault {
  return async (call) => {
    await new Promise<void>((resolve) => schedule(resolve, milliseconds));
    return call();
  };
}
