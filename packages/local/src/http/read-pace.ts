import PQueue from 'p-queue';

/** How long reading rests for each millisecond that it took, and at most, in milliseconds. */
const restPerMillisecond = 3;
const longestRest = 300;

/**
 * Lets orders go first: while there are any on their way, large reads come one at a time, and rest after each, so that
 * however many clients read, they take a quarter of this process at most.
 */
export class ReadPace {
  readonly #hasOrders: () => boolean;
  readonly #turns = new PQueue({ concurrency: 1 });

  constructor(hasOrders: () => boolean) {
    this.#hasOrders = hasOrders;
  }

  /** Calls when it may. The rest comes after the answer. */
  read<T>(call: () => Promise<T>): Promise<T> {
    if (!this.#hasOrders()) return call();
    const answer = Promise.withResolvers<T>();
    void this.#turns.add(async () => {
      const since = performance.now();
      const called = call();
      answer.resolve(called);
      await called.catch(() => undefined); // the caller has the error
      const rest = restPerMillisecond * (performance.now() - since);
      if (this.#hasOrders()) await new Promise((over) => setTimeout(over, Math.min(rest, longestRest)).unref());
    });
    return answer.promise;
  }
}
