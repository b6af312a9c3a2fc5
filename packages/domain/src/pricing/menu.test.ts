import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { menus } from '../arbitraries.ts';
import { defaultMenu } from './default-menu.ts';
import type { Menu } from './menu.ts';
import { defineMenu, MenuRejected, parseMenu } from './menu.ts';
import { formatMoney, parseMoney } from './money.ts';

const menu: Menu = {
  currency: 'EUR',
  coffeetypes: ['Espresso', 'Café crème'],
  coffeesizes: [{ coffeesize: 'Standard', unitprice: '2.8' }],
};
const withSize = (coffeesize: string, unitprice: string): Menu => ({
  ...menu,
  coffeesizes: [{ coffeesize, unitprice }],
});

function messageOf(candidate: unknown): string {
  try {
    defineMenu(candidate as Menu);
  } catch (error) {
    expect(error).toBeInstanceOf(MenuRejected);
    expect((error as MenuRejected).name).toBe('MenuRejected');
    return (error as MenuRejected).message;
  }
  throw new Error(`accepted ${JSON.stringify(candidate)}`);
}

describe('defaultMenu', () => {
  it('is written as defineMenu returns it, deeply frozen', () => {
    expect(defineMenu(defaultMenu)).toEqual(defaultMenu);
    const values = [defaultMenu, defaultMenu.coffeetypes, defaultMenu.coffeesizes, ...defaultMenu.coffeesizes];
    expect(values.every(Object.isFrozen)).toBe(true);
  });

  it("is the seed's, in Australian dollars", () => {
    expect(defaultMenu).toEqual({
      currency: 'AUD',
      coffeetypes: ['Short Black', 'Flat White', 'Latte', 'Long Black'],
      coffeesizes: [
        { coffeesize: 'Small', unitprice: '3.50' },
        { coffeesize: 'Medium', unitprice: '4.00' },
        { coffeesize: 'Large', unitprice: '4.50' },
        { coffeesize: 'x-Large', unitprice: '5.00' },
      ],
    });
  });
});

