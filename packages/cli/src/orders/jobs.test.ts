import { defaultMenu, defineMenu, safeParseOrder } from '@coffee/domain';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { now } from '../terminal/text.ts';
import { nthOrder } from './jobs.ts';

describe('nthOrder', () => {
  const espresso = defineMenu({
    currency: 'EUR',
    coffeetypes: ['Espresso'],
    coffeesizes: [{ coffeesize: 'Standard', unitprice: '2.8' }],
  });

  it.each([
    ['default', defaultMenu],
    ['another', espresso],
  ])('is always an order of the menu, with the ids counted: %s', (_name, menu) => {
    fc.assert(
      fc.property(fc.nat(), (number) => {
        const order = nthOrder(number, menu);
        expect(safeParseOrder(order, menu)).toMatchObject({ success: true });
        expect(order).toMatchObject({ accountid: `a${number}`, vendorid: `v${number}`, eventtype: ['new_order'] });
        expect(order.details.quantity).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe('now', () => {
  afterEach(() => void vi.useRealTimers());

  it('is the time of this clock, as an order date', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 24, 9, 30, 0, 123) });
    expect(now()).toMatch(/^2026-11-24 09:30:00\.123\d{3}$/);
  });
});
