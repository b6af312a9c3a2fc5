import { describe, expect, it } from 'vitest';
import { exampleOrder } from '../arbitraries.ts';
import { defineMenu } from '../pricing/menu.ts';
import type { Order } from './order-schema.ts';
import type { OrderIssueCode } from './parse-order.ts';
import { OrderRejected, parseOrder, safeParseOrder } from './parse-order.ts';

const identifierRule = 'must be 1 to 64 of the characters A-Z a-z 0-9 . _ - and begin with a letter or a digit';
const cityRule =
  'must be 1 to 100 characters on one line, begin with a visible one and not end in a blank, without control or bidirectional characters';
const dateRule =
  'must be a real date and time of the years 2000 to 2099, like "2026-11-24 09:30:00.123456" or "2026-11-24T09:30:00+11:00"';
const quantityRule = 'must be a whole number from 1 to 100';
const eventtypeRule = 'must be a list of 1 to 10 event types';

const withDetails = (details: object) => ({ ...exampleOrder, details: { ...exampleOrder.details, ...details } });

/** Each issue in one line: what callers see of it. */
function issuesOf(value: unknown, menu?: Parameters<typeof safeParseOrder>[1]): string[] {
  const result = safeParseOrder(value, menu);
  if (result.success) return [];
  expect(result.error).toBeInstanceOf(OrderRejected);
  return result.error.issues.map(({ path, code, message }) => `${JSON.stringify(path)} ${code}: ${message}`);
}

function issue(path: readonly (string | number)[], code: OrderIssueCode, text: string): string {
  return `${JSON.stringify(path)} ${code}: ${path.length === 0 ? 'order' : path.join('.')} ${text}`;
}

describe('parseOrder', () => {
  it('returns the order as it was sent', () => {
    expect(parseOrder(exampleOrder)).toEqual(exampleOrder);
  });

  it('throws every issue at once', () => {
    expect(() => parseOrder({ ...exampleOrder, accountid: '', city: '' })).toThrow(
      expect.objectContaining({
        name: 'OrderRejected',
        message: `accountid ${identifierRule}; city ${cityRule}`,
        issues: [
          { path: ['accountid'], code: 'wrong_format', message: `accountid ${identifierRule}` },
          { path: ['city'], code: 'wrong_format', message: `city ${cityRule}` },
        ],
      }),
    );
  });

  it("holds an order to the service's own menu", () => {
    const menu = defineMenu({
      currency: 'EUR',
      coffeetypes: ['Café crème', 'constructor'],
      coffeesizes: [
        { coffeesize: 'toString', unitprice: '2.85' },
        { coffeesize: '1', unitprice: '10' },
      ],
    });
    const details = { coffeetype: 'constructor', coffeesize: 'toString', unitprice: 2.85, quantity: 1 };
    const order = { ...exampleOrder, details };
    expect(parseOrder(order, menu)).toEqual(order);
    expect(issuesOf(withDetails({ unitprice: '9' }), menu)).toEqual([
      issue(['details', 'coffeetype'], 'not_on_menu', 'must be one of Café crème, constructor'),
      issue(['details', 'coffeesize'], 'not_on_menu', 'must be one of toString, 1'),
      issue(['details', 'unitprice'], 'wrong_price', 'must be a list price of the menu'),
    ]);
    expect(issuesOf({ ...order, details: { ...details, unitprice: '10' } }, menu)).toEqual([
      issue(['details', 'unitprice'], 'wrong_price', 'must be the list price of toString, 2.85 EUR'),
    ]);
  });
});

describe('the order', () => {
  it.each([undefined, null, true, 0, 'order', [], [exampleOrder]])('is not %j', (value) => {
    expect(issuesOf(value)).toEqual([issue([], 'wrong_type', 'must be an object')]);
  });

  it.each(Object.keys(exampleOrder) as (keyof Order)[])('needs %s', (key) => {
    const { [key]: _, ...rest } = exampleOrder;
    expect(issuesOf(rest)).toEqual([issue([key], 'required', 'is required')]);
    expect(issuesOf({ ...exampleOrder, [key]: undefined })).toEqual([issue([key], 'required', 'is required')]);
  });

  it.each(['tip', 'orderid', 'Accountid', 'constructor', 'toString', '__proto__', ''])('has no field %j', (key) => {
    const text = JSON.stringify(exampleOrder);
    const own = JSON.stringify(key);
    expect(issuesOf(JSON.parse(text.replace('{', `{${own}:{"a":1},`)))).toEqual([
      issue([key], 'unknown_key', 'is not a field of an order'),
    ]);
    expect(issuesOf(JSON.parse(text.replace('"details":{', `"details":{${own}:1,`)))).toEqual([
      issue(['details', key], 'unknown_key', 'is not a field of details'),
    ]);
  });

  it('tells at most 100 characters of an unknown key', () => {
    const [longest, longer] = ['k'.repeat(100), 'k'.repeat(101)];
    expect(issuesOf({ ...exampleOrder, [longest]: 1, [longer]: 1 })).toEqual([
      issue([longest], 'unknown_key', 'is not a field of an order'),
      issue([`${longest}…`], 'unknown_key', 'is not a field of an order'),
    ]);
  });

  it('lists each unknown key', () => {
    expect(issuesOf({ ...exampleOrder, a: 1, b: undefined })).toEqual([
      issue(['a'], 'unknown_key', 'is not a field of an order'),
      issue(['b'], 'unknown_key', 'is not a field of an order'),
    ]);
  });
});