describe('defineMenu', () => {
  it('writes prices with two decimal places and does not change its argument', () => {
    const given = structuredClone(menu);
    expect(defineMenu(given)).toEqual({ ...menu, coffeesizes: [{ coffeesize: 'Standard', unitprice: '2.80' }] });
    expect(given).toEqual(menu);
  });

  it('freezes every level of its result', () => {
    const defined = defineMenu(menu);
    for (const part of [defined, defined.coffeetypes, defined.coffeesizes, ...defined.coffeesizes]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('returns a defined menu unchanged', () => {
    fc.assert(
      fc.property(menus, (defined) => {
        expect(defineMenu(defined)).toEqual(defined);
        for (const { unitprice } of defined.coffeesizes) {
          expect(formatMoney(parseMoney(unitprice, defined.currency), defined.currency)).toBe(unitprice);
        }
      }),
    );
  });

  it.each(['0.01', '0.1', '100000', '100000.00', '99999.99'])('accepts a price of %j', (unitprice) => {
    expect(defineMenu(withSize('Small', unitprice)).coffeesizes[0]?.unitprice).toBe(
      formatMoney(parseMoney(unitprice, 'EUR'), 'EUR'),
    );
  });

  it.each(['0', '0.00', '100000.01', '100001', '04', '4.000', '+4', '-4', '4e0', ' 4', '3,5', '', 'free'])(
    'refuses a price of %j',
    (unitprice) => {
      expect(messageOf(withSize('Small', unitprice))).toBe(
        'menu.coffeesizes.0.unitprice must be a price from "0.01" to "100000" EUR, as a decimal string',
      );
    },
  );

  it.each([
    'A',
    '7',
    'x-Large',
    "Barista's",
    'Fish & Chips',
    'Café',
    '咖啡',
    'no. 1',
    'Dr.',
    'x'.repeat(40),
    'toString',
    '-A',
    'Café (large)',
    '50/50',
    '😀',
    '__proto__',
  ])('accepts the label %j', (label) => {
    expect(defineMenu(withSize(label, '1')).coffeesizes[0]?.coffeesize).toBe(label);
    expect(defineMenu({ ...menu, coffeetypes: [label] }).coffeetypes).toEqual([label]);
  });

  it.each([...['', ' A', 'A ', 'A\n', 'A\nB', 'A\u0000B', 'A\u202eB', 'A\u2028B', '\u200b'], 'x'.repeat(41)])(
    'refuses the label %j',
    (label) => {
      expect(messageOf(withSize(label, '1'))).toMatch(/^menu\.coffeesizes\.0\.coffeesize must be 1 to 40 characters/);
      expect(messageOf({ ...menu, coffeetypes: ['Latte', label] })).toMatch(
        /^menu\.coffeetypes\.1 must be 1 to 40 characters/,
      );
    },
  );

  it.each(['', 'aud', 'AU', 'AUDX', ' AUD', 'AUD\n', 'ÄUD', '$', 'ABC'])('refuses the currency %j', (currency) => {
    expect(messageOf({ ...menu, currency })).toBe(
      'menu.currency must be the code of a currency in ISO 4217, like "AUD"',
    );
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'menu must be an object with currency, coffeetypes and coffeesizes'],
    ['a list', [], 'menu must be an object with currency, coffeetypes and coffeesizes'],
    ['a menu without types', { ...menu, coffeetypes: [] }, 'menu.coffeetypes must have at least one coffee type'],
    ['a menu without sizes', { ...menu, coffeesizes: [] }, 'menu.coffeesizes must have at least one size'],
    [
      'a missing currency',
      { ...menu, currency: undefined },
      'menu.currency must be the code of a currency in ISO 4217, like "AUD"',
    ],
    [
      'a number as a price',
      withSize('Small', 4 as unknown as string),
      'menu.coffeesizes.0.unitprice must be a decimal string, like "3.50"',
    ],
    ['an unknown key', { ...menu, prices: [] }, 'menu.prices is not a field of menu'],
    [
      'an unknown key of a size',
      { ...menu, coffeesizes: [{ ...menu.coffeesizes[0], x: 1 }] },
      'menu.coffeesizes.0.x is not a field of menu.coffeesizes.0',
    ],
    ['a type twice', { ...menu, coffeetypes: ['Latte', 'Mocha', 'Latte'] }, 'menu.coffeetypes.2 repeats "Latte"'],
    [
      'a size twice',
      { ...menu, coffeesizes: [...menu.coffeesizes, { coffeesize: 'Standard', unitprice: '9' }] },
      'menu.coffeesizes.1.coffeesize repeats "Standard"',
    ],
  ])('refuses %s and names the field and the rule', (_, candidate, message) => {
    expect(messageOf(candidate)).toBe(message);
  });

  it('reports every issue at once, in the same words whatever the locale of zod', () => {
    const candidate = { currency: 'eur', coffeetypes: [], coffeesizes: 'none', tip: 1 };
    const before = messageOf(candidate);
    z.config(z.locales.de());
    try {
      expect(messageOf(candidate)).toBe(before);
    } finally {
      z.config(z.locales.en());
    }
    expect(before.split('; ')).toHaveLength(4);
    expect(() => parseMenu(candidate)).toThrow(expect.objectContaining({ code: 'MenuRejected' }));
  });

  it.each([
    ['JPY', '800', '800'],
    ['KWD', '0.8', '0.800'],
    ['AUD', '4', '4.00'],
  ])('writes a price of %s with its decimal places', (currency, unitprice, full) => {
    expect(defineMenu({ ...withSize('Small', unitprice), currency }).coffeesizes[0]?.unitprice).toBe(full);
  });

  it.each([
    ['JPY', '800.0', 'menu.coffeesizes.0.unitprice must be a price from "1" to "100000" JPY, as a decimal string'],
    ['KWD', '0.0001', 'menu.coffeesizes.0.unitprice must be a price from "0.001" to "100000" KWD, as a decimal string'],
  ])('refuses a decimal place too many in %s', (currency, unitprice, message) => {
    expect(messageOf({ ...withSize('Small', unitprice), currency })).toBe(message);
  });
});
