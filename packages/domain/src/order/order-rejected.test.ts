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
    expect(error.message).toBe('city is required; details.x is not a field of details');
  });
});
