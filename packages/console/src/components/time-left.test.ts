import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeLeft } from './format.ts';

const end = Date.parse('2026-11-24T09:45:00.000Z');
const left = (seconds: number) => timeLeft('2026-11-24T09:45:00.000Z', end - seconds * 1000);

it.each([
  [900, '15:00'],
  [899.2, '15:00'],
  [61, '1:01'],
  [0.001, '0:01'],
  [3600, '1:00:00'],
  [7325, '2:02:05'],
])('%d seconds read %s', (seconds, text) => expect(left(seconds)).toMatchObject({ text, expired: false }));

it('has expired at its end and ever after', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
      expect(left(-seconds)).toEqual({ seconds: 0, text: '0:00', expired: true });
    }),
  );
});

it('never shows less time than there is', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 100_000, noNaN: true }), (seconds) => {
      expect(left(seconds).seconds).toBeGreaterThanOrEqual(Math.floor(seconds));
      expect(left(seconds).expired).toBe(false);
    }),
  );
});
