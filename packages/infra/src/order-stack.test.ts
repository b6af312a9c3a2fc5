import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultMenu, parseMenu } from '@coffee/domain';
import { orderWorkflow } from '@coffee/workflow';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { readStack } from './cost/read-stack.ts';
import { billOf, costReport, writeReport } from './cost/report.ts';
import { usageOf } from './cost/usage.ts';
import type { StackTemplate, TemplateResource } from './synthesize-stage.ts';
import { synthesizeStage } from './synthesize-stage.ts';
import { checks } from './verify.ts';

// Loading CDK takes longer than all else here: the tests of the stack share one process, one file and these stages.

/** A synthesized stage, for assertions. */
function synthesize(values: Readonly<Record<string, string>>) {
  const { template: json, nag } = synthesizeStage(values);
  return {
    json,
    nag,
    template: Template.fromJSON(json),
    /** The resources of a type, by their logical ids. */
    resources: (type: string) => Object.entries(json.Resources).filter(([, { Type }]) => Type === type),
  };
}

type Synthesized = ReturnType<typeof synthesize>;

/** Synthesizes the stage `dev` with a menu from a file. */
function withMenu(menu: unknown): Synthesized {
  const folder = mkdtempSync(join(tmpdir(), 'coffee-menu-'));
  try {
    const file = join(folder, 'menu.json');
    writeFileSync(file, JSON.stringify(menu, null, 2));
    return synthesize({ ...devContext, menu: file });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ranges = ['203.0.113.0/24', '2001:db8::/32'];
const devContext = { stage: 'dev', email: 'coffee@example.com', open: 'true', protect: 'true' };
const dev = synthesize(devContext);
const disposable = synthesize({ stage: 'try', disposable: 'true', dashboard: 'true', allow: ranges.join() });
const issuer = { issuer: 'https://issuer.example', audience: 'coffee-orders' };
const known = synthesize({ ...devContext, open: 'false', ...issuer });
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

  it('lets pages of every origin follow a signed link, which is its own permission', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: Match.anyValue(),
      CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['*'], MaxAge: 600 }] },
    });
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

  it.each(['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::KMS::Key'])(
    'retains each %s unless the stage is disposable or its first deployment fails',
    (type) => {
      const policies = (stage: typeof dev) =>
        stage
          .resources(type)
          .map(([, { DeletionPolicy, UpdateReplacePolicy }]) => [DeletionPolicy, UpdateReplacePolicy]);
      expect(policies(dev)).toEqual(policies(dev).map(() => ['RetainExceptOnCreate', 'Retain']));
      expect(policies(disposable)).toEqual(policies(dev).map(() => ['Delete', 'Delete']));
    },
  );
});

describe('a stage that goes, by a first deployment that fails or because it is disposable', () => {
  it('has no table that cannot be deleted', () => {
    for (const stage of [disposable, synthesize({ ...devContext, protect: 'false' })]) {
      const tables = JSON.stringify(stage.resources('AWS::DynamoDB::GlobalTable'));
      expect(tables).not.toContain('"DeletionProtectionEnabled":true');
    }
  });

  it('leaves no log behind: those of the stack go with it, and API Gateway and Lambda make none', () => {
    for (const [id, { DeletionPolicy }] of disposable.resources('AWS::Logs::LogGroup')) {
      expect(DeletionPolicy, id).toBe('Delete');
    }
    disposable.template.hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [Match.objectLike({ LoggingLevel: 'OFF' })],
    });
    for (const [id, { Properties }] of disposable.resources('AWS::Lambda::Function')) {
      expect(Properties.LoggingConfig, id).toMatchObject({ LogGroup: { Ref: expect.stringContaining('Log') } });
    }
  });

  it('deletes its key after the shortest time that there is', () => {
    disposable.template.hasResourceProperties('AWS::KMS::Key', { PendingWindowInDays: 7 });
  });
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

  it('subscribes the given address to both, and no one without one', () => {
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
        LoggingConfig: {
          LogFormat: 'JSON',
          LogGroup: { Ref: expect.stringContaining('Log') },
          ApplicationLogLevel: 'INFO',
          SystemLogLevel: 'WARN',
        },
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
      const own = Object.keys(Variables);
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
      LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
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

  it('traces one in a hundred, of the API and of the workflow', () => {
    const rules = dev.resources('AWS::XRay::SamplingRule').map(([, { Properties }]) => Properties.SamplingRule);
    expect(rules).toMatchObject([
      { RuleName: 'coffee-api-dev', ServiceType: 'AWS::ApiGateway::Stage', ServiceName: 'coffee-orders-dev/prod' },
      { RuleName: 'coffee-flow-dev', ServiceType: 'AWS::StepFunctions::StateMachine', ServiceName: expect.anything() },
    ]);
    for (const rule of rules) expect(rule).toMatchObject({ FixedRate: 0.01, ReservoirSize: 0 });
    const longest = synthesize({ ...devContext, stage: 'a'.repeat(20) }).resources('AWS::XRay::SamplingRule');
    for (const [, { Properties }] of longest) {
      expect((Properties.SamplingRule as { RuleName: string }).RuleName.length).toBeLessThanOrEqual(32);
    }
  });

  it('has a dashboard with --context dashboard=true', () => {
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
    disposable.template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  });
});

