import { readFileSync } from 'node:fs';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBNotificationLog, DynamoDBOrderRepository } from '@coffee/adapter-dynamodb';
import { S3InvoiceLinks, S3InvoiceStore } from '@coffee/adapter-s3';
import { SnsNotifier } from '@coffee/adapter-sns';
import { composeNotification, invoiceLineOf, parseInvoiceKey, placeOrder } from '@coffee/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * Checks the `## IAM` tables of the adapters' READMEs: a user with the actions in a method's rows and no others can call
 * it, and without any one of them cannot.
 */

interface Grant {
  readonly method: string;
  readonly action: string;
  readonly resource: string;
}

function grantsOf(adapter: string): Grant[] {
  const readme = readFileSync(new URL(`../../../${adapter}/README.md`, import.meta.url), 'utf8');
  const rows = /^## IAM$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readme)?.[1]?.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).flatMap((row) => {
    const [owner, method, actions = '', resource = ''] = row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.replaceAll('`', '').trim());
    return actions.split(', ').map((action) => ({ method: `${owner}.${method}`, action, resource }));
  });
}

const run = crypto.randomUUID();
const [table, logTable, bucket] = [`orders-${run}`, `notification-log-${run}`, `invoices-${run}`];
const iam = new IAMClient();
const admin = { dynamodb: new DynamoDBClient(), s3: new S3Client(), sns: new SNSClient() };
let topicArn = '';

const order = (accountid: string) => ({
  accountid,
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00',
  city: 'Sydney',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: 3.5, quantity: 1 },
  eventtype: ['order'],
});
const placedOf = (accountid: string, orderid = 'o0') =>
  placeOrder({ orderid, acceptedAt: '2026-11-24T09:30:00.000Z', order: order(accountid) });
const present = parseInvoiceKey('2026/11/present');

/** Each method once, on every way through it that asks S3 something else. Rejects when anything is refused. */
function callsOf(credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }) {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ credentials }));
  const orders = new DynamoDBOrderRepository(documents, { tableName: table });
  const log = new DynamoDBNotificationLog(documents, { tableName: logTable });
  const s3 = new S3Client({ credentials });
  const invoices = new S3InvoiceStore(s3, { bucketName: bucket });
  const links = new S3InvoiceLinks(s3, { bucketName: bucket });
  const absent = parseInvoiceKey(`2026/11/${crypto.randomUUID()}`);
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    'DynamoDBOrderRepository.put': () => orders.put(placedOf('a0')),
    'DynamoDBOrderRepository.get': () => orders.get('a0', 'v0'),
    'DynamoDBNotificationLog.begin': () => log.begin('o0'),
    'DynamoDBNotificationLog.finish': () => log.finish('o0'),
    'DynamoDBNotificationLog.release': () => log.release('o0'),
    'S3InvoiceStore.add': async () => {
      const line = invoiceLineOf(placedOf(absent.accountid));
      await invoices.add(line);
      await invoices.add(line);
    },
    'S3InvoiceStore.get': async () => [await invoices.get(absent), await invoices.get(present)],
    'S3InvoiceStore.prepare': async () => {
      await invoices.prepare(absent);
      const line = invoiceLineOf(placedOf(absent.accountid));
      await new S3InvoiceStore(admin.s3, { bucketName: bucket }).add(line);
      await invoices.prepare(absent);
    },
    'S3InvoiceLinks.link': async () => {
      const { status } = await fetch((await links.link(present)).url);
      if (status !== 200) throw Object.assign(new Error(`the link answered ${status}`), { name: 'AccessDenied' });
    },
    'SnsNotifier.publish': () =>
      new SnsNotifier(new SNSClient({ credentials }), { topicArn }).publish(composeNotification(placedOf('a0'))),
  };
  return calls;
}

/** Calls the method as a new user with these permissions. */
async function callAllowed(method: string, grants: readonly Grant[]): Promise<void> {
  const account = topicArn.split(':')[4];
  const arns: Readonly<Record<string, string>> = {
    'orders table': `arn:aws:dynamodb:*:${account}:table/${table}`,
    'notification log table': `arn:aws:dynamodb:*:${account}:table/${logTable}`,
    objects: `arn:aws:s3:::${bucket}/*`,
    lines: `arn:aws:s3:::${bucket}/lines/*`,
    bucket: `arn:aws:s3:::${bucket}`,
    topic: topicArn,
  };
  const Statement = grants.map(({ action, resource }) => ({
    Effect: 'Allow',
    Action: action,
    Resource: arns[resource],
  }));
  const [UserName, PolicyName] = [`user-${crypto.randomUUID()}`, 'grants'];
  await iam.send(new CreateUserCommand({ UserName }));
  if (Statement.length > 0) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
  try {
    await callsOf({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey })[method]?.();
  } finally {
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    if (Statement.length > 0) await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
    await iam.send(new DeleteUserCommand({ UserName }));
  }
}

beforeAll(async () => {
  const keys = { [table]: ['accountid', 'vendorid'], [logTable]: ['orderid'] };
  for (const [TableName, names] of Object.entries(keys)) {
    const command = new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    });
    await admin.dynamodb.send(command);
    await waitUntilTableExists({ client: admin.dynamodb, minDelay: 1, maxWaitTime: 60 }, { TableName });
  }
  await admin.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const invoices = new S3InvoiceStore(admin.s3, { bucketName: bucket });
  await invoices.add(invoiceLineOf(placedOf('present')));
  await invoices.prepare(present);
  ({ TopicArn: topicArn = '' } = await admin.sns.send(new CreateTopicCommand({ Name: `orders-${run}` })));
});

afterAll(async () => {
  for (const TableName of [table, logTable]) await admin.dynamodb.send(new DeleteTableCommand({ TableName }));
  const { Contents = [] } = await admin.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  for (const { Key } of Contents) await admin.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  await admin.s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  await admin.sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
});

// The rows of the topic's key are not tried: MiniStack publishes without asking for it.
const grants = ['adapter-dynamodb', 'adapter-s3', 'adapter-sns']
  .flatMap(grantsOf)
  .filter(({ resource }) => resource !== 'topic key');
const methods = [...new Set(grants.map(({ method }) => method))];

it('finds a row for every method', () => {
  expect(methods.toSorted()).toEqual(Object.keys(callsOf({ accessKeyId: '', secretAccessKey: '' })).toSorted());
});

describe.each(methods)('%s', (method) => {
  const own = grants.filter((grant) => grant.method === method);

  it('needs no more than its rows allow', async () => {
    await expect(callAllowed(method, own)).resolves.toBeUndefined();
  });

  for (const { action, resource } of own) {
    it(`needs ${action} on the ${resource}`, async () => {
      const others = own.filter((grant) => grant.action !== action);
      await expect(callAllowed(method, others)).rejects.toSatisfy(isRefusal);
    });
  }
});

/** A refused permission, in the words of each service; the answer to a HEAD has only its status. */
function isRefusal(error: unknown): boolean {
  const { name, $metadata } = error as {
    readonly name?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  return $metadata?.httpStatusCode === 403 || /^(AccessDenied|AuthorizationError)/.test(name ?? '');
}
