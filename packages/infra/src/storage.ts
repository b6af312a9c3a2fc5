import type { CfnResource } from 'aws-cdk-lib';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** What becomes of data and its keys when the stack is deleted. A first deployment that fails leaves nothing behind. */
export function removalPolicyOf({ disposable }: Pick<Stage, 'disposable'>): RemovalPolicy {
  return disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** The stores of orders, invoices and the notification log. Retained when the stack is deleted, unless it is disposable. */
export class Storage extends Construct {
  readonly orders: TableV2;
  readonly notificationLog: TableV2;
  readonly invoices: Bucket;

  constructor(scope: Construct, id: string, { disposable, protect }: Pick<Stage, 'disposable' | 'protect'>) {
    super(scope, id);
    const removalPolicy = removalPolicyOf({ disposable });
    // By default a table is on demand, and encrypted with a key that AWS owns.
    const table = {
      removalPolicy,
      deletionProtection: protect,
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
      lifecycleRules: [{ expiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    this.invoices = new Bucket(this, 'Invoices', {
      ...bucket,
      versioned: true,
      cors: [{ allowedMethods: [HttpMethods.GET, HttpMethods.HEAD], allowedOrigins: ['*'], maxAge: 600 }], // signed links
      serverAccessLogsBucket: accessLogs as IBucket, // CDK's types do not compile under exactOptionalPropertyTypes
      // Each link after new lines rewrites the invoice: without this rule, old versions would outgrow the invoices.
      lifecycleRules: [
        { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    if (disposable) this.#deleteLogOfDeletion();
  }

  /** The function that empties the buckets would leave its log behind, in a log group that Lambda makes. */
  #deleteLogOfDeletion(): void {
    const logGroup = new LogGroup(this, 'DeletionLog', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const provider = Stack.of(this).node.findChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
    const handler = provider.node.findChild('Handler') as CfnResource;
    handler.addPropertyOverride('LoggingConfig', { LogGroup: logGroup.logGroupName });
  }
}
