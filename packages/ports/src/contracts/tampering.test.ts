import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { withQueryChanged } from './tampering.ts';

const url = 'https://bucket.invalid/2026/11/a0?name=a%20%22b%22.json&signature=0aF-_9AQ&x';

it('writes the same query without a position', () => {
  expect([...new URL(withQueryChanged(url)).searchParams]).toEqual([...new URL(url).searchParams]);
});

it('changes exactly one decoded character, at every position', () => {
  const flat = (text: string) => [...new URL(text).searchParams].flat();
  fc.assert(
    fc.property(fc.nat(), (position) => {
      const [before, after] = [flat(url), flat(withQueryChanged(url, position))];
      expect(after.map((text) => text.length)).toEqual(before.map((text) => text.length));
      const [a, b] = [before.join(''), after.join('')];
      expect([...a].filter((character, index) => character !== b.charAt(index))).toHaveLength(1);
      expect(new URL(withQueryChanged(url, position)).pathname).toBe('/2026/11/a0');
    }),
  );
});

it('changes the base64url value, even in its last character', () => {
  for (const byte of Array.from({ length: 256 }, (_, index) => index)) {
    const text = Buffer.from([1, byte]).toString('base64url');
    const changed = new URL(withQueryChanged(`https://x.invalid/?s=${text}`, text.length)).searchParams.get('s') ?? '';
    expect(Buffer.from(changed, 'base64url')).not.toEqual(Buffer.from([1, byte]));
  }
});
