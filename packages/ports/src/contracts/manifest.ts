import type { Clock } from '../call.ts';

/** What a suite works on: the port (named by each suite's own harness) and how to let go of its backend. */
export interface Harness {
  /** Closes what `create` opened. */
  dispose(): Promise<void> | void;
}

/** How much a suite does. Lower the numbers for a slow or metered service. */
export interface Limits {
  /** Runs of each property. Default 25. */
  readonly runs?: number;
  /** Simultaneous calls where a clause is about concurrency. Each suite has its own default. */
  readonly concurrency?: number;
  /** Milliseconds each test may take. Default 30,000. */
  readonly timeoutMilliseconds?: number;
  /** Seed of the properties. Default: a random one, printed when a property fails. */
  readonly seed?: number;
}

/** What an adapter says about itself, to be held to a contract. */
export interface Manifest<H extends Harness, Options extends readonly unknown[], Deviation extends string> {
  /** Shown in the titles of the tests. */
  readonly adapter: string;

  /** Opens the port on its real backend. Called for each test; the store need not be empty, and several may share one. */
  create(...options: Options): Promise<H>;

  /** Opens the port on a backend that cannot be reached. When absent, `deviations.unavailable` says why. */
  createUnavailable?(...options: Options): Promise<H>;

  /** The promises this adapter does not keep, each with its reason. A promise that is kept after all fails its test. */
  readonly deviations?: Readonly<Partial<Record<Deviation, string>>>;
  readonly limits?: Limits;
}

/** The part of a matcher library that the suites use; that of Vitest and of Jest fits. */
interface Matchers {
  toBe(expected: unknown): unknown;
  toEqual(expected: unknown): unknown;
  toMatchObject(expected: object): unknown;
  toMatch(expected: RegExp): unknown;
  toBeUndefined(): unknown;
  toHaveLength(expected: number): unknown;
  toBeGreaterThan(expected: number): unknown;
  toBeGreaterThanOrEqual(expected: number): unknown;
  toBeLessThan(expected: number): unknown;
}

/** `expect` of the caller's test runner. */
export interface Expect {
  (actual: unknown): Matchers & { readonly rejects: { toMatchObject(expected: object): Promise<unknown> } };
  anything(): unknown;
}

/** The caller's test runner: `describe`, `it` and `expect` of Vitest, of Jest, or of anything alike. */
export interface TestRunner {
  describe(title: string, body: () => void): unknown;
  it(title: string, test: () => Promise<void>, timeoutMilliseconds?: number): unknown;
  readonly expect: Expect;
}

/** A clock that a test can move: the time as it is, plus what the test has added, so that a real service agrees with it. */
export interface TestClock {
  readonly now: Clock;
  /** Adds milliseconds; negative ones go back. */
  advance(milliseconds: number): void;
}

export function testClock(): TestClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}
