import type { Order } from '@coffee/domain';
import { defaultMenu, invoiceKeyOf, invoiceLineOf, invoiceOf, placeOrder } from '@coffee/domain';
import { orderWorkflow } from '@coffee/workflow';
import { describe, expect, it } from 'vitest';
import assumptions from './assumptions.json' with { type: 'json' };
import list from './prices.json' with { type: 'json' };
import type { StackFacts } from './read-stack.ts';
import { costTable, writeReport } from './report.ts';
import type { Usage } from './usage.ts';
import { assumed, happyPath, invoiceBytes, invoiceBytesKept, milliseconds, usageOf } from './usage.ts';

const [task, query] = [
  { memory: 256, arm64: true },
  { memory: 512, arm64: true },
];
const stack: StackFacts = {
  functions: { PutItem: task, PutObject: task, Notify: task, GetItem: query, GetObject: query },
  mailsAnOrder: 1,
  encrypts: true,
  logsCalls: false,
  keys: 1,
  alarmMetrics: 26,
  dashboards: 1,
  measuredMethods: 4,
  accessLogFormat: '{"ip":"$context.identity.sourceIp","status":"$context.status"}',
  logDays: 30,
  logsEvents: false,
  tracesAnOrder: 2,
  sampling: { rate: 0.01, aSecond: 0 },
  versionDays: 30,
  bucketLogDays: 30,
  backup: true,
};
const columns = ['standard', 'express', 'example'] as const;
const usage = usageOf(stack, orderWorkflow);
const total = (given: readonly Usage[], row: string, measure: (usage: Usage) => number) =>
  given.filter((each) => each.row === row).reduce((sum, each) => sum + measure(each), 0);
