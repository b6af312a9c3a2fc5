import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness, Manifest } from './manifest.ts';

/** What the clauses of a suite are written with. */
export interface Suite<H extends Harness, Deviation extends string> {
  /** The harness of the suite; only inside a clause. */
  harness(): H;
  /** One promise as one test. With a declared deviation the test must fail, and its title says why. */
  clause(title: string, test: () => Promise<void>, deviation?: Deviation): void;
  /** Parameters for `fc.assert`; `share` is the part of the configured runs a costly property takes, 1 by default. */
  parameters(share?: number): { numRuns: number; seed?: number };
  /** How many calls to make at once. */
  concurrency(fallback: number): number;
}

/** Registers the suite of a port: `clauses` for its behaviour, and for every entry of `calls` that it can be unavailable. */
export function contractSuite<H extends Harness, Options extends readonly unknown[], Deviation extends string>(
  port: string,
  manifest: Manifest<H, Options, Deviation | 'unavailable'>,
  options: Options,
  clauses: (suite: Suite<H, Deviation>) => void,
  calls: Readonly<Record<string, (harness: H) => Promise<unknown>>>,
): void {
  const { limits = {} } = manifest;
  const timeout = limits.timeoutMilliseconds ?? 30_000;
  const deviations: Readonly<Partial<Record<string, string>>> = manifest.deviations ?? {};

  const clause = (title: string, test: () => Promise<void>, deviation?: string): void => {
    const reason = deviation === undefined ? undefined : deviations[deviation];
    if (reason === undefined) it(title, test);
    else it.fails(`${title}; deviates: ${reason}`, test);
  };

  const opened = (create: () => Promise<H>): (() => H) => {
    let harness: H | undefined;
    beforeAll(async () => {
      harness = await create();
    }, timeout);
    afterAll(() => harness?.dispose(), timeout);
    return () => {
      if (harness === undefined) throw new Error('the harness is there only while tests run');
      return harness;
    };
  };

  describe(`${port} contract: ${manifest.adapter}`, { timeout }, () => {
    describe('behaviour', () => {
      clauses({
        harness: opened(() => manifest.create(...options)),
        clause,
        parameters: (share = 1) => ({
          numRuns: Math.max(1, Math.round((limits.runs ?? 25) * share)),
          ...(limits.seed === undefined ? {} : { seed: limits.seed }),
        }),
        concurrency: (fallback) => limits.concurrency ?? fallback,
      });
    });

    for (const [name, reason] of Object.entries(deviations)) {
      it(`the deviation '${name}' has a reason`, () => expect(reason?.trim()).not.toBe(''));
    }

    describe('with an unreachable backend', () => {
      if (manifest.createUnavailable === undefined) {
        const reason = deviations.unavailable;
        it(`rejects with Unavailable; deviates: ${reason ?? 'without a reason'}`, () => {
          expect(reason, 'give createUnavailable, or the reason in deviations.unavailable').toEqual(expect.any(String));
        });
        return;
      }
      const harness = opened(() => manifest.createUnavailable?.(...options) as Promise<H>);
      for (const [method, call] of Object.entries(calls)) {
        const test = async () => {
          const error = await call(harness()).then(
            (answer) => expect.fail(`${method} answered ${JSON.stringify(answer)}`),
            (reason: unknown) => reason,
          );
          expect(error).toMatchObject({ name: 'Unavailable', cause: expect.anything() });
        };
        clause(`${method} rejects with Unavailable and its cause`, test, 'unavailable');
      }
    });
  });
}

/** Asserts a property of unique worlds: the arbitraries are drawn by fast-check, the ids inside are fresh each run. */
export async function always<T>(
  arbitrary: fc.Arbitrary<T>,
  parameters: { numRuns: number; seed?: number },
  predicate: (value: T) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, predicate), parameters);
}
