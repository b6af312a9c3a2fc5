import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datedPeriods, days } from '../arbitraries.ts';
import { isOrderDate } from './fields.ts';

const longMonths = [1, 3, 5, 7, 8, 10, 12];
const two = (value: number) => String(value).padStart(2, '0');

describe('isOrderDate', () => {
  it.each([
    ...['2026-11-24 09:30:00', '2026-11-24 09:30:00.1', '2026-11-24 09:30:00.123456', '2026-11-24 00:00:00'],
    ...['2026-11-24T23:59:59', '2026-11-24T09:30:00Z', '2026-11-24T09:30:00.123456789Z', '2026-11-24T09:30:00+11:00'],
    ...['2026-11-24T09:30:00-23:59', '2026-11-24T09:30:00.5+00:00', '2000-01-01 00:00:00', '2099-12-31 23:59:59'],
    ...[
      '2026-11-24 09:30:00.123456+00:00',
      '2026-11-24 09:30:00Z',
      '2026-11-24t09:30:00z',
      '2026-11-24 09:30:00.123456789-03:30',
    ],
    ...['2024-02-29 00:00:00', '2000-02-29 00:00:00', '2096-02-29 00:00:00', '2026-02-28 00:00:00'],
  ])('accepts %j', (text) => {
    expect(isOrderDate(text)).toBe(true);
  });

  it.each([
    ...['', '2026-11-24', '2026-11-24 09:30', '2026-11-24 9:30:00', '26-11-24 09:30:00', '2026-1-24 09:30:00'],
    ...['2026/11/24 09:30:00', '2026-11-24  09:30:00', '2026-11-24_09:30:00', '20261-11-24 09:30:00'],
    ...[' 2026-11-24 09:30:00', '2026-11-24 09:30:00 ', '2026-11-24 09:30:00\n', '\n2026-11-24 09:30:00'],
    ...[
      '2026-11-24 09:30:00.',
      '2026-11-24 09:30:00.1234567890',
      '2026-11-24T09:30:00.',
      '2026-11-24T09:30:00.1234567890',
    ],
    ...['2026-11-24 09:30:00,5', '2026-11-24T09:30:00,5', '2026-11-24 09:30:00x5', '2026-11-24T09:30:00x5'],
    ...['2026-11-24 09:30:00ZZ', '2026-11-24 09:30:00 Z', '2026-11-24 09:30:00+1100', '2026-11-24T09:30:00+1100'],
    ...[
      '2026-11-24T09:30:00+11',
      '2026-11-24T09:30:00 +11:00',
      '2026-11-24T09:30:00+24:00',
      '2026-11-24T09:30:00+10:60',
    ],
    ...[
      '2026-00-24 09:30:00',
      '2026-13-24 09:30:00',
      '2026-20-01 09:30:00',
      '2026-11-00 09:30:00',
      '2026-11-32 09:30:00',
    ],
    ...[
      '2026-11-24 24:00:00',
      '2026-11-24 09:60:00',
      '2026-11-24 09:30:60',
      '2026-11-24T24:00:00',
      '2026-11-24T30:00:00',
    ],
    ...['2026-11-24T09:60:00', '2026-11-24T09:30:60', '2026-11-24 30:00:00', '٢٠٢٦-11-24 09:30:00'],
    ...[
      '2026-02-29 00:00:00',
      '2026-02-30 00:00:00',
      '2024-02-30 00:00:00',
      '1900-02-29 00:00:00',
      '2100-02-29 00:00:00',
    ],
    ...['0000-01-01 00:00:00', '1999-12-31 23:59:59', '2100-01-01 00:00:00', '-001-01-01 00:00:00'],
  ])('refuses %j', (text) => {
    expect(isOrderDate(text)).toBe(false);
  });

  it.each(Array.from({ length: 12 }, (_, index) => index + 1))('knows how long month %d is', (month) => {
    const last = month === 2 ? 28 : longMonths.includes(month) ? 31 : 30;
    for (let day = 1; day <= 31; day++) {
      expect(isOrderDate(`2026-${two(month)}-${two(day)} 00:00:00`), `${month}-${day}`).toBe(day <= last);
    }
  });

  it('accepts every hour, minute and second, after every separator', () => {
    for (let value = 0; value < 100; value++) {
      const text = two(value);
      for (const separator of [' ', 'T', 't']) {
        expect(isOrderDate(`2026-11-24${separator}${text}:00:00`), text).toBe(value < 24);
        expect(isOrderDate(`2026-11-24${separator}00:${text}:00`), text).toBe(value < 60);
        expect(isOrderDate(`2026-11-24${separator}00:00:${text}`), text).toBe(value < 60);
      }
      expect(isOrderDate(`2026-11-24T00:00:00-${text}:00`), text).toBe(value < 24);
      expect(isOrderDate(`2026-11-24T00:00:00+00:${text}`), text).toBe(value < 60);
    }
  });

  it('accepts every real day in every spelling', () => {
    fc.assert(fc.property(datedPeriods, ({ orderdate }) => isOrderDate(orderdate)));
  });

  it('refuses the day after the last of a month', () => {
    fc.assert(
      fc.property(days, ({ year, month }) => {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const start = `${year}-${two(month)}`;
        expect(isOrderDate(`${start}-${two(last)} 00:00:00`)).toBe(true);
        expect(isOrderDate(`${start}-${two(last + 1)} 00:00:00`)).toBe(false);
      }),
    );
  });
});