describe('who may call the API', () => {
  it.each([
    {},
    { open: 'true', allow: ranges.join() },
    { open: 'false' },
    { open: 'true', ...issuer },
    { allow: ranges.join(), ...issuer },
    { open: 'true', allow: ranges.join(), ...issuer },
  ])('must be decided: not by %j', (values: Readonly<Record<string, string>>) => {
    expect(() => synthesizeStage(values)).toThrow(
      /^Decide .*exactly one of --context issuer=URL --context audience=NAME .*--context allow=\S+ .*--context open=true/,
    );
  });

  it('is everyone with --context open=true, as in the seed', () => {
    expect(dev.resources('AWS::ApiGateway::RestApi')[0]?.[1].Properties.Policy).toBeUndefined();
  });

  it('is who comes from the ranges of --context allow, and no one else', () => {
    disposable.template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Policy: {
        Statement: [
          Match.objectLike({ Effect: 'Allow', Action: 'execute-api:Invoke' }),
          Match.objectLike({
            Effect: 'Deny',
            Action: 'execute-api:Invoke',
            Principal: { AWS: '*' },
            Condition: { NotIpAddress: { 'aws:SourceIp': ranges } },
          }),
        ],
      },
    });
  });
});

describe('a stage with an issuer', () => {
  const only = (type: string, prefix = '') => {
    const found = known.resources(type).filter(([id]) => id.startsWith(prefix));
    expect(found).toHaveLength(1);
    return found[0] as (typeof found)[number];
  };
  const [authorizeId, authorize] = only('AWS::Lambda::Function', 'FunctionsAuthorize');
  const [authorizerId, { Properties: authorizer }] = only('AWS::ApiGateway::Authorizer');

  it('asks the authorizer about every method but the preflights, and needs no addresses', () => {
    for (const [id, { Properties }] of known.resources('AWS::ApiGateway::Method')) {
      const expected =
        Properties.HttpMethod === 'OPTIONS'
          ? { AuthorizationType: 'NONE' }
          : { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: authorizerId } };
      expect(Properties, id).toMatchObject(expected);
    }
    expect(only('AWS::ApiGateway::RestApi')[1].Properties.Policy).toBeUndefined();
  });

  it('asks for a bearer token, whatever the case of its scheme, and keeps the answer for five minutes at most', () => {
    expect(authorizer).toMatchObject({
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 300,
    });
    expect(JSON.stringify(authorizer.AuthorizerUri)).toContain(authorizeId);
    const pattern = new RegExp(String(authorizer.IdentityValidationExpression));
    for (const header of ['Bearer a.b-_c.d', 'bearer a', 'BEARER  a~+/=']) expect(header).toMatch(pattern);
    for (const header of ['', 'Bearer', 'Bearer ', 'Bearera', 'Basic a', 'Bearer a b', ' Bearer a', 'Bearer =']) {
      expect(header).not.toMatch(pattern);
    }
  });

  it('lets this API invoke the authorizer, which may write its log and traces and nothing else', () => {
    known.template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: { 'Fn::GetAtt': [authorizeId, 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', Match.arrayWith(['/authorizers/', { Ref: authorizerId }])] },
    });
    const [, policy] = only('AWS::IAM::Policy', 'FunctionsAuthorizeRole');
    const { Statement } = policy.Properties.PolicyDocument as { Statement: { Action: string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    expect(authorize.Properties).toMatchObject({ LoggingConfig: { LogFormat: 'JSON' }, Timeout: 8 });
  });

  it('tells the functions of the queries that there is one, and those of the tasks nothing', () => {
    const environments = known.resources('AWS::Lambda::Function').map(([id, { Properties }]) => {
      const { Variables } = Properties.Environment as { readonly Variables: Readonly<Record<string, unknown>> };
      return [id.replace(/^Functions|[0-9A-F]{8}$/g, ''), Variables.ISSUER, Variables.AUDIENCE];
    });
    const { issuer: url, audience } = issuer;
    expect(environments.sort()).toEqual([
      ['Authorize', url, audience],
      ['GetItem', url, undefined],
      ['GetObject', url, undefined],
      ['Notify', undefined, undefined],
      ['PutItem', undefined, undefined],
      ['PutObject', undefined, undefined],
    ]);
  });

  it('logs no token, and no body that could hold one', () => {
    const { AccessLogSetting, MethodSettings } = only('AWS::ApiGateway::Stage')[1].Properties;
    expect(JSON.stringify(AccessLogSetting)).not.toMatch(/header|authorizer|authorization/i);
    expect(MethodSettings).toEqual([expect.objectContaining({ DataTraceEnabled: false, LoggingLevel: 'ERROR' })]);
  });

  it('has no trace of it without one', () => {
    expect(dev.resources('AWS::ApiGateway::Authorizer')).toEqual([]);
    expect(JSON.stringify(dev.json)).not.toMatch(/authorizer|Authorization"|UNAUTHORIZED|ISSUER/);
  });

  it('warns of an authorizer that is throttled, and explains it in docs/operations.md', () => {
    const names = known.resources('AWS::CloudWatch::Alarm').map(([id]) => id.replace(/^Alarms|[0-9A-F]{8}$/g, ''));
    expect(names).toContain('AuthorizeThrottled');
    const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('costs a call of the authorizer an order and a link more', () => {
    const calls = (stage: Synthesized) =>
      usageOf(readStack(stage.json), orderWorkflow).find(({ row }) => row === 'Lambda requests')?.units[0];
    expect(calls(known)).toBeCloseTo(Number(calls(dev)) + 1_100_000);
  });
});

describe('the budget', () => {
  it('writes an email when most of it is spent, and when the month will cost more', () => {
    const { template } = synthesize({ ...devContext, budget: '200' });
    const subscribers = [{ SubscriptionType: 'EMAIL', Address: 'coffee@example.com' }];
    const notification = (NotificationType: string, Threshold: number) =>
      Match.objectLike({
        NotificationType,
        Threshold,
        ThresholdType: 'PERCENTAGE',
        ComparisonOperator: 'GREATER_THAN',
      });
    template.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 200, Unit: 'USD' } },
      NotificationsWithSubscribers: [
        { Notification: notification('ACTUAL', 80), Subscribers: subscribers },
        { Notification: notification('FORECASTED', 100), Subscribers: subscribers },
      ],
    });
    dev.template.resourceCountIs('AWS::Budgets::Budget', 0);
  });
});

