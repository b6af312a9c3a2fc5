import { describe, expect, it } from 'vitest';
import { duration, localDateTime, localTime } from './local-time.ts';

describe('local times', () => {
  it('stand as this machine has them', () => {
    const date = new Date(2026, 10, 4, 9, 5, 7, 8);
    expect(localDateTime(date)).toBe('2026-11-04 09:05:07');
    expect(localTime(date)).toBe('09:05:07.008');
  });

  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [200_000, '3 min 20 s'],
    [900_000, '15 min'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
