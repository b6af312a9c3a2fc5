import type { StackProps } from 'aws-cdk-lib';
import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { OrderApi } from './api/order-api.ts';
import { OrderDashboard } from './dashboard.ts';
import { Functions } from './functions.ts';
import { OrderWorkflow } from './order-workflow.ts';
import type { Stage } from './stage.ts';
import { Storage } from './storage.ts';
import { Topics } from './topics.ts';

/** The whole system of one stage: storage, topics, functions, workflow, API, alarms and dashboard. */
export class OrderStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: Stage }) {
    const { stage, ...rest } = props;
    super(scope, id, {
      ...rest,
      description: 'Coffee orders: REST API, Step Functions, Lambda, DynamoDB, S3 and SNS.',
    });
    const storage = new Storage(this, 'Storage', { disposable: stage.disposable });
    const topics = new Topics(this, 'Topics', stage.email === undefined ? {} : { email: stage.email });
    const functions = new Functions(this, 'Functions', { storage, topics });
    const workflow = new OrderWorkflow(this, 'Workflow', { functions });
    const api = new OrderApi(this, 'Api', { functions, workflow, ...(stage.allow ? { allow: stage.allow } : {}) });
    const watched = { storage, topics, functions, workflow, api };
    new Alarms(this, 'Alarms', watched);
    new OrderDashboard(this, 'Dashboard', watched);

    new CfnOutput(this, 'ApiUrl', {
      value: api.url,
      description: 'The base URL: POST /order, GET /order, GET /invoice',
    });
    new CfnOutput(this, 'StateMachineArn', { value: workflow.stateMachine.stateMachineArn });
    new CfnOutput(this, 'OrdersTable', { value: storage.orders.tableName });
    new CfnOutput(this, 'NotificationLogTable', { value: storage.notificationLog.tableName });
    new CfnOutput(this, 'InvoicesBucket', { value: storage.invoices.bucketName });
    new CfnOutput(this, 'NotificationsTopicArn', { value: topics.notifications.topicArn });
    if (stage.email === undefined) {
      const message = 'Nobody gets the mails and alarms of this stage: deploy with --context email=…';
      Annotations.of(this).addWarningV2('coffee-orders:no-email', message);
    }
  }
}
