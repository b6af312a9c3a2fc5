import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import { EventField, Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OrderApi } from './api/order-api.ts';
import type { Functions } from './functions.ts';
import { acknowledge } from './nag.ts';
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

/** How an order fails that is the customer's to mend. */
const refusal = 'OrderRejected';

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
    const failures = this.#failures(
      'Failures',
      stateMachine,
      Match.anyOf(Match.anythingBut(refusal), Match.doesNotExist()),
    );
    failures.addTarget(this.#queue());
    const refusals = this.#failures('Refusals', stateMachine, Match.exactString(refusal));
    alarm('OrdersFailed', 'An order failed that was not refused', countOf(failures));
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
    // For Lambda a refusal is an error too.
    const putItemErrors = new MathExpression({
      expression: 'FILL(errors, 0) - FILL(refused, 0)',
      usingMetrics: { errors: functions.putItem.metricErrors(), refused: countOf(refusals) },
    });
    for (const [name, lambda, errors, limit, metric] of [
      ['PutItem', functions.putItem, retried, { periods: 3 }, putItemErrors],
      ['PutObject', functions.putObject, retried, { periods: 3 }],
      ['Notify', functions.notify, retried, { periods: 3 }],
      ['GetItem', functions.getItem, final, {}],
      ['GetObject', functions.getObject, final, {}],
    ] as const) {
      alarm(`${name}Errors`, `${name} ${errors}`, metric ?? lambda.metricErrors(), limit);
      alarm(`${name}Throttled`, `${name} has no free concurrency`, lambda.metricThrottles(), limit);
    }

    // A refused token is an error for Lambda too; what else fails there is answered 503, which ApiErrors counts.
    if (functions.authorize !== undefined) {
      const description = 'Authorize has no free concurrency: a caller got 503';
      alarm('AuthorizeThrottled', description, functions.authorize.metricThrottles());
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

    // A subscription that is pending or switched off counts as neither delivered nor failed. An hour, because a message can
    // be published at the end of one period and delivered in the next.
    const { notifications } = topics;
    const undelivered = new MathExpression({
      expression: 'FILL(failed, 0) + IF(FILL(published, 0) > 0 AND FILL(delivered, 0) < 1, 1, 0)',
      usingMetrics: {
        failed: notifications.metricNumberOfNotificationsFailed(),
        published: notifications.metricNumberOfMessagesPublished(),
        delivered: notifications.metricNumberOfNotificationsDelivered(),
      },
      period: Duration.hours(1),
    });
    alarm('MailsFailed', 'SNS could not deliver an email, or has no one to deliver it to', undelivered);
  }

  /** Tells executions that failed by their error. Step Functions counts them all alike, but its events have the error. */
  #failures(id: string, { stateMachineArn }: IStateMachine, error: string[]): Rule {
    const detail = { stateMachineArn: [stateMachineArn], status: ['FAILED'], error };
    return new Rule(this, id, {
      eventPattern: { source: ['aws.states'], detailType: ['Step Functions Execution Status Change'], detail },
    });
  }

  /** Keeps what can be redriven for as long as it can be: the order id, and nothing else of the order. */
  #queue(): SqsQueue {
    const queue = new Queue(this, 'FailedOrders', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    acknowledge(queue, { SQS3: 'no one has to process it: it is a list to redrive from' });
    const orderid = EventField.fromPath('$.detail.name');
    return new SqsQueue(queue, { message: RuleTargetInput.fromObject({ orderid }) });
  }
}

function countOf({ ruleName: RuleName }: Rule): Metric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'TriggeredRules',
    dimensionsMap: { RuleName },
    statistic: 'Sum',
  });
}