describe('the menu', () => {
  const [small, ...others] = defaultMenu.coffeesizes;
  const dearer = parseMenu({ ...defaultMenu, coffeesizes: [{ ...small, unitprice: '3.60' }, ...others] });
  const priced = withMenu(dearer);
  const deploymentOf = (stage: Synthesized) => stage.resources('AWS::ApiGateway::Deployment').map(([id]) => id);
  const menuOf = (stage: Synthesized) => {
    const [, lambda] = stage.resources('AWS::Lambda::Function').find(([id]) => id.startsWith('FunctionsPutItem')) ?? [];
    const environment = lambda?.Properties.Environment as { Variables: Record<string, string> } | undefined;
    return environment?.Variables.MENU ?? '';
  };

  it('is of put-item and of the API: a new price makes a new deployment', () => {
    expect(parseMenu(JSON.parse(menuOf(priced)))).toEqual(dearer);
    const [[, model] = []] = priced.resources('AWS::ApiGateway::Model');
    expect(JSON.stringify(model)).toContain('["3.60","3.6"]');
    expect(JSON.stringify(model)).not.toContain('"3.5"');
    expect(deploymentOf(priced)).toHaveLength(1);
    expect(deploymentOf(priced)).not.toEqual(deploymentOf(dev));
    const [[, stage] = []] = priced.resources('AWS::ApiGateway::Stage');
    expect(stage?.Properties.DeploymentId).toEqual({ Ref: deploymentOf(priced)[0] });
  });

  it('is the default menu without --context menu, and the same menu makes the same template', () => {
    expect(parseMenu(JSON.parse(menuOf(dev)))).toEqual(defaultMenu);
    expect(withMenu(defaultMenu).json).toEqual(dev.json);
  });
});

describe('a stage', () => {
  /** Names that are of an account and region: not those of an API's stage, of a role's own policy, or of what is shown. */
  function namesOf(stage: Synthesized): string[] {
    const scoped = ['StageName', 'PolicyName', 'OperationName', 'DisplayName', 'MetricName'];
    return Object.values(stage.json.Resources).flatMap(({ Properties }) =>
      Object.entries(Properties).flatMap(([key, value]) =>
        /Name$/.test(key) && !scoped.includes(key) && typeof value === 'string' ? [value] : [],
      ),
    );
  }

  it('has no name in common with another stage of the same account', () => {
    const [one, two] = [namesOf(dev), namesOf(disposable)];
    expect(one).toContain('coffee-orders-dev');
    expect(one.filter((name) => two.includes(name))).toEqual([]);
  });
});

