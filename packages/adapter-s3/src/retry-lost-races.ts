import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '@coffee/ports';

/** Thrown by a try when another writer was faster; `cause` is the vendor's error. */
export class RaceLost extends Error {
  override readonly name = 'RaceLost';
}

const longestWaitMilliseconds = 4_000;

/**
 * Runs a try until it does not end in {@link RaceLost}. The waits in between are random (full jitter), so that writers that
 * collided once do not collide again, and grow with the time a try took and the races lost: a slow or crowded service is asked
 * less.
 *
 * @throws Unavailable when a wait would go beyond the patience.
 */
export async function retryLostRaces<T>(attempt: () => Promise<T>, patienceMilliseconds: number): Promise<T> {
  const end = performance.now() + patienceMilliseconds;
  for (let lost = 0; ; lost += 1) {
    const start = performance.now();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RaceLost)) throw error;
      const now = performance.now();
      const wait = Math.random() * Math.min(3 * (now - start) * 2 ** lost, longestWaitMilliseconds);
      if (now + wait > end) throw new Unavailable(error.message, { cause: error.cause });
      await sleep(wait);
    }
  }
}
