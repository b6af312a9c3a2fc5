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
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMailbox } from '../stack/start-mailbox.ts';

/** The variables that each function needs. */
const variables = {
  'put-item': ['ORDERS_TABLE'],
  'put-object': ['INVOICES_BUCKET'],
  notify: ['NOTIFICATION_LOG_TABLE', 'NOTIFICATIONS_TOPIC_ARN'],
  'get-item': ['ORDERS_TABLE'],
  'get-object': ['INVOICES_BUCKET'],
} as const;
type FunctionName = keyof typeof variables;

/** The zip of one function, deployed. */
interface DeployedFunction {
  /** Invokes it and returns its answer, or what Lambda answers in its place: `{ errorType, errorMessage, trace }`. */
  invoke(event: unknown): Promise<unknown>;
  /** What each invocation has written to the log. */
  readonly logs: readonly string[];
}

/** The tables, the bucket and the topic that the functions of one test share. */
interface Deployment {
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
async function prepareDeployment(): Promise<Deployment> {
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

const names = Object.keys(variables) as FunctionName[];

const order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 20:30:00',
  city: 'L\'Aquila "☕"',
  details: { coffeetype: 'Latte', coffeesize: 'Medium', unitprice: 4, quantity: 2 },
  eventtype: ['new_order'],
};
const event = { orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order };
const placed = { ...event, total: '8.00', currency: 'AUD', invoice: '2026/11/a0' };
const other = { ...placed, order: { ...order, city: 'Adelaide' } };

const query = (parameters: Readonly<Record<string, string>>) => ({
  httpMethod: 'GET',
  requestContext: {},
  queryStringParameters: parameters,
  multiValueQueryStringParameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, [value]])),
});

interface ProxyAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Deploys what the test that calls it needs, each function when it is first invoked. */
async function arrange() {
  const deployment = await prepareDeployment();
  onTestFinished(() => deployment.dispose());
  const functions = new Map<FunctionName, DeployedFunction>();
  const invoke = async (name: FunctionName, payload: unknown) => {
    const deployed = functions.get(name) ?? (await deployment.deploy(name));
    functions.set(name, deployed);
    return deployed.invoke(payload);
  };
  const ask = async (name: FunctionName, parameters: Readonly<Record<string, string>>) => {
    const { statusCode, headers, body } = (await invoke(name, query(parameters))) as ProxyAnswer;
    return { statusCode, headers, body: JSON.parse(body) };
  };
  return { deployment, functions, invoke, ask };
}

