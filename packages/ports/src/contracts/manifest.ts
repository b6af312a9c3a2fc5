import type { Clock } from '../call.ts';

/** What a suite tests: the port, under the name in the suite's own harness, and how to release its backend. */
export interface Harness {
  /** Closes what `create` opened. */
  dispose(): Promise<void> | void;
}

/** How much a suite does. Lower the numbers for a slow or metered service. */
export interface Limits {
  /** Runs of each property. Defaults to 25. */
  readonly runs?: number;
  /** Simultaneous calls in clauses about concurrency. Each suite has its own default. */
  readonly concurrency?: number;
  /** Milliseconds each test may take. Defaults to 30,000. */
  readonly timeoutMilliseconds?: number;
  /** Seed of the properties. Defaults to a random one, printed when a property fails. */
  readonly seed?: number;
}

/** Describes an adapter to a contract suite. */
export interface Manifest<H extends Harness, Options extends readonly unknown[], Deviation extends string> {
  /** Shown in test titles. */
  readonly adapter: string;

  /** Opens the port on its real backend. Called for each test; the store need not be empty, and several may share one. */
  create(...options: Options): Promise<H>;

  /** Opens the port on a backend that cannot be reached. When absent, `deviations.unavailable` says why. */
  createUnavailable?(...options: Options): Promise<H>;

  /** The promises this adapter does not keep, each with its reason. A promise that is kept after all fails its test. */
  readonly deviations?: Readonly<Partial<Record<Deviation, string>>>;
  readonly limits?: Limits;
}

/** The matchers that the suites use; those of Vitest and Jest fit. */
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

/** The caller's test runner: `describe`, `it` and `expect` of Vitest, Jest, or another with the same signatures. */
export interface TestRunner {
  describe(title: string, body: () => void): unknown;
  it(title: string, test: () => Promise<void>, timeoutMilliseconds?: number): unknown;
  readonly expect: Expect;
}

/** A clock that a test can move: the real time plus what the test has added, so that real services agree with it. */
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
