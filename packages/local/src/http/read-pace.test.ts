import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ReadPace } from './read-pace.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** Reads that each take ten milliseconds, and when they began. */
function readsOf(pace: ReadPace, count: number) {
  const begun: number[] = [];
  const read = () =>
    pace.read(() => {
      begun.push(performance.now());
      return new Promise<number>((resolve) => setTimeout(() => resolve(begun.length), 10));
    });
  return { begun, answers: Promise.all(Array.from({ length: count }, read)) };
}

it('reads at once while there are no orders', async () => {
  const { begun, answers } = readsOf(new ReadPace(() => false), 3);
  await vi.advanceTimersByTimeAsync(10);
  expect(begun).toEqual([begun[0], begun[0], begun[0]]);
  expect(await answers).toEqual([3, 3, 3]);
});

it('reads one at a time while there are, and rests three times as long as each took', async () => {
  const { begun, answers } = readsOf(new ReadPace(() => true), 3);
  await vi.advanceTimersByTimeAsync(100);
  const [first = 0] = begun;
  expect(begun).toEqual([first, first + 40, first + 80]);
  expect(await answers).toEqual([1, 2, 3]);
});

it('does not rest when the orders have gone meanwhile, and goes on after an error', async () => {
  let hasOrders = true;
  const pace = new ReadPace(() => hasOrders);
  const failed = expect(pace.read(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const { begun, answers } = readsOf(pace, 2);
  await vi.advanceTimersByTimeAsync(5);
  hasOrders = false;
  await vi.advanceTimersByTimeAsync(20);
  await failed;
  const [first = 0] = begun;
  expect(begun).toEqual([first, first + 10]);
  expect(await answers).toEqual([1, 2]);
});
