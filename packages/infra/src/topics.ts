import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';
import { removalPolicyOf } from './storage.ts';

/** The topic of the orders' emails and the topic of the alarms, encrypted with one key. */
export class Topics extends Construct {
  readonly key: Key;
  readonly notifications: Topic;
  readonly alarms: Topic;

  constructor(scope: Construct, id: string, { email, disposable }: Pick<Stage, 'email' | 'disposable'>) {
    super(scope, id);
    // Not the key that AWS manages for SNS: CloudWatch cannot publish an alarm to a topic encrypted with it.
    this.key = new Key(this, 'Key', {
      description: 'Encrypts the topics of coffee orders',
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf({ disposable }),
      ...(disposable && { pendingWindow: Duration.days(7) }), // the shortest
    });
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    this.key.grantEncryptDecrypt(cloudWatch);
    const topic = { masterKey: this.key, enforceSSL: true };
    this.notifications = new Topic(this, 'Notifications', { ...topic, displayName: 'Coffee orders' });
    this.alarms = new Topic(this, 'Alarms', { ...topic, displayName: 'Coffee orders: alarms' });
    // The statement of enforceSSL replaces the default policy of a topic, by which this account may publish.
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.alarms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (email === undefined) return;
    this.notifications.addSubscription(new EmailSubscription(email));
    this.alarms.addSubscription(new EmailSubscription(email));
  }
}
