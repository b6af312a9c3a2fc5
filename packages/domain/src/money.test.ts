import { formatMoney, parseMoney } from '@coffee/domain';
import { describe, expect, it } from 'vitest';

describe('money', () => {
  it('x', () => {
    expect(formatMoney(parseMoney('3.5'))).toBe('3.50');
  });
});
