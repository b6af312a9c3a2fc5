import { expect, it, onTestFinished, vi } from 'vitest';
import { systemTime } from './tasks.ts';

function arrange() {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return systemTime();
}

it('goes on at its own pace while the wall clock is set back, and follows it forward', () => {
  const time = arrange();
  const start = time.now();
  expect(start).toBe(Date.now());
  vi.advanceTimersByTime(1000);
  expect(time.now()).toBe(start + 1000);
  vi.setSystemTime(start - 3_600_000);
  vi.advanceTimersByTime(500);
  expect(time.now()).toBe(start + 1500);
  expect(time.now()).toBe(start + 1500);
  vi.setSystemTime(start + 60_000);
  expect(time.now()).toBe(start + 60_000);
  vi.advanceTimersByTime(0.75);
  expect(Number.isInteger(time.now())).toBe(true);
});

it('calls after a while, unless it is cancelled, and not at once after a time that is too long for a timer', () => {
  const time = arrange();
  const called: string[] = [];
  time.after(10, () => called.push('later'));
  time.after(10, () => called.push('never'))();
  time.after(2 ** 31, () => called.push('in weeks'));
  vi.advanceTimersByTime(9);
  expect(called).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(called).toEqual(['later']);
});
