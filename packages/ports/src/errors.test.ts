import { expect, it } from 'vitest';
import { Conflict, isConflict, isUnavailable, Unavailable } from './errors.ts';

it('recognizes errors by name, including those of another copy of the package', () => {
  const foreign = Object.assign(new Error('gone'), { name: 'Unavailable' });
  expect([new Unavailable('gone'), foreign, new Conflict('no'), 'Unavailable'].map(isUnavailable)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([new Conflict('no'), foreign, undefined].map(isConflict)).toEqual([true, false, false]);
});

it("keeps the vendor's error as cause", () => {
  const cause = new Error('ECONNREFUSED');
  expect(new Unavailable('gone', { cause }).cause).toBe(cause);
  expect(new Conflict('no', { cause }).cause).toBe(cause);
});
