import * as fc from 'fast-check';
import type { CallOptions } from '../call.ts';
import type { Expect, Harness, Manifest, TestRunner } from './manifest.ts';

/** What the clauses of a suite use. */
export interface Suite<H extends Harness, Deviation extends string> {
  readonly expect: Expect;
  /** The harness of the running test; only inside a clause. */
  harness(): H;
  /** One promise as one test. With a declared deviation the test must fail, and its title says why. */
  clause(title: string, test: () => Promise<void>, deviation?: Deviation): void;
  /** Parameters for `fc.assert`; `share` is the fraction of the runs that a costly property takes, 1 by default. */
  parameters(share?: number): { numRuns: number; seed?: number };
  /** How many calls to make at once. */
  concurrency(fallback: number): number;
}

/** A valid call of each method of a port, to see how it fails. */
type Calls<H extends Harness> = Readonly<Record<string, (harness: H, options?: CallOptions) => Promise<unknown>>>;

/**
 * Registers the suite of a port: `clauses` for its behaviour, and for every entry of `calls` how it fails when the
 * backend is unreachable or the signal aborted. Each test opens its own harness and disposes of it.
 */
export function contractSuite<H extends Harness, Options extends readonly unknown[], Deviation extends string>(
  port: string,
  { describe, it, expect }: TestRunner,
  manifest: Manifest<H, Options, Deviation | 'unavailable'>,
  options: Options,
  clauses: (suite: Suite<H, Deviation>) => void,
  calls: Calls<H>,
): void {
  const { limits = {} } = manifest;
  const timeout = limits.timeoutMilliseconds ?? 30_000;
  const deviations: Readonly<Partial<Record<string, string>>> = manifest.deviations ?? {};
  let running: H | undefined;

  const on = (create: () => Promise<H>, test: () => Promise<void>) => async () => {
    const harness = await create();
    running = harness;
    try {
      await test();
    } finally {
      running = undefined;
      await harness.dispose();
    }
  };
  const harness = (): H => {
    if (running === undefined) throw new Error('The harness exists only while a test runs.');
    return running;
  };
  const register = (title: string, test: () => Promise<void>, deviation?: string): void => {
    const reason = deviation === undefined ? undefined : deviations[deviation];
    if (reason === undefined) it(title, test, timeout);
    else it(`${title}; deviates: ${reason}`, () => mustFail(test), timeout);
  };
  const create = () => manifest.create(...options);
  const canBeUnreachable = manifest.createUnavailable !== undefined;

  describe(`${port} contract: ${manifest.adapter}`, () => {
    clauses({
      expect,
      harness,
      clause: (title, test, deviation) => register(title, on(create, test), deviation),
      parameters: (share = 1) => ({
        numRuns: Math.max(1, Math.round((limits.runs ?? 25) * share)),
        ...(limits.seed === undefined ? {} : { seed: limits.seed }),
      }),
      concurrency: (fallback) => limits.concurrency ?? fallback,
    });

    for (const [name, reason] of Object.entries(deviations)) {
      it(`the deviation '${name}' has a reason`, async () => void expect(reason?.trim() ?? '').toMatch(/./));
    }

    for (const [method, call] of Object.entries(calls)) {
      const rejects = (callOptions?: CallOptions) => async () => {
        await expect(call(harness(), callOptions)).rejects.toMatchObject({
          name: 'Unavailable',
          cause: callOptions?.signal?.reason ?? expect.anything(),
        });
      };
      const aborted = { signal: AbortSignal.abort(new Error('given up')) };
      register(`${method} rejects with Unavailable once its signal is aborted`, on(create, rejects(aborted)));
      if (!canBeUnreachable) continue;
      const unreachable = () => manifest.createUnavailable?.(...options) as Promise<H>;
      register(
        `${method} rejects with Unavailable and its cause while the backend is unreachable`,
        on(unreachable, rejects()),
        'unavailable',
      );
    }
    if (!canBeUnreachable) {
      const reason = deviations.unavailable;
      it(`is never unreachable: ${reason ?? 'without a reason'}`, async () => {
        if (reason === undefined) throw new Error('Give createUnavailable, or the reason in deviations.unavailable.');
      });
    }
  });
}

async function mustFail(test: () => Promise<void>): Promise<void> {
  try {
    await test();
  } catch {
    return; // as declared
  }
  throw new Error('The adapter keeps this promise: remove the deviation from its manifest.');
}

/** Asserts a property with fast-check. The ids inside the drawn values are fresh in every run. */
export async function always<T>(
  arbitrary: fc.Arbitrary<T>,
  parameters: { numRuns: number; seed?: number },
  predicate: (value: T) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, predicate), parameters);
}

/** Every item of a list, page by page. A page that is not the last holds at least one. */
export async function everyItem<Item, Position>(
  expect: Expect,
  read: (before?: Position) => Promise<readonly [items: readonly Item[], next?: Position | undefined]>,
): Promise<Item[]> {
  const found: Item[] = [];
  let before: Position | undefined;
  do {
    const [items, next] = await read(before);
    expect(items.length).toBeGreaterThan(next === undefined ? -1 : 0);
    found.push(...items);
    before = next;
  } while (before !== undefined);
  return found;
}
