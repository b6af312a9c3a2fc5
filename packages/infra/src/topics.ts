import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** The topic of the order mails and the topic of the alarms, encrypted with one key. */
export class Topics extends Construct {
  readonly key: Key;
  readonly notifications: Topic;
  readonly alarms: Topic;

  constructor(scope: Construct, id: string, { email }: { readonly email?: string }) {
    super(scope, id);
    // A key of our own: CloudWatch cannot publish an alarm to a topic encrypted with the key that AWS manages for SNS.
    this.key = new Key(this, 'Key', { description: 'Encrypts the topics of coffee orders', enableKeyRotation: true });
    this.key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    const topic = { masterKey: this.key, enforceSSL: true };
    this.notifications = new Topic(this, 'Notifications', { ...topic, displayName: 'Coffee orders' });
    this.alarms = new Topic(this, 'Alarms', { ...topic, displayName: 'Coffee orders: alarms' });
    if (email === undefined) return;
    this.notifications.addSubscription(new EmailSubscription(email));
    this.alarms.addSubscription(new EmailSubscription(email));
  }
}