describe.each(['accountid', 'vendorid'] as const)('%s', (key) => {
  it.each(['a', '0', 'A.b_c-9', 'x'.repeat(64)])('may be %j', (value) => {
    expect(issuesOf({ ...exampleOrder, [key]: value })).toEqual([]);
  });

  it.each(['', '../x', 'a/b', 'v 0', '.a', '_a', '-a', 'a\n', 'é', 'x'.repeat(65), 7, null, ['a0']])(
    'is never %j',
    (value) => {
      expect(issuesOf({ ...exampleOrder, [key]: value })).toEqual([issue([key], 'wrong_format', identifierRule)]);
    },
  );
});

describe('orderdate', () => {
  it.each(['2026-11-24 09:30:00', '2024-02-29T09:30:00+11:00', '2000-02-29 00:00:00'])('may be %j', (orderdate) => {
    expect(issuesOf({ ...exampleOrder, orderdate })).toEqual([]);
  });

  it.each([
    ...['', 'today', '2026-11-24', '2026-02-30 00:00:00', '2026-02-29 00:00:00', '1900-02-29 00:00:00'],
    ...[
      '2026-13-01 00:00:00',
      '2026-11-24 24:00:00',
      '0000-01-01 00:00:00',
      1_795_512_600,
      null,
      ['2026-11-24 09:30:00'],
    ],
  ])('is never %j, and says so once', (orderdate) => {
    expect(issuesOf({ ...exampleOrder, orderdate })).toEqual([issue(['orderdate'], 'not_a_date', dateRule)]);
  });
});

describe('city', () => {
  it.each([
    ...["L'Aquila", '"Rome"', 'a\\b', '@@', '@', '京', 'St. Gallen', 'a\u00a0b', 'x', 'x'.repeat(100), '.'],
    ...['😀', '😀'.repeat(100), '#{x}', '<b>'],
  ])('may be %j', (city) => {
    const result = safeParseOrder({ ...exampleOrder, city });
    expect(result).toEqual({ success: true, data: { ...exampleOrder, city } });
  });

  it.each([
    ...[
      '',
      ' ',
      ' Rome',
      'Rome ',
      '\tRome',
      'Rome\n',
      '\u00a0Rome',
      'Rome\u2028',
      '\ufeffRome',
      'a\u2028b',
      'a\u2029b',
      '\u05d0\u202eb',
      'a\u2066b',
      'a\u061cb',
      '\u200bRome',
      '\u2800',
      '\u3164',
      '\ufe0f',
      'Rome\u3000',
    ],
    ...['a\u0000b', 'a\tb', 'a\nb', 'a\u001fb', 'a\u007fb', 'a\u0080b', 'a\u009fb', '\u0000', '\u007f', '\u0085'],
    ...['\u0001a', 'a\u0001', '\u0080a', 'a\u009f', 'x'.repeat(101), '😀'.repeat(101), ' \ud800', 7, null, ['Rome']],
  ])('is never %j', (city) => {
    expect(issuesOf({ ...exampleOrder, city })).toEqual([issue(['city'], 'wrong_format', cityRule)]);
  });

  it.each(['\ud800', 'a\ud800', '\udc00a', 'a\udc00\ud800b'])('is well-formed Unicode, unlike %j', (city) => {
    expect(issuesOf({ ...exampleOrder, city })).toEqual([
      issue(['city'], 'wrong_format', 'must be well-formed Unicode'),
    ]);
  });
});

describe('eventtype', () => {
  it.each([[['a']], [['a', 'a']], [['new_order', 'vip.1']], [Array.from({ length: 10 }, (_, n) => `e${n}`)]])(
    'may be %j',
    (eventtype) => {
      expect(issuesOf({ ...exampleOrder, eventtype })).toEqual([]);
    },
  );

  it.each([
    [[]],
    [Array.from({ length: 11 }, (_, n) => `e${n}`)],
    ['new_order'],
    [''],
    ['long event type'],
    [null],
    [7],
    [{ 0: 'a', length: 1 }],
  ])('is never %j', (eventtype) => {
    expect(issuesOf({ ...exampleOrder, eventtype })).toEqual([issue(['eventtype'], 'wrong_format', eventtypeRule)]);
  });

  it('names the place of each bad entry', () => {
    expect(issuesOf({ ...exampleOrder, eventtype: ['', 'ok', 7, 'a b', null, 'x'.repeat(65)] })).toEqual(
      [0, 2, 3, 4, 5].map((place) => issue(['eventtype', place], 'wrong_format', identifierRule)),
    );
  });
});

