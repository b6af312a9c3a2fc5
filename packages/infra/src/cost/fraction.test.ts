import { describe, expect, it } from 'vitest';
import { exact, excess, format, product, quotient, roundedUp, sum } from './fraction.ts';

describe('a fraction', () => {
  it('reads decimals without noise', () => {
    expect(format(sum('0.1', 0.2), 20)).toBe('0.30000000000000000000');
    expect(format('0.0000133334', 10)).toBe('0.0000133334');
    expect(exact('12.50')).toEqual({ numerator: 25n, denominator: 2n });
  });

  it.each(['', '-1', '1e-7', '1,5', '.5', 'NaN', Number.NaN, -1, 1e-7])('refuses %j', (amount) => {
    expect(() => exact(amount)).toThrow(RangeError);
  });

  it('multiplies, divides and takes away', () => {
    expect(product(3, '0.5', quotient(1, 3))).toEqual(exact('0.5'));
    expect(sum()).toEqual(exact(0));
    expect(excess('1.5', 1)).toEqual(exact('0.5'));
    expect(excess(1, '1.5')).toEqual(exact(0));
    expect(() => quotient(1, 0)).toThrow(RangeError);
  });

  it('rounds up to a step', () => {
    expect(roundedUp('300.01', 100)).toEqual(exact(400));
    expect(roundedUp(300, 100)).toEqual(exact(300));
    expect(roundedUp(quotient(1025, 1024))).toEqual(exact(2));
  });

  it('prints half up, with thousands', () => {
    expect(format('1234567.005', 2)).toBe('1,234,567.01');
    expect(format('0.004999', 2)).toBe('0.00');
    expect(format('0.005', 2)).toBe('0.01');
    expect(format('999.5', 0)).toBe('1,000');
    expect(format(100, 0)).toBe('100');
  });
});
