import type { App } from 'aws-cdk-lib';
import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Alarms } from './alarms.ts';
import { OrderApi } from './api/order-api.ts';
import { OrderDashboard } from './dashboard.ts';
import { Functions } from './functions.ts';
import { OrderWorkflow } from './order-workflow.ts';
import type { Stage } from './stage.ts';
import { isDecided, undecided } from './stage.ts';
import { Storage } from './storage.ts';
import { Topics } from './topics.ts';

/** The whole system of one stage: storage, topics, functions, workflow, API, alarms and what a month may cost. */
export class OrderStack extends Stack {
  constructor(app: App, stage: Stage) {
    super(app, `coffee-orders-${stage.name}`, {
      description: 'Coffee orders: REST API, Step Functions, Lambda, DynamoDB, S3 and SNS.',
    });
    const storage = new Storage(this, 'Storage', stage);
    const topics = new Topics(this, 'Topics', stage);
    const functions = new Functions(this, 'Functions', { storage, topics, ...stage });
    const workflow = new OrderWorkflow(this, 'Workflow', { functions });
    const api = new OrderApi(this, 'Api', { functions, workflow, ...stage });
    this.#sample(`coffee-api-${stage.name}`, 'AWS::ApiGateway::Stage', `${api.restApi.restApiName}/prod`);
    this.#sample(
      `coffee-flow-${stage.name}`,
      'AWS::StepFunctions::StateMachine',
      workflow.stateMachine.stateMachineName,
    );
    const watched = { storage, topics, functions, workflow, api };
    new Alarms(this, 'Alarms', watched);
    if (stage.dashboard) new OrderDashboard(this, 'Dashboard', watched);
    if (stage.budget !== undefined) this.#limit(stage.budget, stage.email ?? '');

    new CfnOutput(this, 'ApiUrl', {
      value: api.url,
      description: 'The base URL: POST /order, GET /order, GET /invoice',
    });
    new CfnOutput(this, 'StateMachineArn', { value: workflow.stateMachine.stateMachineArn });
    new CfnOutput(this, 'OrdersTable', { value: storage.orders.tableName });
    new CfnOutput(this, 'NotificationLogTable', { value: storage.notificationLog.tableName });
    new CfnOutput(this, 'InvoicesBucket', { value: storage.invoices.bucketName });
    new CfnOutput(this, 'NotificationsTopicArn', { value: topics.notifications.topicArn });
    // Neither stops bootstrap, diff or destroy: synth and deploy show them, and end at the error.
    if (!isDecided(stage)) Annotations.of(this).addError(undecided);
    if (stage.email === undefined) {
      const message = 'No one receives the emails and alarms of this stage: deploy with --context email=…';
      Annotations.of(this).addWarningV2('coffee-orders:no-email', message);
    }
  }

  /** Traces one request in a hundred: the default rule of X-Ray takes one a second and 5 % of the rest. */
  #sample(ruleName: string, serviceType: string, serviceName: string): void {
    const any = { host: '*', httpMethod: '*', urlPath: '*', resourceArn: '*' };
    const share = { fixedRate: 0.01, reservoirSize: 0, priority: 1000, version: 1 };
    new CfnSamplingRule(this, ruleName, { samplingRule: { ruleName, serviceType, serviceName, ...any, ...share } });
  }

  /** Two emails a month at most: when most of the budget is spent, and when the month is on the way to more than all of it. */
  #limit(amount: number, address: string): void {
    const email = (notificationType: string, threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'EMAIL', address }],
    });
    new CfnBudget(this, 'Budget', {
      budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount, unit: 'USD' } },
      notificationsWithSubscribers: [email('ACTUAL', 80), email('FORECASTED', 100)],
    });
  }
}