describe('an update from the first version', () => {
  const file = new URL('fixtures/template-of-version-1.json', import.meta.url);
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as StackTemplate;

  it.each([
    ['AWS::DynamoDB::GlobalTable', ['KeySchema', 'TableName']],
    ['AWS::S3::Bucket', ['BucketName']],
    ['AWS::SNS::Topic', ['TopicName', 'FifoTopic']],
    ['AWS::KMS::Key', ['KeySpec', 'KeyUsage']],
    ['AWS::Lambda::Function', ['FunctionName']],
    ['AWS::StepFunctions::StateMachine', ['StateMachineName', 'StateMachineType']],
    ['AWS::ApiGateway::RestApi', ['Mode']],
  ])('replaces no %s', (type, fixed) => {
    const earlier = Object.entries(Resources).filter(([, { Type }]) => Type === type);
    expect(earlier.length).toBeGreaterThan(0);
    for (const [id, { Properties }] of earlier) {
      const now = dev.json.Resources[id];
      expect(now?.Type, id).toBe(type);
      for (const property of fixed)
        expect(now?.Properties[property], `${id}.${property}`).toEqual(Properties[property]);
    }
  });
});

describe('the workflow', () => {
  const [, machine] = dev.resources('AWS::StepFunctions::StateMachine')[0] ?? [];
  const file = readFileSync(fileURLToPath(import.meta.resolve('@coffee/workflow/order-workflow.asl.json')), 'utf8');

  it('deploys the workflow file as it is, with a version of a function for each placeholder', () => {
    expect(machine?.Properties.DefinitionString).toBe(file);
    const substitutions = machine?.Properties.DefinitionSubstitutions as Record<string, unknown>;
    const placeholders = [...file.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(substitutions).sort()).toEqual([...placeholders].sort());
    for (const [name, value] of Object.entries(substitutions)) {
      const id = `Functions${name.replace('FunctionArn', '')}`;
      expect(value).toEqual({ Ref: expect.stringMatching(new RegExp(`^${id}CurrentVersion[0-9A-F]{8}`)) });
    }
  });

  it('keeps the versions of earlier deployments, for executions under way, redrives and the way back', () => {
    const versions = dev.resources('AWS::Lambda::Version');
    expect(versions).toHaveLength(3);
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of versions) {
      expect([DeletionPolicy, UpdateReplacePolicy], id).toEqual(['Retain', 'Retain']);
    }
  });
});

describe('cdk-nag (AwsSolutions)', () => {
  it.each([dev, disposable, known])(
    'finds nothing in a stage, with or without an address, ranges, an issuer and disposable',
    ({ nag }) => {
      expect(nag).toMatchObject({ conclusion: 'success', violations: [] });
    },
  );

  it('is asked: each acknowledged rule would be a finding, and no other', () => {
    const rules = dev.nag?.suppressedViolations.map(({ ruleName }) => ruleName.replace(/\[.*/, ''));
    expect([...new Set(rules)].sort()).toEqual([
      'AwsSolutions-APIG3',
      'AwsSolutions-APIG4',
      'AwsSolutions-COG4',
      'AwsSolutions-IAM4',
      'AwsSolutions-IAM5',
      'AwsSolutions-SF1',
      'AwsSolutions-SQS3',
    ]);
  });

  it('refuses a bucket that takes plain HTTP, and a wildcard for which no reason is given', () => {
    const spoilt = () =>
      synthesizeStage({ open: 'true' }, (stack) => {
        new Bucket(stack, 'Spoilt');
        const role = stack.node.findAll().find((each) => each.node.path.endsWith('/Functions/PutItemRole')) as Role;
        role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['arn:aws:dynamodb:::table/x'] }));
      });
    expect(spoilt).toThrow(/AwsSolutions-IAM5\[Action::dynamodb:\*\]'[\s\S]*AwsSolutions-S10'/);
  });
});

/** Metrics that the services emit, by namespace, name and dimensions: of their developer guides, read in November 2026. */
const emitted = [
  'AWS/ApiGateway 5XXError ApiName',
  'AWS/DynamoDB ReadThrottleEvents TableName',
  'AWS/DynamoDB SystemErrors Operation TableName',
  'AWS/DynamoDB WriteThrottleEvents TableName',
  'AWS/Events TriggeredRules RuleName',
  'AWS/Lambda Errors FunctionName',
  'AWS/Lambda Throttles FunctionName',
  'AWS/SNS NumberOfMessagesPublished TopicName',
  'AWS/SNS NumberOfNotificationsDelivered TopicName',
  'AWS/SNS NumberOfNotificationsFailed TopicName',
  'AWS/States ExecutionThrottled StateMachineArn',
  'AWS/States ExecutionTime StateMachineArn',
  'AWS/States ExecutionsAborted StateMachineArn',
  'AWS/States ExecutionsTimedOut StateMachineArn',
];

