import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleOrder, menus, ordersOf } from '../arbitraries.ts';
import { defineMenu } from '../pricing/menu.ts';
import { placeOrder } from '../pricing/placed-order.ts';
import { composeNotification } from './notification.ts';

const acceptedAt = '2026-11-24T09:30:00.000Z';

function subjectWith(coffeetype: string, coffeesize: string): string {
  const menu = defineMenu({
    currency: 'EUR',
    coffeetypes: [coffeetype],
    coffeesizes: [{ coffeesize, unitprice: '100000' }],
  });
  const details = { coffeetype, coffeesize, unitprice: '100000', quantity: 100 };
  return composeNotification(placeOrder({ orderid: 'o1', acceptedAt, order: { ...exampleOrder, details } }, menu))
    .subject;
}

describe('composeNotification', () => {
  it('says what was ordered, for how much, where and by whom', () => {
    const order = { ...exampleOrder, city: "L'Aquila", eventtype: ['new_order', 'vip'] };
    expect(composeNotification(placeOrder({ orderid: 'o1', acceptedAt, order }))).toEqual({
      id: 'o1',
      subject: 'Coffee order: 2 x Latte, Small, 7.00 AUD',
      text: `Thank you for your coffee order.

  2 x Latte, Small
  Total      7.00 AUD

  Ordered    2026-11-24 09:30:00.123456
  City       L'Aquila
  Vendor     v0
  Account    a0
  Invoice    2026/11/a0
  Order id   o1
`,
      attributes: { eventtype: ['new_order', 'vip'], accountid: 'a0', vendorid: 'v0' },
    });
  });

  it('has a subject that every e-mail provider accepts, for any menu', () => {
    const placed = menus.chain((menu) =>
      ordersOf(menu).map((order) => placeOrder({ orderid: 'o1', acceptedAt, order }, menu)),
    );
    fc.assert(
      fc.property(placed, (order) => {
        const { subject } = composeNotification(order);
        expect(subject).toMatch(/^[A-Za-z0-9][\x20-\x7e]{0,98}$/);
        expect(subject).toBe(subject.trim());
        expect(composeNotification(order)).toEqual(composeNotification(structuredClone(order)));
      }),
    );
  });

  it.each([
    ['Café crème', 'Größe 1', 'Cafe creme, Grosse 1'],
    ['Groß', 'STRAẞE', 'Gross, STRASSE'],
    ['Smørkaffe', 'Þórr', 'Smorkaffe, Thorr'],
    ['½ Latte', '1½', '1/2 Latte, 1 1/2'],
    ['L’Aquila – “doppio”', 'ﬁne', 'L\'Aquila - "doppio", fine'],
    ['Łódź', 'İstanbul ışık', 'Lodz, Istanbul isik'],
  ])('writes %s, %s in ASCII', (coffeetype, coffeesize, what) => {
    expect(subjectWith(coffeetype, coffeesize)).toBe(`Coffee order: 100 x ${what}, 10000000.00 EUR`);
  });

  it.each([
    ['浅煎り', 'S'],
    ['Latte', '大'],
    ['قهوة', 'ⲁ'],
    ['☕', 'Latte ☕'],
  ])('falls back to the order id where %s, %s cannot be written in ASCII', (coffeetype, coffeesize) => {
    expect(subjectWith(coffeetype, coffeesize)).toBe('Coffee order o1');
  });

  it('takes the text of a composition, and makes its subject fit for e-mail', () => {
    const placed = placeOrder({ orderid: 'o1', acceptedAt, order: exampleOrder });
    const composed = (subject: string) => composeNotification(placed, () => ({ subject, text: 'Danke!' }));
    expect(composed('Bestellung für\r\nBcc: x')).toMatchObject({
      id: 'o1',
      subject: 'Bestellung fur Bcc: x',
      text: 'Danke!',
    });
    expect(composed('  Bestellung ').subject).toBe('Bestellung');
    for (const subject of ['', ' ', '…', '"quoted"', '\u200b', 'a\u0007b']) {
      expect(composed(subject).subject, subject).toBe('Coffee order o1');
    }
    expect(composed('x'.repeat(200)).subject).toBe('x'.repeat(99));
  });

  it('cuts a long subject at 99 characters, without a trailing space', () => {
    expect(subjectWith('a'.repeat(40), 'b'.repeat(37))).toBe(
      `Coffee order: 100 x ${'a'.repeat(40)}, ${'b'.repeat(37)}`.slice(0, 99),
    );
    expect(subjectWith('a'.repeat(40), 'b'.repeat(30))).toHaveLength(99);
    expect(subjectWith('a'.repeat(40), `${'b'.repeat(36)} c`)).toBe(
      `Coffee order: 100 x ${'a'.repeat(40)}, ${'b'.repeat(36)}`,
    );
  });
});
