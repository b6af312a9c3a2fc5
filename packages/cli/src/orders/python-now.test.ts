import { isOrderDate } from '@coffee/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonNow } from './python-now.ts';

describe('pythonNow', () => {
  it('is always an order date, with six places of a second, and the same time on this clock', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 4e12, noNaN: true }), (milliseconds) => {
        const text = pythonNow(milliseconds);
        expect(text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
        expect(isOrderDate(text)).toBe(true);
        expect(new Date(text.slice(0, 23).replace(' ', 'T')).getTime()).toBe(Math.floor(milliseconds));
      }),
    );
  });

  it('is now', () => {
    expect(Math.abs(new Date(pythonNow().replace(' ', 'T')).getTime() - Date.now())).toBeLessThan(2000);
  });
});