describe('details', () => {
  it.each([null, [], 'Latte', 3, true])('is never %j', (details) => {
    expect(issuesOf({ ...exampleOrder, details })).toEqual([issue(['details'], 'wrong_type', 'must be an object')]);
  });

  it.each(Object.keys(exampleOrder.details) as (keyof Order['details'])[])('needs %s', (key) => {
    const { [key]: _, ...details } = exampleOrder.details;
    expect(issuesOf({ ...exampleOrder, details })).toEqual([issue(['details', key], 'required', 'is required')]);
  });

  it.each(['Mocha', 'latte', 'Latte ', '', 7, null])('has no coffee type %j', (coffeetype) => {
    expect(issuesOf(withDetails({ coffeetype }))).toEqual([
      issue(['details', 'coffeetype'], 'not_on_menu', 'must be one of Short Black, Flat White, Latte, Long Black'),
    ]);
  });

  it.each(['Huge', 'small', '', '__proto__', 'toString', 7, null, ['Small']])('has no coffee size %j', (coffeesize) => {
    expect(issuesOf(withDetails({ coffeesize }))).toEqual([
      issue(['details', 'coffeesize'], 'not_on_menu', 'must be one of Small, Medium, Large, x-Large'),
    ]);
  });

  it.each([1, 2, 99, 100])('may have the quantity %d', (quantity) => {
    expect(issuesOf(withDetails({ quantity }))).toEqual([]);
  });

  it.each([0, -0, -1, 1.5, 100.5, '2', 101, 1e20, -1e20, Number.NaN, Number.POSITIVE_INFINITY, null, true, [2]])(
    'never has the quantity %j, and says so once',
    (quantity) => {
      expect(issuesOf(withDetails({ quantity }))).toEqual([
        issue(['details', 'quantity'], 'out_of_range', quantityRule),
      ]);
    },
  );

  it('still lists the other issues when the size is wrong', () => {
    const details = { coffeetype: 'Mocha', coffeesize: 'Huge', unitprice: '1', quantity: 0, tip: 1 };
    expect(issuesOf({ ...exampleOrder, details, city: '', orderdate: 'today' })).toEqual([
      issue(['orderdate'], 'not_a_date', dateRule),
      issue(['city'], 'wrong_format', cityRule),
      issue(['details', 'coffeetype'], 'not_on_menu', 'must be one of Short Black, Flat White, Latte, Long Black'),
      issue(['details', 'coffeesize'], 'not_on_menu', 'must be one of Small, Medium, Large, x-Large'),
      issue(['details', 'unitprice'], 'wrong_price', 'must be a list price of the menu'),
      issue(['details', 'quantity'], 'out_of_range', quantityRule),
      issue(['details', 'tip'], 'unknown_key', 'is not a field of details'),
    ]);
  });

  it('does not blame a list price when the size is missing', () => {
    const { coffeesize: _, ...details } = exampleOrder.details;
    expect(issuesOf({ ...exampleOrder, details: { ...details, unitprice: '5' } })).toEqual([
      issue(['details', 'coffeesize'], 'required', 'is required'),
    ]);
  });
});

describe('unitprice', () => {
  const spellings: Record<string, readonly unknown[]> = {
    Small: ['3.5', '3.50', 3.5],
    Medium: ['4', '4.0', '4.00', 4],
    Large: ['4.5', '4.50', 4.5],
    'x-Large': ['5', '5.0', '5.00', 5],
  };
  const never = [
    ...['04', '4.000', '+4', '-4', '4e0', ' 4', '4 ', '4,0', '4.', '3,5', '03.5', '3.500', '.5', '3.51', '٤', '', '0'],
    ...[0, 3.51, 4.01, -4, 350, 400, null, true, [4], ['4'], {}],
  ];
  const cases = Object.keys(spellings).flatMap((coffeesize) =>
    [...Object.values(spellings).flat(), ...never].map((unitprice) => ({ coffeesize, unitprice })),
  );

  it.each(cases)('of $coffeesize as $unitprice', ({ coffeesize, unitprice }) => {
    const own = spellings[coffeesize] ?? [];
    const price = own.find((text) => /\.\d\d$/.test(String(text)));
    expect(issuesOf(withDetails({ coffeesize, unitprice }))).toEqual(
      own.includes(unitprice)
        ? []
        : [issue(['details', 'unitprice'], 'wrong_price', `must be the list price of ${coffeesize}, ${price} AUD`)],
    );
  });
});
