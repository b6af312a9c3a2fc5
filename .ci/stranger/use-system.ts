import { strict as assert } from 'node:assert';
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBNotificationLog, DynamoDBOrderRepository } from '@coffee/adapter-dynamodb';
import { MemoryOrderRepository } from '@coffee/adapter-memory';
import { OidcAuthenticator } from '@coffee/adapter-oidc';
import { S3InvoiceLinks, S3InvoiceStore } from '@coffee/adapter-s3';
import { SnsNotifier } from '@coffee/adapter-sns';
import { createClient } from '@coffee/api';
import { openApiDocument } from '@coffee/api/openapi';
import { OncePerOrder } from '@coffee/application';
import { orUnavailable } from '@coffee/aws-errors';
import { composeHandlers, tokens } from '@coffee/lambdas';
import { awsModules } from '@coffee/lambdas/aws';
import type { LocalOptions } from '@coffee/local';
import { startLocal } from '@coffee/local';
import type {
  Authenticator,
  InvoiceLinks,
  InvoiceStore,
  NotificationLog,
  Notifier,
  OrderRepository,
} from '@coffee/ports';
import workflow from '@coffee/workflow/order-workflow.asl.json' with { type: 'json' };
import { Container, ContainerModule } from 'inversify';
import { menu, order } from './sample.ts';

// A service that has Inversify and the SDK of its own.

const region = 'ap-southeast-2';
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region }));
const s3 = new S3Client({ region });
export const log: NotificationLog = new DynamoDBNotificationLog(documents, { tableName: 'log' });
export const table: OrderRepository = new DynamoDBOrderRepository(documents, { tableName: 'orders' });
export const bucket: InvoiceStore = new S3InvoiceStore(s3, { bucketName: 'invoices' });
export const links: InvoiceLinks = new S3InvoiceLinks(s3, { bucketName: 'invoices' });
const topic: Notifier = new SnsNotifier(new SNSClient({ region }), { topicArn: 'arn:aws:sns:ap-southeast-2:0:orders' });
export const once: Notifier = new OncePerOrder(topic, log);
const issuer = 'https://issuer.example';
export const authenticator: Authenticator = new OidcAuthenticator({ issuer, audience: 'coffee' });
assert.equal(workflow.StartAt, 'task_put_item');
assert.equal(await orUnavailable('a service', Promise.resolve(1)), 1);
assert('/prod/order' in (openApiDocument({ menu }).paths ?? {}));

const names = ['ORDERS_TABLE', 'NOTIFICATION_LOG_TABLE', 'INVOICES_BUCKET', 'NOTIFICATIONS_TOPIC_ARN'];
const onAws = awsModules(Object.fromEntries(names.map((name) => [name, 'x'])));
const ownOrders = new MemoryOrderRepository();
const own = new ContainerModule(({ rebind }) => {
  rebind(tokens.menu).toConstantValue(menu);
  rebind(tokens.orderRepository).toConstantValue(ownOrders);
});
const { container, putItem } = composeHandlers(...onAws, own);
assert(container instanceof Container, 'there are two copies of Inversify');
const input = { body: JSON.stringify({ order }), caller: { kind: 'anyone' } } as const;
const placed = await putItem({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', input });
assert.deepEqual(await ownOrders.get('a0', 'v0'), placed);

const systems: readonly LocalOptions[] = [{ menu }, { menu, data: 'coffee.sqlite' }, { modules: [own] }];
for (const options of systems) {
  const system = await startLocal(options);
  const client = createClient({ baseUrl: system.url });
  const { orderid } = await client.placeOrder(order);
  const deadline = Date.now() + 30_000;
  let status = 'RUNNING';
  while (status === 'RUNNING' && Date.now() < deadline) {
    await setTimeout(20);
    ({ status } = await client.getExecution(orderid));
  }
  await system.close();
  assert.equal(status, 'SUCCEEDED');
}
