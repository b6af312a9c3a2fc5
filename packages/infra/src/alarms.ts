import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { OrderApi } from './api/order-api.ts';
import type { Functions } from './functions.ts';
import type { OrderWorkflow } from './order-workflow.ts';
import type { Storage } from './storage.ts';
import type { Topics } from './topics.ts';

/** The parts of a stage that the alarms and the dashboard watch. */
export interface Watched {
  readonly storage: Storage;
  readonly topics: Topics;
  readonly functions: Functions;
  readonly workflow: OrderWorkflow;
  readonly api: OrderApi;
}

/** An alarm for every way to fail. `docs/operations.md` says what each means and what to do. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { storage, topics, functions, workflow, api }: Watched) {
    super(scope, id);
    const action = new SnsAction(topics.alarms);
    const alarm = (name: string, description: string, metric: IMetric, { threshold = 1, periods = 1 } = {}) => {
      const created = new Alarm(this, name, {
        alarmDescription: `${name}: ${description}. See docs/operations.md.`,
        metric,
        threshold,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      created.addAlarmAction(action);
      created.addOkAction(action);
    };

    const { stateMachine } = workflow;
    alarm('OrdersFailed', 'An order did not end in Job Succeeded', stateMachine.metricFailed());
    alarm('OrdersAborted', 'An execution was stopped by hand', stateMachine.metricAborted());
    alarm('OrdersTimedOut', 'An execution timed out', stateMachine.metricTimedOut());
    alarm('OrdersThrottled', 'Step Functions delays transitions', stateMachine.metricThrottled());
    alarm(
      'OrdersSlow',
      'One order in a hundred takes over five minutes: something is being retried',
      stateMachine.metricTime({ statistic: 'p99' }),
      { threshold: Duration.minutes(5).toMilliseconds() },
    );
    alarm('ApiErrors', 'The API answered 5xx', api.restApi.metricServerError({ statistic: 'Sum' }));

    const retried = 'has failed and been retried for a quarter of an hour';
    const final = 'failed: a caller got 502';
    for (const [name, lambda, errors, limit] of [
      ['PutItem', functions.putItem, retried, { periods: 3 }],
      ['PutObject', functions.putObject, retried, { periods: 3 }],
      ['Notify', functions.notify, retried, { periods: 3 }],
      ['GetItem', functions.getItem, final, {}],
      ['GetObject', functions.getObject, final, {}],
    ] as const) {
      alarm(`${name}Errors`, `${name} ${errors}`, lambda.metricErrors(), limit);
      alarm(`${name}Throttled`, `${name} has no free concurrency`, lambda.metricThrottles(), limit);
    }

    // Each table has one operation a direction: an alarm on its one metric costs a third of one on metric math.
    for (const [name, table, operation, throttled] of [
      ['OrdersWrite', storage.orders, Operation.PUT_ITEM, 'WriteThrottleEvents'],
      ['OrdersRead', storage.orders, Operation.GET_ITEM, 'ReadThrottleEvents'],
      ['NotificationLogWrite', storage.notificationLog, Operation.UPDATE_ITEM, 'WriteThrottleEvents'],
    ] as const) {
      const sum = { statistic: 'Sum' };
      const dimensionsMap = { TableName: table.tableName, Operation: operation };
      alarm(`${name}Throttled`, `DynamoDB throttles ${operation}`, table.metric(throttled, sum));
      alarm(`${name}Errors`, `DynamoDB fails ${operation}`, table.metric('SystemErrors', { ...sum, dimensionsMap }));
    }

    const undelivered = topics.notifications.metricNumberOfNotificationsFailed();
    alarm('MailsFailed', 'SNS could not deliver an email', undelivered);
  }
}
