import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { loseNextAnswer } from '@coffee/aws-errors/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DynamoDBNotificationLog } from './index.ts';
import type { Table } from './test-support/tables.ts';
import { createNotificationLogTable } from './test-support/tables.ts';

let table: Table;
beforeAll(async () => {
  table = await createNotificationLogTable();
});
afterAll(() => table.dispose());

const day = 24 * 60 * 60 * 1000;

/** A log whose clock the test moves. It starts now, because the service removes expired items by its own clock. */
function arrange() {
  const time = { now: Date.now() };
  const log = new DynamoDBNotificationLog(table.client, { tableName: table.tableName, clock: () => time.now });
  return { log, time };
}

async function itemOf(orderid: string) {
  const { client, tableName } = table;
  const command = new GetCommand({ TableName: tableName, Key: { orderid }, ConsistentRead: true });
  return (await client.send(command)).Item;
}

it('says in whole seconds when an item may go, for an attempt and anew when it is done', async () => {
  const { log, time } = arrange();
  await log.begin('expiry');
  const expiresAt = (now: number) => Math.ceil((now + 92 * day) / 1000);
  expect(await itemOf('expiry')).toMatchObject({ expiresAt: expiresAt(time.now), leasedUntil: time.now + 60_000 });
  time.now += 1_500;
  await log.finish('expiry');
  expect(await itemOf('expiry')).toEqual({
    orderid: 'expiry',
    finishedAt: time.now,
    expiresAt: expiresAt(time.now),
  });
});

it('knows what is done while its order can come again, and counts an item past its time as removed', async () => {
  const { log, time } = arrange();
  await log.begin('kept');
  await log.finish('kept');
  time.now += 91 * day;
  expect(await log.begin('kept')).toBe('done');
  time.now += day + 1_000;
  expect(await log.begin('kept')).toBe('granted');
  expect(await log.begin('kept')).toBe('busy');
});

it('knows its own grant when the answer was lost and the SDK asks again', async () => {
  const own = await createNotificationLogTable();
  try {
    const log = new DynamoDBNotificationLog(own.client, { tableName: own.tableName });
    const { attempts } = loseNextAnswer(own.client);
    expect(await log.begin('lost')).toBe('granted');
    expect(attempts()).toBe(2);
    expect(await log.begin('lost')).toBe('busy');
  } finally {
    await own.dispose();
  }
});

it('throws what is not an outage as it is: a missing table', async () => {
  const log = new DynamoDBNotificationLog(table.client, { tableName: 'no-such-table' });
  await expect(log.begin('o')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(log.finish('o')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
