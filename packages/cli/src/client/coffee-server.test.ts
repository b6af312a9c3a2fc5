import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CoffeeServer, pagesOf } from './coffee-server.ts';

describe('pagesOf', () => {
  it('reads the first items of the list, each once, on pages of at most 1000, and no page for nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5000), fc.integer({ min: 1, max: 6000 }), async (length, limit) => {
        const items = Array.from({ length }, (_, index) => index);
        let calls = 0;
        const read = async (query: { readonly limit: number; readonly before?: number }) => {
          calls += 1;
          const size = query.limit;
          expect(size).toBeLessThanOrEqual(1000);
          const start = query.before ?? 0;
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

describe('a server', () => {
  const patience = { milliseconds: 0, onPause: () => undefined, signal: new AbortController().signal };

  it.each(['', 'nonsense', '127.0.0.1:3000', 'localhost:3000', 'file:///etc'])('is not at %j', (url) => {
    expect(() => new CoffeeServer(url, patience)).toThrow(expect.objectContaining({ name: 'UsageError', exitCode: 2 }));
  });
});