describe('the bundles, deployed as functions', { timeout: 120_000 }, () => {
  it('place, invoice and announce an order, once, however often a task runs', async () => {
    const { deployment, invoke } = await arrange();
    const mailbox = await startMailbox(deployment.topicArn);
    onTestFinished(() => mailbox.close());
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await invoke('put-item', event)).toEqual(placed);
      expect(await invoke('put-object', placed)).toEqual({ objectKey: '2026/11/a0' });
      expect(await invoke('notify', placed)).toEqual({ id: 'o1' });
    }
    expect(await deployment.count('ORDERS_TABLE')).toBe(1);
    expect(await deployment.count('NOTIFICATION_LOG_TABLE')).toBe(1);
    expect(await deployment.objects()).toEqual([expect.stringContaining('2026/11/a0')]);
    const received = async (): Promise<string[]> => {
      const { mails } = (await (await fetch(mailbox.url)).json()) as { readonly mails: readonly { id: string }[] };
      return mails.map(({ id }) => id);
    };
    await expect.poll(received, { timeout: 60_000 }).toContain('o1');
    expect(await received()).toEqual(['o1']);
  });

  it('find the order: 200, 404, 400', async () => {
    const { invoke, ask } = await arrange();
    await invoke('put-item', event);
    expect(await ask('get-item', { accountid: 'a0', vendorid: 'v0' })).toMatchObject({ statusCode: 200, body: placed });
    expect(await ask('get-item', { accountid: 'a0', vendorid: 'v1' })).toMatchObject({
      statusCode: 404,
      headers: { 'Content-Type': 'application/problem+json' },
      body: { code: 'OrderNotFound' },
    });
    const refused = await ask('get-item', { accountid: 'a0' });
    expect(refused).toMatchObject({ statusCode: 400, body: { code: 'ParameterRejected' } });
  });

  it('link the invoice: 200 and a link that opens, 404, 400', async () => {
    const { invoke, ask } = await arrange();
    await invoke('put-object', placed);
    const { statusCode, body } = await ask('get-object', { objectKey: '2026/11/a0' });
    expect({ statusCode, objectKey: body.objectKey }).toEqual({ statusCode: 200, objectKey: '2026/11/a0' });
    const invoice = await fetch(body.url);
    expect(await invoice.json()).toMatchObject({
      totals: [{ currency: 'AUD', total: '8.00' }],
      lines: [{ orderid: 'o1', order }],
    });
    const missing = await ask('get-object', { objectKey: '2026/12/a0' });
    expect(missing).toMatchObject({ statusCode: 404, body: { code: 'InvoiceNotFound' } });
    const refused = await ask('get-object', { objectKey: '../2026/11/a0' });
    expect(refused).toMatchObject({ statusCode: 400, body: { code: 'InvoiceKeyRejected' } });
  });

  it('answer what the workflow catches and retries by its name', async () => {
    const { invoke } = await arrange();
    await invoke('put-item', event);
    await invoke('put-object', placed);
    expect(await invoke('put-item', { ...event, order: { ...order, quantity: 1 } })).toMatchObject({
      errorType: 'OrderRejected',
      errorMessage: 'quantity is not a field of an order',
      trace: expect.arrayContaining([expect.stringContaining('index.mjs')]),
    });
    expect(await invoke('put-item', { ...event, order: other.order })).toMatchObject({ errorType: 'Conflict' });
    expect(await invoke('put-object', other)).toMatchObject({ errorType: 'Conflict' });
  });

  it.each(names)('%s answers Unavailable when AWS cannot be reached', async (name) => {
    const { deployment } = await arrange();
    const apart = await deployment.deploy(name, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    if (name === 'get-item' || name === 'get-object') {
      const parameters = { accountid: 'a0', vendorid: 'v0', objectKey: '2026/11/a0' };
      const { statusCode, headers, body } = (await apart.invoke(query(parameters))) as ProxyAnswer;
      expect(statusCode).toBe(503);
      expect(headers).toMatchObject({ 'Retry-After': '1' });
      expect(JSON.parse(body)).toMatchObject({ code: 'Unavailable' });
    } else {
      expect(await apart.invoke(name === 'put-item' ? event : placed)).toMatchObject({ errorType: 'Unavailable' });
    }
  });

  it.each(names.flatMap((name) => variables[name].map((variable) => [name, variable] as const)))(
    '%s does not start without %s, and names it',
    async (name, variable) => {
      const { deployment } = await arrange();
      const without = await deployment.deploy(name, { [variable]: '' });
      expect(await without.invoke({})).toMatchObject({
        errorType: 'ConfigurationError',
        errorMessage: expect.stringContaining(variable),
      });
    },
  );

  it('write a line of JSON for each invocation, and nothing of an order but its id', async () => {
    const { functions, invoke, ask } = await arrange();
    const secret = 'S3cr3t';
    const accepted = { ...event, orderid: 'o3', order: { ...order, accountid: secret, city: `${secret} 'city'` } };
    const answer = await invoke('put-item', accepted);
    const hostile = { ...order, city: `${secret}\n{"level":"INFO"}`, [secret]: secret };
    expect(await invoke('put-item', { ...event, orderid: 'o2', order: hostile })).toMatchObject({
      errorType: 'OrderRejected',
      errorMessage: expect.stringContaining(secret),
    });
    expect(await invoke('put-object', answer)).toEqual({ objectKey: `2026/11/${secret}` });
    expect(await invoke('notify', answer)).toEqual({ id: 'o3' });
    expect(await ask('get-item', { accountid: secret, vendorid: 'v0' })).toMatchObject({ statusCode: 200 });
    expect(await ask('get-object', { objectKey: `2026/11/${secret}` })).toMatchObject({ statusCode: 200 });
    for (const name of names) {
      const logs = functions.get(name)?.logs ?? [];
      expect(logs.join('\n')).not.toContain(secret);
      expect(logs.join('\n')).not.toContain('Aquila');
      const lines = logs.flatMap((log) => log.split('\n')).filter((line) => line.includes('"outcome"'));
      expect(lines).toHaveLength(logs.length);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: name, outcome: 'succeeded', cold_start: true });
    }
  });
});
