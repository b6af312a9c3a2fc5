import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Dashboard, GraphWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Watched } from './alarms.ts';

const period = Duration.minutes(5);

/** One page: what comes in, what becomes of it, and what fails. */
export class OrderDashboard extends Construct {
  constructor(scope: Construct, id: string, { storage, topics, functions, workflow, api }: Watched) {
    super(scope, id);
    const { stateMachine } = workflow;
    const { restApi } = api;
    const { all } = functions;
    const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
      new GraphWidget({ title, left, right, width: 8 });
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(24) });
    dashboard.addWidgets(
      new TextWidget({ markdown: 'What each alarm means and what to do: `docs/operations.md`.', width: 24, height: 1 }),
      graph('Requests', [restApi.metricCount({ period })], [restApi.metricLatency({ period, statistic: 'p99' })]),
      graph('Refused and failed requests', [
        restApi.metricClientError({ period, statistic: 'Sum' }),
        restApi.metricServerError({ period, statistic: 'Sum' }),
      ]),
      graph('Orders', [
        stateMachine.metricStarted({ period }),
        stateMachine.metricSucceeded({ period }),
        stateMachine.metricFailed({ period }),
      ]),
      graph('Time of an order', [
        stateMachine.metricTime({ period, statistic: 'p50' }),
        stateMachine.metricTime({ period, statistic: 'p99' }),
      ]),
      graph(
        'Errors of the functions',
        all.map((each) => each.metricErrors({ period })),
      ),
      graph(
        'Duration of the functions, p99',
        all.map((each) => each.metricDuration({ period, statistic: 'p99' })),
      ),
      graph(
        'Throttles of the functions',
        all.map((each) => each.metricThrottles({ period })),
      ),
      graph('Requests throttled by DynamoDB', [
        storage.orders.metric('WriteThrottleEvents', { period, statistic: 'Sum', label: 'orders, write' }),
        storage.orders.metric('ReadThrottleEvents', { period, statistic: 'Sum', label: 'orders, read' }),
        storage.notificationLog.metric('WriteThrottleEvents', { period, statistic: 'Sum', label: 'notification log' }),
      ]),
      graph('Emails', [
        topics.notifications.metricNumberOfMessagesPublished({ period }),
        topics.notifications.metricNumberOfNotificationsDelivered({ period }),
        topics.notifications.metricNumberOfNotificationsFailed({ period }),
      ]),
    );
  }
}
