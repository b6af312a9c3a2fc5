import { describe, expect, it } from 'vitest';
import { OrderRejected } from './parse-order.ts';

describe('OrderRejected', () => {
  it('carries every issue, and all their messages', () => {
    const issues = [
      { path: ['city'], code: 'required', message: 'city is required' },
      { path: ['details', 'x'], code: 'unknown_key', message: 'details.x is not a field of details' },
    ] as const;
    const error = new OrderRejected(issues);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('OrderRejected');
    expect(error.code).toBe('OrderRejected');
    expect(error.issues).toEqual(issues);
    expect(error.moreIssues).toBe(0);
    expect(error.message).toBe('city is required; details.x is not a field of details');
  });

  it('carries the first 100 issues, and counts the others', () => {
    const issues = Array.from({ length: 102 }, (_, index) => {
      return { path: [`x${index}`], code: 'unknown_key', message: `x${index} is not a field of an order` } as const;
    });
    const error = new OrderRejected(issues, 3);
    expect(error.issues).toEqual(issues.slice(0, 100));
    expect(error.moreIssues).toBe(5);
    expect(error.message.endsWith('; x99 is not a field of an order; and 5 more')).toBe(true);
  });
});
