import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Order } from '@coffee/domain';
import { invoiceKeyOf, invoiceLineOf, invoiceOf, placeOrder } from '@coffee/domain';
import { invoiceStoreContract } from '@coffee/ports/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { S3InvoiceStore } from './index.ts';
import type { Bucket } from './test-support/buckets.ts';
import { createBucket, unreachableBucket } from './test-support/buckets.ts';
import { loseAnswerOfNextWrite } from './test-support/lose-answers.ts';
import { orderOf } from './test-support/order-of.ts';

/** The servers of the tests answer one request at a time, so that 200 writers need longer than S3 would let them. */
const patienceMilliseconds = 100_000;

const storeOf = ({ client, bucketName, dispose }: Bucket) => ({
  invoices: new S3InvoiceStore(client, { bucketName, patienceMilliseconds }),
  dispose,
});
invoiceStoreContract({
  adapter: 'in S3',
  create: async () => storeOf(await createBucket()),
  createUnavailable: async () => storeOf(unreachableBucket()),
  limits: { timeoutMilliseconds: 120_000 },
});

let bucket: Bucket;
beforeAll(async () => {
  bucket = await createBucket();
});
afterAll(() => bucket.dispose());

const lineOf = (order: Order, orderid: string) =>
  invoiceLineOf(placeOrder({ orderid, acceptedAt: '2026-11-24T09:30:00.000Z', order }));

it('writes the invoice as JSON under year/month/accountid, with what lists and filters need as metadata', async () => {
  const { client, bucketName } = bucket;
  const order = orderOf({ accountid: 'a-object' });
  const key = invoiceKeyOf(order);
  await new S3InvoiceStore(client, { bucketName }).addLine(key, lineOf(order, 'o0'));
  const object = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: '2026/11/a-object.json' }));
  expect(object).toMatchObject({
    ContentType: 'application/json',
    Metadata: { accountid: 'a-object', billingperiod: '2026-11' },
  });
  expect(JSON.parse((await object.Body?.transformToString()) ?? '')).toEqual(
    invoiceOf(key, 'AUD', [lineOf(order, 'o0')]),
  );
});

it('begins an invoice in the currency it was told', async () => {
  const { client, bucketName } = bucket;
  const order = orderOf({ accountid: 'a-currency' });
  const invoices = new S3InvoiceStore(client, { bucketName, currency: 'EUR' });
  await invoices.addLine(invoiceKeyOf(order), lineOf(order, 'o0'));
  expect(await invoices.get(invoiceKeyOf(order))).toMatchObject({ currency: 'EUR' });
});

it('loses no line of 200 concurrent writers, each an instance of its own as functions are', async () => {
  const order = orderOf({ accountid: 'a-many' });
  const key = invoiceKeyOf(order);
  const clients = Array.from({ length: 20 }, () => new S3Client());
  const lines = Array.from({ length: 200 }, (_, index) => lineOf(order, `o${index}`));
  const { bucketName } = bucket;
  await Promise.all(
    lines.map((line, index) => {
      const client = clients[index % clients.length] ?? bucket.client;
      return new S3InvoiceStore(client, { bucketName, patienceMilliseconds }).addLine(key, line);
    }),
  );
  expect(await new S3InvoiceStore(bucket.client, { bucketName }).get(key)).toEqual(invoiceOf(key, 'AUD', lines));
  for (const client of clients) client.destroy();
});

it.each([
  ['creates the invoice', []],
  ['adds to it', ['o0', 'o1']],
])('knows its own write when the answer was lost and the SDK writes again: a line that %s', async (_, before) => {
  const order = orderOf({ accountid: `a-lost-${before.length}` });
  const key = invoiceKeyOf(order);
  const { bucketName } = bucket;
  const invoices = new S3InvoiceStore(bucket.client, { bucketName });
  for (const orderid of before) await invoices.addLine(key, lineOf(order, orderid));
  const client = new S3Client();
  const { writes } = loseAnswerOfNextWrite(client);
  await new S3InvoiceStore(client, { bucketName }).addLine(key, lineOf(order, 'o9'));
  expect(writes()).toBe(2);
  expect(await invoices.get(key)).toEqual(
    invoiceOf(
      key,
      'AUD',
      [...before, 'o9'].map((orderid) => lineOf(order, orderid)),
    ),
  );
  client.destroy();
});

it('begins the invoice anew when it is deleted between reading and writing', async () => {
  const { bucketName } = bucket;
  const order = orderOf({ accountid: 'a-deleted' });
  const key = invoiceKeyOf(order);
  const client = new S3Client();
  let deleted = false;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        if (commandName === 'PutObjectCommand' && !deleted) {
          deleted = true;
          await bucket.client.send(new DeleteObjectCommand({ Bucket: bucketName, Key: `${key.objectKey}.json` }));
        }
        return next(request);
      },
    { step: 'initialize' },
  );
  await new S3InvoiceStore(bucket.client, { bucketName }).addLine(key, lineOf(order, 'o0'));
  const invoices = new S3InvoiceStore(client, { bucketName });
  await invoices.addLine(key, lineOf(order, 'o1'));
  expect(await invoices.get(key)).toEqual(invoiceOf(key, 'AUD', [lineOf(order, 'o1')]));
  client.destroy();
});

it('tries again when S3 says that another writer is at it, which no server here does', async () => {
  const { bucketName } = bucket;
  const order = orderOf({ accountid: 'a-conflict' });
  const key = invoiceKeyOf(order);
  const client = new S3Client();
  let conflicts = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        if (commandName !== 'PutObjectCommand' || conflicts === 2) return next(request);
        conflicts += 1;
        const error = { name: 'ConditionalRequestConflict', $metadata: { httpStatusCode: 409 } };
        throw Object.assign(new Error('a conflicting operation is under way'), error);
      },
    { step: 'initialize' },
  );
  const invoices = new S3InvoiceStore(client, { bucketName });
  await invoices.addLine(key, lineOf(order, 'o0'));
  expect(conflicts).toBe(2);
  expect(await invoices.get(key)).toEqual(invoiceOf(key, 'AUD', [lineOf(order, 'o0')]));
  client.destroy();
});

it('is unavailable, with the cause, to a writer that loses until its patience ends', async () => {
  const { bucketName } = bucket;
  const order = orderOf({ accountid: 'a-loser' });
  const key = invoiceKeyOf(order);
  const client = new S3Client();
  // Somebody else writes between each of its readings and its writing.
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        if (commandName === 'PutObjectCommand') {
          const other = { ...invoiceOf(key, 'AUD', []), note: crypto.randomUUID() };
          const Body = JSON.stringify(other);
          await bucket.client.send(new PutObjectCommand({ Bucket: bucketName, Key: `${key.objectKey}.json`, Body }));
        }
        return next(request);
      },
    { step: 'initialize' },
  );
  const losing = new S3InvoiceStore(client, { bucketName, patienceMilliseconds: 300 }).addLine(
    key,
    lineOf(order, 'o0'),
  );
  await expect(Promise.race([losing, sleep(10_000)])).rejects.toMatchObject({
    name: 'Unavailable',
    cause: { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } },
  });
  client.destroy();
});

it('throws what is no outage as it is: a bucket that is not there', async () => {
  const order = orderOf();
  const key = invoiceKeyOf(order);
  const invoices = new S3InvoiceStore(bucket.client, { bucketName: `no-such-${crypto.randomUUID()}` });
  await expect(invoices.get(key)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(invoices.addLine(key, lineOf(order, 'o0'))).rejects.toMatchObject({ name: 'NoSuchBucket' });
});
