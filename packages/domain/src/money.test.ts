import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney } from '@coffee/domain';
describe('money', () => { it('x', () => { expect(formatMoney(parseMoney('3.5'))).toBe('3.50'); }); });
