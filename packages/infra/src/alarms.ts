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

const period = Duration.minutes(5);
const once = { threshold: 1, periods: 1 };
/** For what is retried: goes off only when it lasts. */
const lasting = { threshold: 1, periods: 3 };

/** An alarm for every way to fail. `docs/operations.md` says what each means and what to do. */
export class Alarms extends Construct {
  readonly #action: SnsAction;

  constructor(scope: Construct, id: string, { storage, topics, functions, workflow, api }: Watched) {
    super(scope, id);
    this.#action = new SnsAction(topics.alarms);
    const { stateMachine } = workflow;

    this.#alarm('OrdersFailed', 'An order did not end in Job Succeeded', stateMachine.metricFailed({ period }), once);
    this.#alarm('OrdersAborted', 'An execution was stopped by hand', stateMachine.metricAborted({ period }), once);
    this.#alarm('OrdersTimedOut', 'An execution timed out', stateMachine.metricTimedOut({ period }), once);
    this.#alarm('OrdersThrottled', 'Step Functions delays transitions', stateMachine.metricThrottled({ period }), once);
    this.#alarm(
      'OrdersSlow',
      'One order in a hundred takes over five minutes: something is being retried',
      stateMachine.metricTime({ period, statistic: 'p99' }),
      { threshold: Duration.minutes(5).toMilliseconds(), periods: 1 },
    );

    this.#alarm('ApiErrors', 'The API answered 5xx', api.restApi.metricServerError({ period, statistic: 'Sum' }), once);

    for (const [name, each] of [
      ['PutItem', functions.putItem],
      ['PutObject', functions.putObject],
      ['Notify', functions.notify],
    ] as const) {
      const errors = each.metricErrors({ period });
      this.#alarm(`${name}Errors`, `${name} has failed and been retried for a quarter of an hour`, errors, lasting);
      this.#alarm(`${name}Throttled`, `${name} has no free concurrency`, each.metricThrottles({ period }), lasting);
    }
    for (const [name, each] of [
      ['GetItem', functions.getItem],
      ['GetObject', functions.getObject],
    ] as const) {
      this.#alarm(`${name}Errors`, `${name} failed: a caller got 502`, each.metricErrors({ period }), once);
      this.#alarm(`${name}Throttled`, `${name} has no free concurrency`, each.metricThrottles({ period }), once);
    }

    for (const [name, table, operation, throttled] of [
      ['OrdersWrite', storage.orders, Operation.PUT_ITEM, 'WriteThrottleEvents'],
      ['OrdersRead', storage.orders, Operation.GET_ITEM, 'ReadThrottleEvents'],
      ['NotificationLogWrite', storage.notificationLog, Operation.UPDATE_ITEM, 'WriteThrottleEvents'],
    ] as const) {
      // Each table has one operation a direction, so one metric an alarm will do, at a third of the price of metric math.
      const refused = table.metric(throttled, { period, statistic: 'Sum' });
      const failed = table.metric('SystemErrors', {
        period,
        statistic: 'Sum',
        dimensionsMap: { TableName: table.tableName, Operation: operation },
      });
      this.#alarm(`${name}Throttled`, `DynamoDB throttles ${operation}`, refused, once);
      this.#alarm(`${name}Errors`, `DynamoDB fails ${operation}`, failed, once);
    }

    const failed = topics.notifications.metricNumberOfNotificationsFailed({ period });
    this.#alarm('MailsFailed', 'SNS could not deliver an email', failed, once);
  }

  #alarm(
    id: string,
    alarmDescription: string,
    metric: IMetric,
    { threshold, periods }: { readonly threshold: number; readonly periods: number },
  ): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: `${id}: ${alarmDescription}. See docs/operations.md.`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.#action);
    alarm.addOkAction(this.#action);
  }
}
