import { isUnavailable } from '@coffee/ports';

/** Calls again while the answer is `Unavailable`, as the state machine does; any other error ends it. */
export async function untilDone<T>(call: () => Promise<T>, attempts = 20): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isUnavailable(error) || attempt === attempts) throw error;
    }
  }
}