const units = (row: string, given = usage) =>
  total(given, row, (each) => each.units[0]).toLocaleString('en', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
const cost = (row: string, column: (typeof columns)[number] = 'standard') =>
  total(usage, row, ({ price, units }) => price * (units[columns.indexOf(column)] ?? 0)).toFixed(4);

describe('the time of a function', () => {
  it('is its CPU time at its share of a vCPU, its waiting, and a part of a cold start', () => {
    // (1.8 + 0.5) × 1769 / 512 = 7.95, + 6 = 13.95, billed 14; + 1 % of 250
    expect(milliseconds('PutItem', 512)).toBe(16.5);
    // half of the memory, half of the share: 15.89 + 6, billed 22; + 1 % of 500
    expect(milliseconds('PutItem', 256)).toBe(27);
    // (0.9 + 0.5) × 1769 / 128 = 19.35, + 6 = 25.35, billed 26; + 1 % of 350
    expect(milliseconds('ExamplePutItem', 128)).toBe(29.5);
  });

  it('is not shorter with more than one vCPU', () => {
    expect(milliseconds('PutItem', 3008)).toBe(milliseconds('PutItem', 1769));
  });
});

describe('a million orders', () => {
  it.each([
    ['API Gateway requests', '3,100,000.00', '10.8500'], // POST, two GET, a tenth of a GET /invoice; 3.50 a million
    ['Step Functions transitions', '5,000,000.00', '125.0000'],
    ['Lambda requests', '4,100,000.00', '0.8200'],
    // 27 + 53 + 67 ms at a quarter of a GB, 15.5 + 14.65 ms at half
    ['Lambda time, GB-s', '51,825.00', '0.6910'],
    ['DynamoDB write units', '3,000,000.00', '1.8750'], // the order, begin, finish
    ['DynamoDB read units', '1,000,000.00', '0.1250'],
    ['S3 writes and lists', '1,200,000.00', '6.0000'], // a line; for a link a LIST, and the invoice
    ['S3 reads', '1,200,000.00', '0.4800'], // each line once; for a link the invoice, and the GET that follows it
    ['SNS publishes', '1,000,000.00', '0.5000'],
    ['E-mails', '1,000,000.00', '20.0000'],
    ['KMS requests', '17,280.00', '0.0518'], // 8,640 times five minutes, 2 requests
    ['X-Ray traces', '41,000.00', '0.2050'], // 1 % of the requests and of the executions
    ['Alarm metrics', '26.00', '2.6000'],
    ['Metrics by method', '20.00', '6.0000'], // 4 methods of 5
    ['Keys', '1.00', '1.0000'],
  ])('use %s: %s, for %s', (row, used, paid) => {
    expect(units(row)).toBe(used);
    expect(cost(row)).toBe(paid);
  });

  it('write logs: one line a call, one a request', () => {
    // 4.1 × (165 + 26) + 3.1 × (21 + 2 × 24 + 26) = 1,077.6 bytes an order, by 2^30
    expect(units('Logs written, GB')).toBe('1.00');
    expect(units('Logs kept, GB-months')).toBe('1.00');
  });

  it('keep each version of an invoice for a month: as many as there are links', () => {
    expect(invoiceBytesKept(30, 3, 30)).toBe(invoiceBytes(30) + invoiceBytes(10) + invoiceBytes(20));
    expect(invoiceBytesKept(30, 3, 15)).toBe(invoiceBytes(30) + (invoiceBytes(10) + invoiceBytes(20)) / 2);
  });

  it('cost as Express an execution and its time, 147 ms and 25 a task, billed 300 ms of 64 MB', () => {
    expect(cost('Step Functions transitions', 'express')).toBe('1.3126'); // 1 + 18,750 × 0.00001667
    for (const { row, units } of usage) if (!row.startsWith('Step')) expect(units[1], row).toBe(units[0]);
  });

  it('cost what the template says: x86, no traces, no email, longer logs', () => {
    const x86 = { memory: 256, arm64: false };
    const functions = { ...stack.functions, PutItem: x86 };
    const other = usageOf(
      { ...stack, functions, tracesAnOrder: 0, mailsAnOrder: 0, logsEvents: true, logsCalls: true },
      orderWorkflow,
    );
    const time = other.filter(({ row }) => row === 'Lambda time, GB-s');
    expect(time.map(({ price, units }) => [price, Math.round(units[0])])).toEqual([
      [Number(list.prices.lambdaGigabyteSecondArm64.amount), 45_075],
      [Number(list.prices.lambdaGigabyteSecondX86.amount), 6_750],
    ]);
    expect(units('X-Ray traces', other)).toBe('0.00');
    expect(units('E-mails', other)).toBe('0.00');
    expect(units('Logs written, GB', other)).toBe('11.22'); // 1,077.6 + 19 × 426 + 4.1 × (650 + 2 × 26) bytes an order
  });

  it("are traced by X-Ray's own rule without one of the stack: one a second, and 5 % of the rest", () => {
    // of the requests 864,000 + 5 % of 2,236,000, of the executions 864,000 + 5 % of 136,000
    expect(units('X-Ray traces', usageOf({ ...stack, sampling: undefined }, orderWorkflow))).toBe('1,846,600.00');
  });

  it('are not counted for a function that the template does not have', () => {
    const { Notify: _, ...functions } = stack.functions;
    expect(() => usageOf({ ...stack, functions }, orderWorkflow)).toThrow('no function Notify');
    const other = { StartAt: 'a', States: { a: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish' } } };
    expect(() => usageOf(stack, other)).toThrow('no function arn:aws:states:::sns:publish');
  });
});

describe('the example', () => {
  it.each([
    ['API Gateway requests', '7.3500'],
    ['Step Functions transitions', '125.0000'],
    ['DynamoDB write units', '0.6250'],
    ['DynamoDB read units', '0.0625'],
    ['S3 writes and lists', '5.0000'],
    ['E-mails', '20.0000'],
  ])('pays for %s %s', (row, paid) => {
    expect(cost(row, 'example')).toBe(paid);
  });
});

describe('the happy path', () => {
  it('of an order is three tasks and the end', () => {
    expect(happyPath(orderWorkflow).map(({ name }) => name)).toEqual([
      'task_put_item',
      'task_put_object',
      'task_notify',
      'Job Succeeded',
    ]);
  });

  it.each(['Choice', 'Parallel', 'Map'])('is not guessed behind a %s', (Type) => {
    const definition = { StartAt: 'a', States: { a: { Type: 'Pass', Next: 'b' }, b: { Type } } };
    expect(() => happyPath(definition)).toThrow(`b, a ${Type}`);
  });

  it('ends, or says why not', () => {
    const a = { Type: 'Pass', Next: 'a' };
    expect(() => happyPath({ StartAt: 'a', States: { a } })).toThrow('entered twice');
    expect(() => happyPath({ StartAt: 'b', States: { a } })).toThrow('no state "b"');
  });
});

describe('the table', () => {
  it('rounds each cost to the cent, half up, and adds up what it prints', () => {
    const price = 0.2 / 1_000_000;
    const rows = [
      { row: 'a', price, units: [74_999, 0, 0] },
      { row: 'b', price, units: [75_000, 1_000_000, 0] },
      { row: 'b', price, units: [1, 0, 0] },
      { row: 'c', price, units: [0, 6_250_000.5, 5_000_000] },
    ] as const;
    expect(costTable(rows, 10)).toBe(
      [
        '| a month | used | this project | as Express | the example |',
        '| --- | --: | --: | --: | --: |',
        '| a | 74,999 | 0.01 |  |  |',
        '| b | 75,001 | 0.02 | 0.20 |  |',
        '| c | 0 |  | 1.25 | 1.00 |',
        '| **all** |  | **0.03** | **1.45** | **1.00** |',
        '| an order |  | 0.003000 | 0.145000 | 0.100000 |',
      ].join('\n'),
    );
  });

  it('is written between the markers of a page only', () => {
    const page = (report: string) =>
      `# A page\n\n<!-- begin: npx pnpm cost --write -->\n\n${report}\n\n<!-- end -->\n\nAfter.\n`;
    expect(writeReport(page('old'), 'a $& report')).toBe(page('a $& report'));
    expect(() => writeReport('# A page', 'a report')).toThrow('needs the lines');
  });
});

describe('what the numbers stand on', () => {
  it.each(Object.entries(list.prices))('price %s says of what and from where', (_, { amount, per, unit, source }) => {
    expect(amount).toMatch(/^\d+(?:\.\d+)?$/);
    expect(Number(amount)).toBeGreaterThan(0);
    expect(per).toBeGreaterThan(0);
    expect(unit).not.toBe('');
    expect(source).toMatch(/^[^:]{10,}$/);
  });

  it.each(Object.entries(assumptions))('assumption %s has its reason', (_, { value, reason }) => {
    expect(value).toBeGreaterThan(0);
    expect(reason.length).toBeGreaterThan(10);
  });
});

describe('the typical order', () => {
  const order: Order = {
    accountid: 'a100',
    vendorid: 'v100',
    orderdate: '2026-11-24 09:30:00.123456',
    city: 'Melbourne',
    details: { coffeetype: 'Flat White', coffeesize: 'Medium', unitprice: '4.0', quantity: 3 },
    eventtype: ['new_order'],
  };
  const orderid = '1795512600123-JKJaXmPLvHcESHA_';
  const placed = placeOrder({ orderid, acceptedAt: '2026-11-24T09:30:00.123Z', order }, defaultMenu);

  /** As DynamoDB counts: names and texts by UTF-8 bytes, a number by half its digits and 1, a list or map 3 and 1 an element. */
  function itemBytes(value: unknown): number {
    if (typeof value === 'string') return Buffer.byteLength(value);
    if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
    const names = Array.isArray(value) ? '' : Object.keys(value as object).join('');
    return Object.values(value as object).reduce(
      (bytes, element) => bytes + 1 + itemBytes(element),
      3 + Buffer.byteLength(names),
    );
  }
  const wholeItem = (item: object) => itemBytes(item) - 3 - Object.keys(item).length;

  it('has the bytes that are assumed of its items', () => {
    expect(wholeItem({ ü: '€', n: 12, l: ['x', 'yz'] })).toBe(2 + 3 + (1 + 2) + (1 + 3 + 2 + 3));
    const { order: own, ...rest } = placed;
    expect(wholeItem({ ...own, ...rest })).toBe(assumed.orderItemBytes);
    const sent = { orderid, finishedAt: 1795512600123, expiresAt: 1803461400 };
    expect(wholeItem(sent)).toBe(assumed.notificationItemBytes);
  });

  it.each([1, 2, 10, 30])('has the bytes that are assumed of an invoice with %i of its lines', (lines) => {
    const line = invoiceLineOf(placed);
    const invoice = invoiceOf(
      invoiceKeyOf(order),
      Array.from({ length: lines }, () => line),
    );
    // The total of a longer invoice has a digit more.
    expect(Math.abs(JSON.stringify(invoice).length - invoiceBytes(lines))).toBeLessThanOrEqual(1);
  });
});
