/** What a suite works on: the port (named by each suite's own harness) and how to let go of its backend. */
export interface Harness {
  /** Closes what `create` opened. Called once, after the last test. */
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

  /** Opens the port on its real backend. Called once a suite; the store need not be empty. */
  create(...options: Options): Promise<H>;

  /** Opens the port on a backend that cannot be reached. When absent, `deviations.unavailable` says why. */
  createUnavailable?(...options: Options): Promise<H>;

  /** The promises this adapter does not keep, each with its reason. A promise that is kept after all fails its test. */
  readonly deviations?: Readonly<Partial<Record<Deviation, string>>>;
  readonly limits?: Limits;
}