describe('alarms', () => {
  const alarms = dev.resources('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const nameOf = (properties: Readonly<Record<string, unknown>>) =>
    String(properties.AlarmDescription).split(':')[0] ?? '';

  /** The metrics that an alarm looks at, with the logical ids that their dimensions name. */
  function watched(properties: Readonly<Record<string, unknown>>): string[] {
    const text = JSON.stringify(properties);
    const metrics = [...text.matchAll(/"MetricName":"(\w+)"/g)].map(([, metric]) => metric);
    const whose = [...text.matchAll(/"(?:Ref":"|Fn::GetAtt":\[")(?!TopicsAlarms)(\w+?)[0-9A-F]{8}"/g)].map(
      ([, id]) => id,
    );
    const named = text.includes('RestApi') || text.includes('coffee-orders-dev') ? ['Api'] : [];
    return [...new Set(metrics.map((metric) => `${metric} of ${[...new Set([...whose, ...named])].join()}`))].sort();
  }

  const functionNames = ['PutItem', 'PutObject', 'Notify', 'GetItem', 'GetObject'];

  it('has an alarm for every way to fail', () => {
    expect(Object.fromEntries(alarms.map((alarm) => [nameOf(alarm), watched(alarm)]))).toEqual({
      OrdersFailed: ['TriggeredRules of AlarmsFailures'],
      OrdersAborted: ['ExecutionsAborted of WorkflowStateMachine'],
      OrdersTimedOut: ['ExecutionsTimedOut of WorkflowStateMachine'],
      OrdersThrottled: ['ExecutionThrottled of WorkflowStateMachine'],
      OrdersSlow: ['ExecutionTime of WorkflowStateMachine'],
      ApiErrors: ['5XXError of Api'],
      ...Object.fromEntries(functionNames.map((name) => [`${name}Errors`, [`Errors of Functions${name}`]])),
      PutItemErrors: ['Errors of FunctionsPutItem,AlarmsRefusals', 'TriggeredRules of FunctionsPutItem,AlarmsRefusals'],
      ...Object.fromEntries(functionNames.map((name) => [`${name}Throttled`, [`Throttles of Functions${name}`]])),
      OrdersWriteThrottled: ['WriteThrottleEvents of StorageOrders'],
      OrdersWriteErrors: ['SystemErrors of StorageOrders'],
      OrdersReadThrottled: ['ReadThrottleEvents of StorageOrders'],
      OrdersReadErrors: ['SystemErrors of StorageOrders'],
      NotificationLogWriteThrottled: ['WriteThrottleEvents of StorageNotificationLog'],
      NotificationLogWriteErrors: ['SystemErrors of StorageNotificationLog'],
      MailsFailed: [
        'NumberOfMessagesPublished of TopicsNotifications',
        'NumberOfNotificationsDelivered of TopicsNotifications',
        'NumberOfNotificationsFailed of TopicsNotifications',
      ],
    });
  });

  it('goes off by metrics that exist: those that the services emit, by the dimensions that they emit them by', () => {
    interface MetricStat {
      readonly Namespace?: string;
      readonly MetricName?: string;
      readonly Dimensions?: readonly { readonly Name: string }[];
    }
    const metrics = alarms.flatMap((alarm) => {
      const math = alarm.Metrics as { readonly MetricStat?: { readonly Metric: MetricStat } }[] | undefined;
      return math?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [alarm as MetricStat];
    });
    const looked = metrics.map(({ Namespace, MetricName, Dimensions = [] }) =>
      [Namespace, MetricName, ...Dimensions.map(({ Name }) => Name).sort()].join(' '),
    );
    expect([...new Set(looked)].filter((metric) => !emitted.includes(metric))).toEqual([]);
  });

  it('tells a failure from an order that was refused, by the event of Step Functions', () => {
    const pattern = (id: string) =>
      dev.resources('AWS::Events::Rule').find(([each]) => each.startsWith(id))?.[1].Properties.EventPattern;
    const failed = (error: readonly unknown[]) => ({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [{ Ref: expect.stringMatching(/^WorkflowStateMachine/) }], status: ['FAILED'], error },
    });
    expect(pattern('AlarmsFailures')).toEqual(failed([{ 'anything-but': ['OrderRejected'] }, { exists: false }]));
    expect(pattern('AlarmsRefusals')).toEqual(failed(['OrderRejected']));
  });

  it('keeps the names of failed executions for as long as they can be redriven, and nothing of the orders', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    const [, rule] = dev.resources('AWS::Events::Rule').find(([id]) => id.startsWith('AlarmsFailures')) ?? [];
    const targets = (rule?.Properties.Targets ?? []) as {
      InputTransformer: { InputPathsMap: Record<string, string> };
    }[];
    expect(targets.map(({ InputTransformer }) => Object.values(InputTransformer.InputPathsMap))).toEqual([
      ['$.detail.name'],
    ]);
  });

  it.each([
    ['PutItemErrors', { errors: 3, refused: 3 }, 0],
    ['PutItemErrors', { errors: 3, refused: 0 }, 3],
    ['PutItemErrors', { errors: 3, refused: 2 }, 1],
    ['MailsFailed', { published: 0, delivered: 0, failed: 0 }, 0],
    ['MailsFailed', { published: 2, delivered: 2, failed: 0 }, 0],
    ['MailsFailed', { published: 2, delivered: 1, failed: 1 }, 1],
    ['MailsFailed', { published: 2, delivered: 0, failed: 0 }, 1],
  ])('%s with %j is %i', (name, values: Readonly<Record<string, number>>, expected) => {
    const alarm = alarms.find((each) => nameOf(each) === name);
    const math = (alarm?.Metrics ?? []) as readonly { readonly Expression?: string }[];
    const Expression = math.find((each) => each.Expression !== undefined)?.Expression ?? '';
    // The few operators of metric math that are used, as JavaScript.
    const script = Expression.replace(/FILL\((\w+), 0\)/g, (_, metric: string) => String(values[metric]))
      .replaceAll(' AND ', ' && ')
      .replace(/IF\(([^,]+), 1, 0\)/g, '($1 ? 1 : 0)');
    expect(script).toMatch(/^[\d\s()<>+?:&-]+$/);
    expect(Number(new Function(`return ${script}`)())).toBe(expected);
  });

  it('can go off for time: the workflow has a limit', () => {
    expect(orderWorkflow.TimeoutSeconds).toBeGreaterThan(0);
  });

  it('looks at the operation that is made of each table', () => {
    const errors = alarms.filter(({ MetricName }) => MetricName === 'SystemErrors');
    const operations = errors.map((alarm) => [
      nameOf(alarm),
      /"Name":"Operation","Value":"(\w+)"/.exec(JSON.stringify(alarm))?.[1],
    ]);
    expect(Object.fromEntries(operations)).toEqual({
      OrdersWriteErrors: 'PutItem',
      OrdersReadErrors: 'GetItem',
      NotificationLogWriteErrors: 'UpdateItem',
    });
  });

  it('sends an email when each goes off and when it is over, and takes silence for health', () => {
    const [topic] = dev.resources('AWS::SNS::Topic').find(([id]) => id.startsWith('TopicsAlarms')) ?? [];
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        AlarmActions: [{ Ref: topic }],
        OKActions: [{ Ref: topic }],
        TreatMissingData: 'notBreaching',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
    }
  });

  it('reaches its topic: policy and key of the topic let CloudWatch of this account publish', () => {
    const cloudWatch = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } };
    const idOf = (reference: unknown) => /"(?:Ref":"|Fn::GetAtt":\[")(\w+)/.exec(JSON.stringify(reference))?.[1] ?? '';
    const actions = alarms.flatMap((alarm) => [alarm.AlarmActions, alarm.OKActions].flat());
    expect(actions).toHaveLength(2 * alarms.length);
    for (const id of new Set(actions.map(idOf))) {
      template.hasResourceProperties('AWS::SNS::TopicPolicy', {
        Topics: [{ Ref: id }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            {
              ...cloudWatch,
              Action: 'sns:Publish',
              Resource: { Ref: id },
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
              Sid: Match.anyValue(),
            },
          ]),
        },
      });
      const key = dev.json.Resources[idOf(dev.json.Resources[id]?.Properties.KmsMasterKeyId)] as TemplateResource;
      const { Statement } = key.Properties.KeyPolicy as { Statement: Record<string, unknown>[] };
      const allowed = Statement.filter(
        (each) => JSON.stringify(each.Principal) === JSON.stringify(cloudWatch.Principal),
      );
      expect(allowed.map(({ Effect }) => Effect)).toEqual(['Allow']);
      expect(allowed.flatMap(({ Action }) => Action)).toEqual(
        expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']),
      );
    }
  });

  it('explains each in docs/operations.md', () => {
    const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const missing = alarms.map(nameOf).filter((name) => !page.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });
});

