import { readFile } from 'node:fs/promises';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { loseNextAnswer } from '@coffee/aws-errors/testing';
import type { Order } from '@coffee/domain';
import { placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DynamoDBOrderRepository } from './index.ts';
import type { Table } from './test-support/tables.ts';
import { createOrdersTable } from './test-support/tables.ts';

const orderOf = (overrides: Partial<Order> = {}): Order => ({ ...exampleOrder, ...overrides });

let table: Table;
beforeAll(async () => {
  table = await createOrdersTable();
});
afterAll(() => table.dispose());

const acceptedAt = '2026-11-24T09:30:00.000Z';
const placedOf = (accountid: string) => placeOrder({ orderid: 'o-1', acceptedAt, order: orderOf({ accountid }) });

it("keeps the seed's attributes at the top of the item, and beside them what the domain added", async () => {
  const { client, tableName } = table;
  await new DynamoDBOrderRepository(client, { tableName }).put(placedOf('item'));
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: { accountid: 'item', vendorid: 'v0' }, ConsistentRead: true }),
  );
  expect(Item).toEqual({
    ...orderOf({ accountid: 'item' }),
    orderid: 'o-1',
    acceptedAt,
    total: '7.00',
    currency: 'AUD',
    invoice: '2026/11/item',
  });
});

it('asks for a consistent read: the servers of the tests read nothing else', async () => {
  const own = await createOrdersTable();
  const inputs: unknown[] = [];
  own.client.middlewareStack.add(
    (next) => (request) => {
      inputs.push(request.input);
      return next(request);
    },
    { step: 'initialize' },
  );
  try {
    await new DynamoDBOrderRepository(own.client, own).get('a0', 'v0');
    expect(inputs).toEqual([expect.objectContaining({ ConsistentRead: true })]);
  } finally {
    await own.dispose();
  }
});

it('does not hand out attributes that someone else added', async () => {
  const { client, tableName } = table;
  const orders = new DynamoDBOrderRepository(client, { tableName });
  const placed = placedOf('added');
  await orders.put(placed);
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { accountid: 'added', vendorid: 'v0' },
      UpdateExpression: 'SET note = :note',
      ExpressionAttributeValues: { ':note': 'by hand' },
    }),
  );
  expect(await orders.get('added', 'v0')).toEqual(placed);
  expect(await orders.put(placed)).toBe('stored');
});

it('knows its own put when the answer was lost and the SDK puts again', async () => {
  const own = await createOrdersTable();
  try {
    const orders = new DynamoDBOrderRepository(own.client, { tableName: own.tableName });
    const { attempts } = loseNextAnswer(own.client);
    expect(await orders.put(placedOf('lost'))).toBe('stored');
    expect(attempts()).toBe(2);
    expect(await orders.get('lost', 'v0')).toEqual(placedOf('lost'));
  } finally {
    await own.dispose();
  }
});

it('throws what is not an outage as it is: a missing table', async () => {
  const orders = new DynamoDBOrderRepository(table.client, { tableName: 'no-such-table' });
  await expect(orders.put(placedOf('a'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(orders.get('a', 'v0')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('reads an item of an earlier version, and names one that is damaged', async () => {
  const { client, tableName } = table;
  const orders = new DynamoDBOrderRepository(client, { tableName });
  const text = await readFile(new URL('./fixtures/order-of-version-1.json', import.meta.url), 'utf8');
  const Item = unmarshall(JSON.parse(text));
  await client.send(new PutCommand({ TableName: tableName, Item: { ...Item, accountid: 'earlier' } }));
  expect(await orders.get('earlier', 'v0')).toMatchObject({ orderid: 'first-1', total: '7.00', currency: 'AUD' });
  await client.send(new PutCommand({ TableName: tableName, Item: { ...Item, accountid: 'damaged', total: 7 } }));
  await expect(orders.get('damaged', 'v0')).rejects.toMatchObject({
    name: 'Damaged',
    message: 'the order of account damaged at vendor v0 is damaged: total must be of type string',
  });
});
