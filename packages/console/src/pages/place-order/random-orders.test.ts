import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeMany } from './random-orders.ts';

it('always does each one once, never more at once than allowed, and reports every one', async () => {
  const fates = fc.array(fc.boolean(), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fates, fc.integer({ min: 1, max: 8 }), async (fate, atOnce) => {
      const done: number[] = [];
      const told: number[] = [];
      let running = 0;
      let most = 0;
      const result = await placeMany(
        fate.length,
        async (index) => {
          running += 1;
          most = Math.max(most, running);
          await Promise.resolve();
          running -= 1;
          done.push(index);
          if (!fate[index]) throw new Error(`refused ${index}`);
          return index;
        },
        { atOnce, onProgress: ({ placed, failures }) => told.push(placed.length + failures.length) },
      );
      expect(done.toSorted((a, b) => a - b)).toEqual(fate.map((_, index) => index));
      expect(result.placed.toSorted((a, b) => a - b)).toEqual(fate.flatMap((well, index) => (well ? [index] : [])));
      expect(result.failures).toHaveLength(fate.filter((well) => !well).length);
      expect(told).toEqual(fate.map((_, index) => index + 1));
      expect(most).toBeLessThanOrEqual(atOnce);
    }),
  );
});

it('starts nothing new once it is stopped', async () => {
  const abort = new AbortController();
  const result = await placeMany(
    100,
    async (index) => {
      if (index === 9) abort.abort();
      return index;
    },
    { atOnce: 2, signal: abort.signal },
  );
  expect(result.placed.length).toBeGreaterThanOrEqual(10);
  expect(result.placed.length).toBeLessThanOrEqual(11);
});
