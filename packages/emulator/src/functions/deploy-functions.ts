import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient } from '@aws-sdk/client-sns';

/** The variables that each function needs. */
export const variables = {
  'put-item': ['ORDERS_TABLE'],
  'put-object': ['INVOICES_BUCKET'],
  notify: ['NOTIFICATION_LOG_TABLE', 'NOTIFICATIONS_TOPIC_ARN'],
  'get-item': ['ORDERS_TABLE'],
  'get-object': ['INVOICES_BUCKET'],
} as const;
export type FunctionName = keyof typeof variables;

/** The zip of one function, deployed. */
export interface DeployedFunction {
  /** Invokes it and returns its answer, or what Lambda answers in its place: `{ errorType, errorMessage, trace }`. */
  invoke(event: unknown): Promise<unknown>;
  /** What each invocation has written to the log. */
  readonly logs: readonly string[];
}

/** The tables, the bucket and the topic that the functions of one test share. */
export interface Deployment {
  readonly topicArn: string;
  /** Deploys the zip of a function with the variables that it needs, and these changes. */
  deploy(name: FunctionName, changes?: Readonly<Record<string, string>>): Promise<DeployedFunction>;
  /** How many items a table holds. */
  count(table: 'ORDERS_TABLE' | 'NOTIFICATION_LOG_TABLE'): Promise<number>;
  /** The names of the objects in the bucket. */
  objects(): Promise<string[]>;
  /** Deletes the functions, which end their processes, and what they share but for the bucket. */
  dispose(): Promise<void>;
}

/** Prepares the deployment of functions to wherever the variables of the AWS SDKs point. */
export async function prepareDeployment(): Promise<Deployment> {
  const [dynamodb, s3, sns] = [new DynamoDBClient(), new S3Client(), new SNSClient()];
  const [iam, lambda] = [new IAMClient(), new LambdaClient()];
  const suffix = crypto.randomUUID();
  const createTable = (TableName: string, keys: readonly string[]) =>
    dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      }),
    );
  const [orders, log, Bucket, RoleName] = [`orders-${suffix}`, `log-${suffix}`, `invoices-${suffix}`, `role-${suffix}`];
  await createTable(orders, ['accountid', 'vendorid']);
  await createTable(log, ['orderid']);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const { TopicArn: topicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `notifications-${suffix}` }));
  // What each function may do is tested with the stack.
  const policy = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const trust = policy({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const [PolicyName, PolicyDocument] = ['all', policy({ Action: '*', Resource: '*' })];
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  const values: Readonly<Record<string, string>> = {
    ORDERS_TABLE: orders,
    NOTIFICATION_LOG_TABLE: log,
    INVOICES_BUCKET: Bucket,
    NOTIFICATIONS_TOPIC_ARN: topicArn,
  };

  const deployed: string[] = [];
  return {
    topicArn,
    async deploy(name, changes = {}) {
      const FunctionName = `${name}-${crypto.randomUUID()}`;
      const own = variables[name].map((variable) => [variable, values[variable] ?? '']);
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: Role?.Arn,
          Timeout: 60,
          Code: { ZipFile: await zipOf(name) },
          Environment: {
            // Lambda sets this for every function that is started on demand; MiniStack does not.
            Variables: { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand', ...Object.fromEntries(own), ...changes },
          },
        }),
      );
      deployed.push(FunctionName);
      await waitUntilFunctionActiveV2({ client: lambda, minDelay: 1, maxWaitTime: 60 }, { FunctionName });
      const logs: string[] = [];
      return {
        logs,
        async invoke(event) {
          const command = new InvokeCommand({ FunctionName, LogType: 'Tail', Payload: JSON.stringify(event) });
          const { LogResult = '', Payload = [] } = await lambda.send(command);
          logs.push(Buffer.from(LogResult, 'base64').toString());
          return JSON.parse(Buffer.from(Payload).toString());
        },
      };
    },
    async count(table) {
      const command = new ScanCommand({ TableName: values[table], Select: 'COUNT' });
      return (await dynamodb.send(command)).Count ?? 0;
    },
    async objects() {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      return Contents.map(({ Key = '' }) => Key);
    },
    async dispose() {
      for (const FunctionName of deployed) await lambda.send(new DeleteFunctionCommand({ FunctionName }));
      for (const TableName of [orders, log]) await dynamodb.send(new DeleteTableCommand({ TableName }));
      await sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      await iam.send(new DeleteRoleCommand({ RoleName }));
      for (const client of [dynamodb, s3, sns, iam, lambda]) client.destroy();
    },
  };
}

async function zipOf(name: FunctionName): Promise<Uint8Array> {
  try {
    return await readFile(createRequire(import.meta.url).resolve(`@coffee/lambdas/bundles/${name}.zip`));
  } catch (error) {
    throw new Error(`the zip of ${name} is missing: npx pnpm bundle`, { cause: error });
  }
}
