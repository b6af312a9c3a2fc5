import type { NotificationLogOptions } from '@coffee/ports/contracts';
import { notificationLogContract, orderRepositoryContract } from '@coffee/ports/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDBNotificationLog, DynamoDBOrderRepository } from './index.ts';
import type { Table } from './test-support/tables.ts';
import { createNotificationLogTable, createOrdersTable, unreachableTable } from './test-support/tables.ts';

const adapter = 'in DynamoDB';
const runner = { describe, it, expect };

let ordersTable: Table;
let logTable: Table;
beforeAll(async () => {
  [ordersTable, logTable] = await Promise.all([createOrdersTable(), createNotificationLogTable()]);
});
afterAll(() => Promise.all([ordersTable.dispose(), logTable.dispose()]));

const orders = ({ client, tableName }: Table, dispose = () => {}) => ({
  orders: new DynamoDBOrderRepository(client, { tableName }),
  dispose,
});
orderRepositoryContract(
  {
    adapter,
    create: async () => orders(ordersTable),
    createUnavailable: async () => orders(unreachableTable()),
  },
  runner,
);

const log = ({ client, tableName }: Table, options: NotificationLogOptions, dispose = () => {}) => ({
  log: new DynamoDBNotificationLog(client, { tableName, ...options }),
  dispose,
});
notificationLogContract(
  {
    adapter,
    create: async (options) => log(logTable, options),
    createUnavailable: async (options) => log(unreachableTable(), options),
  },
  runner,
);
