import { defaultMenu, defineMenu, safeParseOrder } from '@coffee/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOrder } from './random-order.ts';

describe('randomOrder', () => {
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
        const order = randomOrder(number, menu);
        expect(safeParseOrder(order, menu)).toMatchObject({ success: true });
        expect(order).toMatchObject({ accountid: `a${number}`, vendorid: `v${number}`, eventtype: ['new_order'] });
        expect(order.details.quantity).toBeLessThanOrEqual(10);
      }),
    );
  });
});
