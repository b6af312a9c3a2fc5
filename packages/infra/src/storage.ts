import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** The stores of orders, invoices and the notification log. Retained when the stack is deleted, unless it is disposable. */
export class Storage extends Construct {
  readonly orders: TableV2;
  readonly notificationLog: TableV2;
  readonly invoices: Bucket;

  constructor(scope: Construct, id: string, { disposable }: Pick<Stage, 'disposable'>) {
    super(scope, id);
    const removalPolicy = disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    // By default a table is on demand, and encrypted with a key that AWS owns.
    const table = {
      removalPolicy,
      deletionProtection: !disposable,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    };
    this.orders = new TableV2(this, 'Orders', {
      ...table,
      partitionKey: { name: 'accountid', type: AttributeType.STRING },
      sortKey: { name: 'vendorid', type: AttributeType.STRING },
    });
    this.notificationLog = new TableV2(this, 'NotificationLog', {
      ...table,
      partitionKey: { name: 'orderid', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });

    const bucket = {
      removalPolicy,
      autoDeleteObjects: disposable,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...bucket,
      lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    this.invoices = new Bucket(this, 'Invoices', {
      ...bucket,
      versioned: true,
      serverAccessLogsBucket: accessLogs as IBucket, // CDK's types do not compile under exactOptionalPropertyTypes
      // Each line rewrites the whole invoice: without this rule, old versions would outgrow the invoices.
      lifecycleRules: [
        { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }
}
