import { orderWorkflow } from '@coffee/workflow';
import { describe, expect, it } from 'vitest';
import { exampleUsage } from './example-usage.ts';
import type { Fraction } from './fraction.ts';
import { format, sum } from './fraction.ts';
import { gigabyteSeconds, milliseconds } from './function-time.ts';
import { costOf } from './prices.ts';
import type { StackFacts } from './read-stack.ts';
import { invoiceBytes } from './typical-order.ts';
import type { Usage } from './usage.ts';
import { invoiceVersionBytes, projectUsage } from './usage.ts';

const arm = { memory: 512, architecture: 'arm64' };
const stack: StackFacts = {
  functions: { 'put-item': arm, 'put-object': arm, notify: arm, 'get-item': arm, 'get-object': arm },
  tasks: {
    PutItemFunctionArn: 'put-item',
    PutObjectFunctionArn: 'put-object',
    NotifyFunctionArn: 'notify',
  },
  mailsAnOrder: 1,
  encryptedTopics: 2,
  keys: 1,
  alarmMetrics: 23,
  dashboards: 1,
  measuredMethods: 4,
  accessLogFormat: '{"ip":"$context.identity.sourceIp","status":"$context.status"}',
  logDays: 30,
  logsEvents: true,
  tracesAnOrder: 2,
  versionDays: 30,
  bucketLogDays: 90,
  backup: true,
};
const of = (usage: readonly Usage[], row: string) => usage.filter((each) => each.row === row);
const units = (usage: readonly Usage[], row: string) => format(sum(...of(usage, row).map((each) => each.units)), 2);
const cost = (usage: readonly Usage[], row: string) =>
  format(
    of(usage, row).reduce<Fraction>((all, each) => sum(all, costOf(each.price, each.units)), sum()),
    4,
  );
const standard = projectUsage(stack, orderWorkflow, 'STANDARD');
const express = projectUsage(stack, orderWorkflow, 'EXPRESS');

describe('the time of a function', () => {
  it('is its CPU time at its share of a vCPU, its waiting, and a part of a cold start', () => {
    // (1.8 + 0.5) × 1769 / 512 = 7.95, + 6 = 13.95, billed 14; + 1 % of 250
    expect(format(milliseconds('put-item', 512), 2)).toBe('16.50');
    // (0.9 + 0.5) × 1769 / 128 = 19.35, + 6 = 25.35, billed 26; + 1 % of 350
    expect(format(milliseconds('example-put-item', 128), 2)).toBe('29.50');
  });

  it('is not shorter with more than one vCPU', () => {
    expect(milliseconds('put-item', 3008)).toEqual(milliseconds('put-item', 1769));
  });

  it('is billed by the memory', () => {
    expect(format(gigabyteSeconds('put-item', 512, sum(1000)), 3)).toBe('8.250');
  });
});

describe('a million orders', () => {
  it.each([
    ['API Gateway requests', '3,100,000.00', '10.8500'], // POST, two GET, a tenth of a GET /invoice; 3.50 a million
    ['Step Functions transitions', '5,000,000.00', '125.0000'],
    ['Lambda requests', '4,100,000.00', '0.8200'],
    // 16.5 + 72.5 + 49.5 + 15.5 + 2.65 = 156.65 ms an order at half a GB
    ['Lambda time, GB-s', '78,325.00', '1.0443'],
    ['DynamoDB write units', '3,000,000.00', '1.8750'], // the order, begin, finish
    ['DynamoDB read units', '1,000,000.00', '0.1250'],
    ['S3 writes', '1,020,000.00', '5.1000'],
    ['S3 reads', '1,220,000.00', '0.4880'], // a GET a try, and for a link a HEAD and the GET that follows it
    ['SNS publishes', '1,000,000.00', '0.5000'],
    ['E-mails', '1,000,000.00', '20.0000'],
    ['KMS requests', '34,560.00', '0.1037'], // 8,640 times five minutes, 2 topics, 2 requests
    // of the requests 864,000 + 5 % of 2,236,000, of the executions 864,000 + 5 % of 136,000
    ['X-Ray traces', '1,846,600.00', '9.2330'],
    ['Alarm metrics', '23.00', '2.3000'],
    ['Own and detailed metrics', '25.00', '7.5000'], // 4 methods of 5, 5 functions of 1
    ['Keys', '1.00', '1.0000'],
  ])('use %s: %s, for %s', (row, used, paid) => {
    expect(units(standard, row)).toBe(used);
    expect(cost(standard, row)).toBe(paid);
  });

  it('write logs: two lines and two of the platform a call, one a request, one an event', () => {
    // 4.1 × (800 + 650 + 4 × 26) + 3.1 × (21 + 2 × 24 + 26) + 19 × (400 + 26) = 14,759.9 bytes an order, by 2^30
    expect(units(standard, 'Logs written, GB')).toBe('13.75');
    expect(units(standard, 'Logs kept, GB-months')).toBe('13.75');
  });

  it('keep each version of an invoice for a month', () => {
    const { current, past } = invoiceVersionBytes(3);
    expect(current).toBe(invoiceBytes(3));
    expect(past).toBe(invoiceBytes(1) + invoiceBytes(2));
  });

  it('cost as Express an execution and its time, 138.5 ms and 25 a task, billed 300 ms of 64 MB', () => {
    expect(of(express, 'Step Functions transitions').map(({ price }) => price)).toEqual([
      'expressRequest',
      'expressGigabyteSecond',
    ]);
    expect(cost(express, 'Step Functions transitions')).toBe('1.3126'); // 1 + 18,750 × 0.00001667
    const rest = (usage: readonly Usage[]) => usage.filter(({ row }) => !row.startsWith('Step'));
    expect(rest(express)).toEqual(rest(standard));
  });

  it('cost what the template says: x86, no traces, no mail, no log of the workflow', () => {
    const x86 = { memory: 512, architecture: 'x86_64' };
    const other = projectUsage(
      {
        ...stack,
        functions: { ...stack.functions, 'put-item': x86 },
        tracesAnOrder: 0,
        mailsAnOrder: 0,
        logsEvents: false,
      },
      orderWorkflow,
      'STANDARD',
    );
    expect(of(other, 'Lambda time, GB-s').map(({ price }) => price)).toContain('lambdaGigabyteSecondX86');
    expect(of(other, 'X-Ray traces')).toEqual([]);
    expect(units(other, 'E-mails')).toBe('0.00');
    expect(units(other, 'Logs written, GB')).toBe('6.21'); // 14,759.9 less 19 × 426 bytes an order
  });

  it('are not counted for a function that the template does not have', () => {
    const { notify: _, ...functions } = stack.functions;
    expect(() => projectUsage({ ...stack, functions }, orderWorkflow, 'STANDARD')).toThrow('no function notify');
    expect(() => projectUsage({ ...stack, tasks: {} }, orderWorkflow, 'STANDARD')).toThrow('no function for $');
  });
});

describe('the example', () => {
  it.each([
    ['API Gateway requests', '7.3500'],
    ['Step Functions transitions', '125.0000'],
    ['DynamoDB write units', '0.6250'],
    ['DynamoDB read units', '0.0625'],
    ['S3 writes', '5.0000'],
    ['E-mails', '20.0000'],
  ])('pays for %s %s', (row, paid) => {
    expect(cost(exampleUsage(), row)).toBe(paid);
  });
});
