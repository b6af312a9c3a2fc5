import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { synthesize } from './test-support/synthesize.ts';

const stage = synthesize();
const alarms = stage.resources('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
const nameOf = (properties: Readonly<Record<string, unknown>>) =>
  String(properties.AlarmDescription).split(':')[0] ?? '';

/** The metrics that an alarm looks at, with the logical ids that their dimensions name. */
function watched(properties: Readonly<Record<string, unknown>>): string[] {
  const text = JSON.stringify(properties);
  const metrics = [...text.matchAll(/"MetricName":"(\w+)"/g)].map(([, metric]) => metric);
  const whose = [...text.matchAll(/"(?:Ref":"|Fn::GetAtt":\[")(?!TopicsAlarms)(\w+?)[0-9A-F]{8}"/g)].map(
    ([, id]) => id,
  );
  const named = text.includes('RestApi') || text.includes('coffee-orders-dev') ? ['Api'] : [];
  return [...new Set(metrics.map((metric) => `${metric} of ${[...new Set([...whose, ...named])].join()}`))].sort();
}

const functions = ['PutItem', 'PutObject', 'Notify', 'GetItem', 'GetObject'];

it('has an alarm for every way to fail', () => {
  expect(Object.fromEntries(alarms.map((alarm) => [nameOf(alarm), watched(alarm)]))).toEqual({
    OrdersFailed: ['ExecutionsFailed of WorkflowStateMachine'],
    OrdersAborted: ['ExecutionsAborted of WorkflowStateMachine'],
    OrdersTimedOut: ['ExecutionsTimedOut of WorkflowStateMachine'],
    OrdersThrottled: ['ExecutionThrottled of WorkflowStateMachine'],
    OrdersSlow: ['ExecutionTime of WorkflowStateMachine'],
    ApiErrors: ['5XXError of Api'],
    ...Object.fromEntries(functions.map((name) => [`${name}Errors`, [`Errors of Functions${name}`]])),
    ...Object.fromEntries(functions.map((name) => [`${name}Throttled`, [`Throttles of Functions${name}`]])),
    OrdersWriteThrottled: ['WriteThrottleEvents of StorageOrders'],
    OrdersWriteErrors: ['SystemErrors of StorageOrders'],
    OrdersReadThrottled: ['ReadThrottleEvents of StorageOrders'],
    OrdersReadErrors: ['SystemErrors of StorageOrders'],
    NotificationLogWriteThrottled: ['WriteThrottleEvents of StorageNotificationLog'],
    NotificationLogWriteErrors: ['SystemErrors of StorageNotificationLog'],
    MailsFailed: ['NumberOfNotificationsFailed of TopicsNotifications'],
  });
});

it('looks at the operation that is made of each table', () => {
  const errors = alarms.filter(({ MetricName }) => MetricName === 'SystemErrors');
  const operations = errors.map((alarm) => [
    nameOf(alarm),
    /"Name":"Operation","Value":"(\w+)"/.exec(JSON.stringify(alarm))?.[1],
  ]);
  expect(Object.fromEntries(operations)).toEqual({
    OrdersWriteErrors: 'PutItem',
    OrdersReadErrors: 'GetItem',
    NotificationLogWriteErrors: 'UpdateItem',
  });
});

it('mails each when it goes off and when it is over, and takes silence for health', () => {
  const [topic] = stage.resources('AWS::SNS::Topic').find(([id]) => id.startsWith('TopicsAlarms')) ?? [];
  for (const alarm of alarms) {
    expect(alarm).toMatchObject({
      AlarmActions: [{ Ref: topic }],
      OKActions: [{ Ref: topic }],
      TreatMissingData: 'notBreaching',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  }
});

it('explains each in docs/operations.md', () => {
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const missing = alarms.map(nameOf).filter((name) => !page.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});
