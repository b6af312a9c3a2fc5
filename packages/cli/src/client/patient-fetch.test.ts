import { describe, expect, it } from 'vitest';
import { retryAfter } from './patient-fetch.ts';

describe('retryAfter', () => {
  const now = Date.parse('2026-11-24T09:30:00Z');

  it.each([
    ['2', 2000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 09:30:05 GMT', 5000],
    ['Tue, 24 Nov 2026 09:29:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('%j', (header, milliseconds) => {
    expect(retryAfter(header, now)).toBe(milliseconds);
  });
});
