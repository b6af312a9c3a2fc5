import { createHash } from 'node:crypto';
import { principals } from '@coffee/domain/arbitraries';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callerPrefix } from './tasks.ts';

it('is the same wherever it is made', async () => {
  expect(await callerPrefix({ kind: 'customer', accountid: 'a0' })).toBe('b5962f0d5fba3aea-');
  expect(await callerPrefix({ kind: 'vendor', vendorid: 'a0' })).toBe('e783fcb1ffac01ad-');
  expect(await callerPrefix({ kind: 'operator' })).toBe('f8e68dd891989815-');
  expect(await callerPrefix({ kind: 'anyone' })).toBe('');
});

it('belongs to one caller, in whatever order its fields are', () =>
  fc.assert(
    fc.asyncProperty(principals, principals, async (one, other) => {
      const turned = Object.fromEntries(Object.entries(one).reverse()) as typeof one;
      const prefix = await callerPrefix(one);
      expect(await callerPrefix(turned)).toBe(prefix);
      expect((await callerPrefix(other)) === prefix).toBe(JSON.stringify(one) === JSON.stringify(other));
      const hash = createHash('sha256').update(JSON.stringify(one)).digest('hex');
      expect(prefix).toBe(one.kind === 'anyone' ? '' : `${hash.slice(0, 16)}-`);
    }),
  ));
