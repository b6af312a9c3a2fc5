import type { Clock } from '../clock.ts';

/** The time as it is, plus what the test has added: so that a service with a clock of its own agrees with it. */
export interface TestClock {
  readonly now: Clock;
  /** Adds milliseconds; negative ones go back. */
  advance(milliseconds: number): void;
}

/** A clock that a test can move. */
export function testClock(): TestClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}
