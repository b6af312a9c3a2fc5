import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { exampleOrder } from '@coffee/domain/arbitraries';
import type { StackTemplate } from '@coffee/infra';
import { synthesizeStage } from '@coffee/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApi, startGateway } from '../gateway/index.ts';
import type { Listening } from '../servers/listen.ts';
import type { AwsServer } from '../servers/start-server.ts';
import { startMiniStack } from '../servers/with-ministack.ts';
import { askStates } from './ask-states.ts';
import type { DeployedStack } from './deploy-stack.ts';
import { bootstrap, deployStack, resolveIn } from './deploy-stack.ts';

const minutes = 60_000;
const fixture = async (name: string): Promise<string> => readFile(new URL(`../../../${name}`, import.meta.url), 'utf8');

let folder: string;
let server: AwsServer;
let stack: DeployedStack;
let gateway: Listening | undefined;
let firstIds: DeployedStack['physicalIds'];
let earlier: StackTemplate;

async function deploy(template?: StackTemplate): Promise<DeployedStack> {
  const output = await mkdtemp(join(folder, 'assembly-'));
  const values = { stage: 'kept', email: 'coffee@example.com', open: 'true', protect: 'true' };
  return deployStack(values, output, template);
}

/** Asks as the mapping templates of the earlier API do, which the test gateway does not render. */
const states = (action: string, body: object) => askStates(server.endpoint, action, body);

const order = (vendorid: string) => ({ order: { ...exampleOrder, accountid: 'kept', vendorid } });

/** Starts an execution with the input of the earlier API. */
async function placeAsBefore(vendorid: string): Promise<string> {
  const stateMachineArn = stack.outputs.StateMachineArn;
  const name = `order-at-${vendorid}`;
  await states('StartExecution', { stateMachineArn, name, input: JSON.stringify(order(vendorid)) });
  return name;
}

async function statusOf(orderid: string): Promise<unknown> {
  const executionArn = `${stack.outputs.StateMachineArn?.replace(':stateMachine:', ':execution:')}:${orderid}`;
  return (await states('DescribeExecution', { executionArn })).status;
}

const succeeded = (orderid: string) => expect.poll(() => statusOf(orderid), { timeout: 4 * minutes }).toBe('SUCCEEDED');

const get = async (path: string) =>
  (await (await fetch(`${gateway?.url}/prod${path}`)).json()) as Readonly<Record<string, unknown>>;

async function invoice(objectKey: string): Promise<readonly string[]> {
  const { url } = await get(`/invoice?objectKey=${objectKey}`);
  const { lines } = (await (await fetch(String(url))).json()) as { readonly lines: { readonly orderid: string }[] };
  return lines.map(({ orderid }) => orderid).sort();
}

const invoiceKey = async (vendorid: string) =>
  String((await get(`/order?accountid=kept&vendorid=${vendorid}`)).invoice);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-update-'));
  server = await startMiniStack({ secure: true });
  Object.assign(process.env, server.environment);
  await bootstrap(join(folder, 'bootstrap'));
  earlier = JSON.parse(await fixture('infra/src/fixtures/template-of-version-1.json'));
  stack = await deploy(earlier);
  firstIds = stack.physicalIds;
}, 5 * minutes);

afterAll(async () => {
  await gateway?.close();
  await server?.stop();
  await rm(folder, { recursive: true });
});

describe('a stack that holds data', () => {
  it('is updated: orders, invoices and links work, and what was under way ends', {
    timeout: 10 * minutes,
  }, async () => {
    const before = await placeAsBefore('v1');
    await succeeded(before);
    const Body = await fixture('adapter-s3/src/fixtures/invoice-of-version-1.json');
    const Bucket = stack.outputs.InvoicesBucket ?? '';
    await new S3Client().send(new PutObjectCommand({ Bucket, Key: '2026/11/a0.json', Body }));
    // No concurrency: the task is throttled and retried, so the execution is under way during the update.
    const FunctionName = stack.physicalIds.FunctionsPutObjectBE545C81;
    const lambda = new LambdaClient();
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    const during = await placeAsBefore('v2');

    stack = await deploy();
    expect(await statusOf(during)).toBe('RUNNING');
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    await succeeded(during);
    gateway = await startGateway({
      api: readApi(stack.template, resolveIn(stack)),
      backEnd: server.endpoint,
      lambda,
      timeoutMilliseconds: 4 * minutes,
    });
    const response = await fetch(`${gateway.url}/prod/order`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order('v3')),
    });
    const { orderid: after } = (await response.json()) as { readonly orderid: string };
    await succeeded(after);
    const late = await placeAsBefore('v5'); // by an API that is updated after the workflow
    await succeeded(late);

    for (const [orderid, vendorid] of Object.entries({ [during]: 'v2', [after]: 'v3', [late]: 'v5' })) {
      expect(await get(`/order/${orderid}`)).toMatchObject({ orderid, status: 'SUCCEEDED', ...order(vendorid) });
    }
    expect(await get('/order?accountid=kept&vendorid=v1')).toMatchObject({ orderid: before });
    expect(await invoice(await invoiceKey('v3'))).toEqual([before, during, after, late].sort());
    expect(await invoice('2026/11/a0')).toContain('first-1');
    const holding =
      /^(?:StorageOrders|StorageNotificationLog|StorageInvoices|Topics|WorkflowStateMachine|ApiRestApi)[0-9A-F]{8}$/;
    const kept = Object.keys(firstIds).filter((id) => holding.test(id));
    expect(kept.length).toBeGreaterThan(4);
    for (const id of kept) expect(stack.physicalIds[id], id).toBe(firstIds[id]);
  });

  it('goes back to the earlier template, with the orders of both', { timeout: 10 * minutes }, async () => {
    stack = await deploy(earlier);
    await succeeded(await placeAsBefore('v4'));
    const { Items = [] } = await new DynamoDBClient().send(new ScanCommand({ TableName: stack.outputs.OrdersTable }));
    expect(Items.map(({ vendorid }) => vendorid?.S).sort()).toEqual(['v1', 'v2', 'v3', 'v4', 'v5']);
  });
});

it('a first deployment that fails leaves no table and no bucket behind', { timeout: 10 * minutes }, async () => {
  const values = { stage: 'fails', open: 'true' };
  const { Resources } = synthesizeStage(values).template;
  const holding = Object.keys(Resources).filter((id) => /^Storage[A-Z]\w+[0-9A-F]{8}$/.test(id));
  const impossible = { Type: 'AWS::CloudWatch::Alarm', Properties: {}, DependsOn: holding };
  const template = { ...synthesizeStage(values).template, Resources: { ...Resources, Impossible: impossible } };
  const [dynamoDB, s3] = [new DynamoDBClient(), new S3Client()];
  const existing = async () => {
    const { TableNames = [] } = await dynamoDB.send(new ListTablesCommand());
    const { Buckets = [] } = await s3.send(new ListBucketsCommand());
    return [...TableNames, ...Buckets.map(({ Name }) => Name)];
  };
  const before = await existing();
  await expect(deployStack(values, await mkdtemp(join(folder, 'assembly-')), template)).rejects.toThrow('Impossible');
  expect(await existing()).toEqual(before);
});
