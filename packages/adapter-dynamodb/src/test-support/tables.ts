import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A new table for a test, and the client to use it. `dispose` deletes it. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  dispose(): Promise<void>;
}

type Definition = Pick<CreateTableCommandInput, 'AttributeDefinitions' | 'KeySchema'>;

/** An orders table, as the README defines it, on the service that the SDK's variables name. */
export function createOrdersTable(): Promise<Table> {
  return createTable('orders', {
    AttributeDefinitions: [
      { AttributeName: 'accountid', AttributeType: 'S' },
      { AttributeName: 'vendorid', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'accountid', KeyType: 'HASH' },
      { AttributeName: 'vendorid', KeyType: 'RANGE' },
    ],
  });
}

/** A notification log table, as the README defines it. */
export async function createNotificationLogTable(): Promise<Table> {
  const table = await createTable('notification-log', {
    AttributeDefinitions: [{ AttributeName: 'orderid', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'orderid', KeyType: 'HASH' }],
  });
  const timeToLive = { AttributeName: 'expiresAt', Enabled: true };
  await table.client.send(
    new UpdateTimeToLiveCommand({ TableName: table.tableName, TimeToLiveSpecification: timeToLive }),
  );
  return table;
}

/** A table where nothing listens. */
export function unreachableTable(): Table {
  const client = new DynamoDBClient({ endpoint: 'http://127.0.0.1:1', maxAttempts: 2 });
  return documentTable(client, 'unreachable', async () => {});
}

async function createTable(name: string, definition: Definition): Promise<Table> {
  const client = new DynamoDBClient();
  const TableName = `${name}-${crypto.randomUUID()}`;
  await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...definition }));
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
  return documentTable(client, TableName, async () => {
    await client.send(new DeleteTableCommand({ TableName }));
  });
}

function documentTable(client: DynamoDBClient, tableName: string, remove: () => Promise<void>): Table {
  const dispose = async () => {
    await remove();
    client.destroy();
  };
  return { client: DynamoDBDocumentClient.from(client), tableName, dispose };
}
