import type { NotificationLogOptions } from '@coffee/ports/contracts';
import { notificationLogContract, orderRepositoryContract } from '@coffee/ports/contracts';
import { DynamoDBNotificationLog, DynamoDBOrderRepository } from './index.ts';
import type { Table } from './test-support/tables.ts';
import { createNotificationLogTable, createOrdersTable, unreachableTable } from './test-support/tables.ts';

const adapter = 'in DynamoDB';

const orders = ({ client, tableName, dispose }: Table) => ({
  orders: new DynamoDBOrderRepository(client, { tableName }),
  dispose,
});
orderRepositoryContract({
  adapter,
  create: async () => orders(await createOrdersTable()),
  createUnavailable: async () => orders(unreachableTable()),
});

const log = ({ client, tableName, dispose }: Table, options: NotificationLogOptions) => ({
  log: new DynamoDBNotificationLog(client, { tableName, ...options }),
  dispose,
});
notificationLogContract({
  adapter,
  create: async (options) => log(await createNotificationLogTable(), options),
  createUnavailable: async (options) => log(unreachableTable(), options),
});
