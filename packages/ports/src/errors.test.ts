import { expect, it } from 'vitest';
import { abortable } from './call.ts';
import { Conflict, isConflict, isUnauthenticated, isUnavailable, Unauthenticated, Unavailable } from './errors.ts';

it('recognizes errors by name, including those of another copy of the package', () => {
  const foreign = Object.assign(new Error('gone'), { name: 'Unavailable' });
  expect([new Unavailable('gone'), foreign, new Conflict('no'), 'Unavailable'].map(isUnavailable)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([new Conflict('no'), foreign, undefined].map(isConflict)).toEqual([true, false, false]);
  expect([new Unauthenticated('no'), foreign, undefined].map(isUnauthenticated)).toEqual([true, false, false]);
});

it("keeps the vendor's error as cause", () => {
  const cause = new Error('ECONNREFUSED');
  expect(new Unavailable('gone', { cause }).cause).toBe(cause);
  expect(new Conflict('no', { cause }).cause).toBe(cause);
});

it('says of an effect that it is unknown unless it is told that there was none', () => {
  expect(new Unavailable('gone').withoutEffect).toBe(false);
  expect(new Unavailable('gone', { withoutEffect: true }).withoutEffect).toBe(true);
});

it('knows that a call whose signal was aborted before had no effect, and nothing of one aborted later', async () => {
  const aborting = new AbortController();
  const running = abortable({ signal: aborting.signal }, () => new Promise(() => {}));
  aborting.abort();
  await expect(running).rejects.toMatchObject({ name: 'Unavailable', withoutEffect: false });
  const never = abortable({ signal: aborting.signal }, () => expect.fail('it was called'));
  await expect(never).rejects.toMatchObject({ name: 'Unavailable', withoutEffect: true });
});
