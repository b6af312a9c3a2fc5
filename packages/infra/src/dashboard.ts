import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Dashboard, GraphWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Watched } from './alarms.ts';

/** One page: what comes in, what becomes of it, and what fails. */
export class OrderDashboard extends Construct {
  constructor(scope: Construct, id: string, { storage, topics, functions, workflow, api }: Watched) {
    super(scope, id);
    const { stateMachine } = workflow;
    const { restApi } = api;
    const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
      new GraphWidget({ title, left, right, width: 8 });
    const ofFunctions = (title: string, metric: (each: IFunction) => IMetric) =>
      graph(title, functions.all.map(metric));
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(24) });
    dashboard.addWidgets(
      new TextWidget({ markdown: 'What each alarm means and what to do: `docs/operations.md`.', width: 24, height: 1 }),
      graph('Requests', [restApi.metricCount()], [restApi.metricLatency({ statistic: 'p99' })]),
      graph('Refused and failed requests', [
        restApi.metricClientError({ statistic: 'Sum' }),
        restApi.metricServerError({ statistic: 'Sum' }),
      ]),
      graph('Orders', [stateMachine.metricStarted(), stateMachine.metricSucceeded(), stateMachine.metricFailed()]),
      graph('Time of an order', [
        stateMachine.metricTime({ statistic: 'p50' }),
        stateMachine.metricTime({ statistic: 'p99' }),
      ]),
      ofFunctions('Errors of the functions', (each) => each.metricErrors()),
      ofFunctions('Duration of the functions, p99', (each) => each.metricDuration({ statistic: 'p99' })),
      ofFunctions('Throttles of the functions', (each) => each.metricThrottles()),
      graph('Requests throttled by DynamoDB', [
        storage.orders.metric('WriteThrottleEvents', { statistic: 'Sum', label: 'orders, write' }),
        storage.orders.metric('ReadThrottleEvents', { statistic: 'Sum', label: 'orders, read' }),
        storage.notificationLog.metric('WriteThrottleEvents', { statistic: 'Sum', label: 'notification log' }),
      ]),
      graph('Emails', [
        topics.notifications.metricNumberOfMessagesPublished(),
        topics.notifications.metricNumberOfNotificationsDelivered(),
        topics.notifications.metricNumberOfNotificationsFailed(),
      ]),
    );
  }
}
