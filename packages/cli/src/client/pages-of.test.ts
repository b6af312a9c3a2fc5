import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesOf } from './pages-of.ts';

describe('pagesOf', () => {
  it('reads the first items of the list, each once, on pages of at most 1000, and no page for nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5000), fc.integer({ min: 1, max: 6000 }), async (length, limit) => {
        const items = Array.from({ length }, (_, index) => index);
        let calls = 0;
        const read = async (query: Readonly<Record<string, string>>) => {
          calls += 1;
          const size = Number(query.limit);
          expect(size).toBeLessThanOrEqual(1000);
          const start = Number(query.before ?? 0);
          const next = start + size < length ? start + size : undefined;
          return { items: items.slice(start, start + size), next };
        };
        const got: number[] = [];
        for await (const item of pagesOf(limit, read)) got.push(item);
        expect(got).toEqual(items.slice(0, limit));
        expect(calls).toBeLessThanOrEqual(Math.ceil(Math.min(limit, length + 1) / 1000));
      }),
    );
  });
});