describe('what is not yet seen on AWS', () => {
  it('is in docs/operations.md, promise by promise as npx pnpm infra verify tries them', () => {
    const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const [, section = ''] = page.split('## Not yet seen on AWS');
    const promises = checks.map(([promise]) => `- ${promise}`);
    expect(
      section
        .split('\n')
        .filter((line) => line.startsWith('- '))
        .slice(0, checks.length),
    ).toEqual(promises);
  });
});

describe('permissions', () => {
  /** The methods of adapters that each function calls. */
  const calls: Readonly<Record<string, readonly string[]>> = {
    PutItem: ['DynamoDBOrderRepository.put', 'DynamoDBOrderRepository.get'],
    PutObject: ['S3InvoiceStore.add'],
    Notify: [
      'DynamoDBNotificationLog.begin',
      'DynamoDBNotificationLog.finish',
      'DynamoDBNotificationLog.release',
      'SnsNotifier.publish',
    ],
    GetItem: ['DynamoDBOrderRepository.get'],
    GetObject: ['S3InvoiceStore.prepare', 'S3InvoiceLinks.link'],
  };

  interface Row {
    readonly method: string;
    readonly actions: readonly string[];
    readonly resource: string;
  }

  /** The rows under `## IAM` of a package's README: class, method, actions, resource. */
  function documented(name: string): Row[] {
    const readme = readFileSync(new URL(`../../${name}/README.md`, import.meta.url), 'utf8');
    const [, section] = readme.split(/^## IAM$/m);
    if (section === undefined) throw new Error(`the README of ${name} has no section ## IAM`);
    const [table = ''] = section.split(/^## /m);
    return [...table.matchAll(/^\|(.+)\|$/gm)].slice(2).map(([, line = '']) => {
      const [owner = '', method = '', actions = '', resource = ''] = line.split('|').map((cell) => cell.trim());
      const plain = (text: string) => text.replaceAll('`', '');
      return {
        method: `${plain(owner)}.${plain(method)}`,
        actions: plain(actions).split(/, */),
        resource: plain(resource),
      };
    });
  }

  const rows = ['adapter-dynamodb', 'adapter-s3', 'adapter-sns', 'lambdas'].flatMap(documented);

  /** An action on a resource, as one text; the resource is named by its logical id in the template. */
  function allowed(roleId: string): string[] {
    const policies = dev
      .resources('AWS::IAM::Policy')
      .filter(([, { Properties }]) => JSON.stringify(Properties.Roles) === JSON.stringify([{ Ref: roleId }]));
    return policies.flatMap(([, { Properties }]) => {
      const { Statement } = Properties.PolicyDocument as { Statement: Record<string, unknown>[] };
      return Statement.flatMap(({ Effect, Action, Resource, Condition }) => {
        const prefixes = { StringLikeIfExists: { 's3:prefix': ['lines/*', '*.json'] } };
        expect([Effect, Condition]).toEqual(['Allow', Action === 's3:ListBucket' ? prefixes : undefined]);
        return [Action].flat().flatMap((action) => [Resource].flat().map((each) => `${action} on ${nameOf(each)}`));
      });
    });
  }

  function nameOf(resource: unknown): string {
    if (resource === '*') return '*';
    const text = JSON.stringify(resource);
    const [, id = text] = /"(?:Ref":"|Fn::GetAtt":\[")(\w+?)[0-9A-F]{8}"/.exec(text) ?? [];
    const names: Readonly<Record<string, string>> = {
      StorageOrders: 'orders table',
      StorageNotificationLog: 'notification log table',
      StorageInvoices: /"\/lines\/\*"/.test(text) ? 'lines' : text.includes('"/*"') ? 'objects' : 'bucket',
      TopicsNotifications: 'topic',
      TopicsKey: 'topic key',
    };
    return names[id] ?? (text.includes('":*"') && id.startsWith('Functions') ? `any version of ${id}` : id);
  }

  describe.each(Object.entries(calls))('the role of %s', (name, methods) => {
    const lambda = dev.resources('AWS::Lambda::Function').find(([id]) => id.startsWith(`Functions${name}`));
    const [, roleId = ''] = /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(lambda?.[1].Properties.Role)) ?? [];
    const role = dev.json.Resources[roleId] as TemplateResource;

    it('may do what the READMEs of its adapters say, and nothing else', () => {
      const own = rows.filter(({ method }) => methods.includes(method) || method.startsWith('runtime.'));
      for (const method of methods) expect(own.map((row) => row.method)).toContain(method);
      const expected = own.flatMap(({ actions, resource }) => actions.map((action) => `${action} on ${resource}`));
      const log = `Functions${name}Log`;
      const written = [...new Set(expected)].map((text) => text.replace("the function's log group", log));
      expect(allowed(roleId).sort()).toEqual(written.sort());
    });

    it('is of this function alone, has no managed policy and nothing in line', () => {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(role.Properties).not.toHaveProperty('Policies');
      const users = dev
        .resources('AWS::Lambda::Function')
        .filter(([, { Properties }]) => JSON.stringify(Properties.Role).includes(roleId));
      expect(users).toHaveLength(1);
      expect(role.Properties.AssumeRolePolicyDocument).toMatchObject({
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      });
    });
  });

  it('the workflow may invoke its three functions in every version, and deliver its logs and traces', () => {
    const [id = ''] = dev.resources('AWS::IAM::Role').find(([each]) => each.startsWith('WorkflowRole')) ?? [];
    expect(
      allowed(id)
        .filter((text) => !text.endsWith(' on *'))
        .sort(),
    ).toEqual(
      ['Functions', 'any version of Functions'].flatMap((what) =>
        ['Notify', 'PutItem', 'PutObject'].map((name) => `lambda:InvokeFunction on ${what}${name}`),
      ),
    );
    const everywhere = allowed(id).filter((text) => text.endsWith(' on *'));
    expect(everywhere.filter((text) => !/^(logs|xray):/.test(text))).toEqual([]);
  });

  it('the API may start and describe executions of this workflow, and nothing else', () => {
    const [id = ''] = dev.resources('AWS::IAM::Role').find(([each]) => each.startsWith('ApiExecutionsRole')) ?? [];
    const policy = dev
      .resources('AWS::IAM::Policy')
      .find(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(id));
    expect(allowed(id)).toEqual([
      'states:StartExecution on WorkflowStateMachine',
      'states:DescribeExecution on WorkflowStateMachine',
    ]);
    expect(JSON.stringify(policy)).toContain(':execution:');
  });
});

describe('what the stack costs', () => {
  it('is in docs/scaling.md; if not: npx pnpm cost --write', () => {
    const page = readFileSync(new URL('../../../docs/scaling.md', import.meta.url), 'utf8');
    expect(writeReport(page, costReport(dev.json))).toBe(page);
  });

  /** The template with the properties of each resource of a type changed. */
  function changed(
    type: string,
    change: (properties: TemplateResource['Properties']) => TemplateResource['Properties'],
  ): StackTemplate {
    const Resources = Object.fromEntries(
      Object.entries(dev.json.Resources).map(([id, resource]): [string, TemplateResource] => [
        id,
        resource.Type === type ? { ...resource, Properties: change(resource.Properties) } : resource,
      ]),
    );
    return { Resources };
  }

  it('has what costs something', () => {
    const facts = readStack(dev.json);
    expect(Object.keys(facts.functions).sort()).toEqual(['GetItem', 'GetObject', 'Notify', 'PutItem', 'PutObject']);
    expect(facts).toMatchObject({ mailsAnOrder: 1, encrypts: true, keys: 1, dashboards: 0, measuredMethods: 0 });
    expect(facts).toMatchObject({ logDays: 30, versionDays: 30, bucketLogDays: 30, backup: true, logsEvents: false });
    expect(facts.alarmMetrics).toBeGreaterThan(0);
    expect(facts.accessLogFormat).toContain('$context.status');
  });

  it('is at most 172 USD a million orders, and 1.05 times what the example costs for the same work', () => {
    const { ours, example, sameWork } = billOf(readStack(dev.json));
    expect(ours).toBeLessThanOrEqual(172_00);
    expect(sameWork / example).toBeLessThanOrEqual(1.05);
  });

  it('follows the template', () => {
    const memory = changed('AWS::Lambda::Function', (properties) => ({ ...properties, MemorySize: 1024 }));
    expect(readStack(memory).functions.Notify?.memory).toBe(1024);
    const untraced = changed('AWS::ApiGateway::Stage', (properties) => ({ ...properties, TracingEnabled: false }));
    expect(readStack(untraced).tracesAnOrder).toBe(1);
    const unsubscribed = changed('AWS::SNS::Subscription', (properties) => ({ ...properties, Protocol: 'sqs' }));
    expect(readStack(unsubscribed).mailsAnOrder).toBe(0);
  });

  it('bills an alarm on an expression by the metrics in it', () => {
    const alarms = Object.values(dev.json.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length;
    const Metrics = [{ Expression: 'a + b' }, { MetricStat: {} }, { MetricStat: {} }];
    expect(readStack(changed('AWS::CloudWatch::Alarm', () => ({ Metrics }))).alarmMetrics).toBe(2 * alarms);
  });

  it('counts one trace an order where the API hands its own on', () => {
    const handing = changed('AWS::ApiGateway::Method', (properties) => ({ ...properties, template: '"traceHeader"' }));
    expect(readStack(handing).tracesAnOrder).toBe(1);
  });

  it('is refused where something is not there, rather than free', () => {
    const forever = changed('AWS::Logs::LogGroup', () => ({}));
    expect(() => readStack(forever)).toThrow('no number at RetentionInDays');
    const unversioned = changed('AWS::S3::Bucket', ({ VersioningConfiguration: _, ...rest }) => rest);
    expect(() => readStack(unversioned)).toThrow('0 buckets, not 1');
  });
});
