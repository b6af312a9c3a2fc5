import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesize } from './test-support/synthesize.ts';

const dev = synthesize({ stage: 'dev', email: 'coffee@example.com' });
const disposable = synthesize({ stage: 'try', disposable: 'true' });
const { template } = dev;

/** A bucket or topic policy that refuses whatever does not come by TLS. */
const tlsOnly = (actions: unknown) => ({
  PolicyDocument: {
    Statement: Match.arrayWith([
      Match.objectLike({
        Effect: 'Deny',
        Principal: Match.anyValue(),
        Action: actions,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]),
  },
});

describe('storage', () => {
  it('keeps orders by accountid and vendorid, on demand, with point-in-time recovery and protection from deletion', () => {
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      KeySchema: [
        { AttributeName: 'accountid', KeyType: 'HASH' },
        { AttributeName: 'vendorid', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    });
    const tables = dev.resources('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(2);
    for (const [id, { Properties }] of tables) {
      expect(Properties.Replicas, id).toEqual([
        expect.objectContaining({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      ]);
      // Left out, the table is encrypted with a key that AWS owns; it cannot be unencrypted.
      expect(Properties.SSESpecification).toBeUndefined();
    }
  });

  it('forgets the notification log by its time to live', () => {
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      KeySchema: [{ AttributeName: 'orderid', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('keeps every bucket private, encrypted and for TLS only', () => {
    const buckets = dev.resources('AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const [id, { Properties }] of buckets) {
      expect(Properties, id).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      template.hasResourceProperties('AWS::S3::BucketPolicy', { Bucket: { Ref: id }, ...tlsOnly('s3:*') });
    }
  });

  it('keeps versions of invoices, for 30 days', () => {
    template.resourcePropertiesCountIs('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }, 1);
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: Match.objectLike({}),
      LifecycleConfiguration: {
        Rules: [Match.objectLike({ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } })],
      },
    });
  });

  it.each(['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket'])(
    'retains each %s unless the stage is disposable',
    (type) => {
      const policies = (stage: typeof dev) =>
        stage
          .resources(type)
          .map(([, { DeletionPolicy, UpdateReplacePolicy }]) => [DeletionPolicy, UpdateReplacePolicy]);
      expect(policies(dev)).toEqual(policies(dev).map(() => ['Retain', 'Retain']));
      expect(policies(disposable)).toEqual(policies(dev).map(() => ['Delete', 'Delete']));
    },
  );
});

describe('topics', () => {
  it('encrypts both with a key that rotates and that CloudWatch may use, and takes TLS only', () => {
    const [[keyId] = ['']] = dev.resources('AWS::KMS::Key');
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
          }),
        ]),
      },
    });
    const topics = dev.resources('AWS::SNS::Topic');
    expect(topics).toHaveLength(2);
    for (const [id, { Properties }] of topics) {
      expect(Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [keyId, 'Arn'] });
      template.hasResourceProperties('AWS::SNS::TopicPolicy', { Topics: [{ Ref: id }], ...tlsOnly('sns:Publish') });
    }
  });

  it('subscribes the given address to both, and nobody without one', () => {
    template.resourcePropertiesCountIs(
      'AWS::SNS::Subscription',
      { Protocol: 'email', Endpoint: 'coffee@example.com' },
      2,
    );
    disposable.template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});

describe('functions', () => {
  const functions = dev.resources('AWS::Lambda::Function');

  it('are five, on Node.js 24 and arm64, traced, with a log group of their own', () => {
    expect(functions).toHaveLength(5);
    for (const [id, { Properties }] of functions) {
      expect(Properties, id).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringContaining('Log') } },
      });
    }
  });

  it('end before those who wait for them: tasks after 20 and 30 seconds, the API after 29', () => {
    const limits = { PutItem: 20, PutObject: 20, Notify: 30, GetItem: 29, GetObject: 29 };
    for (const [name, limit] of Object.entries(limits)) {
      const [, lambda] = functions.find(([id]) => id.startsWith(`Functions${name}`)) ?? [];
      expect(lambda?.Properties.Timeout, name).toBeLessThan(limit);
    }
  });

  it('get the variables and the time that the README of @coffee/lambdas says', () => {
    const readme = readFileSync(new URL('../../lambdas/README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `([a-z-]+)` +\| (`[A-Z_`, ]+) +\| (\d+) s /gm)];
    const said = rows.map(([, name, variables, seconds]) => [
      name,
      variables?.match(/[A-Z_]+/g)?.sort(),
      Number(seconds),
    ]);
    const given = functions.map(([id, { Properties }]) => {
      const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
      const name = id.replace(/^Functions|[0-9A-F]{8}$/g, '').replace(/(?<=[a-z])(?=[A-Z])/g, '-');
      const own = Object.keys(Variables).filter((variable) => variable !== 'POWERTOOLS_SERVICE_NAME');
      return [name.toLowerCase(), own.sort(), Properties.Timeout];
    });
    expect(said).toHaveLength(5);
    expect(given.sort()).toEqual(said.sort());
  });
});

describe('logs and traces', () => {
  it('keeps every log for a month', () => {
    const groups = dev.resources('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(7);
    for (const [id, { Properties }] of groups) expect(Properties.RetentionInDays, id).toBe(30);
  });

  it('logs and traces the workflow, without what customers ordered', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });

  it('logs, traces and throttles the API, without what customers ordered', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'prod',
      TracingEnabled: true,
      AccessLogSetting: { DestinationArn: Match.anyValue(), Format: Match.not(Match.stringLikeRegexp('body|query')) },
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          MetricsEnabled: false,
          LoggingLevel: 'ERROR',
          DataTraceEnabled: false,
          ThrottlingRateLimit: 100,
          ThrottlingBurstLimit: 200,
        },
      ],
    });
  });

  it('has a dashboard', () => {
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  });
});

describe('who may call the API', () => {
  it('is everybody, as in the seed', () => {
    expect(dev.resources('AWS::ApiGateway::RestApi')[0]?.[1].Properties.Policy).toBeUndefined();
  });

  it('is who comes from the ranges of --context allow, and nobody else', () => {
    const closed = synthesize({ allow: '203.0.113.0/24,2001:db8::/32' });
    closed.template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Policy: {
        Statement: [
          Match.objectLike({ Effect: 'Allow', Action: 'execute-api:Invoke' }),
          Match.objectLike({
            Effect: 'Deny',
            Action: 'execute-api:Invoke',
            Principal: { AWS: '*' },
            Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
          }),
        ],
      },
    });
  });
});
