import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exampleOrder } from '../arbitraries.ts';
import { safeParseOrder } from './parse-order.ts';

describe('safeParseOrder in a service that uses zod itself', () => {
  beforeAll(() => z.config(z.locales.de()));

  it.each([
    [null, 'wrong_type', 'order must be an object'],
    [{ ...exampleOrder, details: null }, 'wrong_type', 'details must be an object'],
    [{ ...exampleOrder, city: 7 }, 'wrong_format', expect.stringMatching(/^city must be 1 to 100 characters/)],
    [{ ...exampleOrder, tip: 1 }, 'unknown_key', 'tip is not a field of an order'],
    [
      { ...exampleOrder, details: { ...exampleOrder.details, coffeesize: 'Huge' } },
      'not_on_menu',
      'details.coffeesize must be one of Small, Medium, Large, x-Large',
    ],
  ])('reports %j in its own words', (value, code, message) => {
    const result = safeParseOrder(value);
    expect(result.success ? [] : result.error.issues).toEqual([{ path: expect.any(Array), code, message }]);
  });
});
