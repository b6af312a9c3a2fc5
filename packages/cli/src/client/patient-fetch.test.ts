import { describe, expect } from 'vitest';
import { it } from '../test-support/coffee-test.ts';
import { fetchJson, retryAfter } from './patient-fetch.ts';

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

describe('fetchJson', () => {
  it('sends what is not safe to repeat only once', async ({ startServer }) => {
    let requests = 0;
    const server = await startServer(() => {
      requests += 1;
      return Response.json({}, { status: 503, headers: { 'retry-after': '0' } });
    });
    const { signal } = new AbortController();
    const call = fetchJson(new Request(server.url, { method: 'POST' }), { milliseconds: 5000, onPause() {}, signal });
    await expect(call).rejects.toMatchObject({ name: 'Refused', exitCode: 3 });
    expect(requests).toBe(1);
  });
});
