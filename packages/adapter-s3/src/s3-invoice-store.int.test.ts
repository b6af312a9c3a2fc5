import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { loseNextAnswer } from '@coffee/aws-errors/testing';
import type { Order } from '@coffee/domain';
import { invoiceKeyOf, invoiceLineOf, invoiceOf, parseInvoiceKey, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { invoiceStoreContract } from '@coffee/ports/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3InvoiceStore } from './index.ts';
import type { Bucket } from './test-support/buckets.ts';
import { createBucket, unreachableBucket } from './test-support/buckets.ts';

const orderOf = (overrides: Partial<Order> = {}): Order => ({ ...exampleOrder, ...overrides });

/** The servers of the tests answer one request at a time, so that 200 writers need longer than S3 would let them. */
const patienceMilliseconds = 600_000;

let bucket: Bucket;
beforeAll(async () => {
  bucket = await createBucket();
});
afterAll(() => bucket.dispose());

const storeOf = ({ client, bucketName }: Bucket, dispose = () => {}) => ({
  invoices: new S3InvoiceStore(client, { bucketName, patienceMilliseconds }),
  dispose,
});
invoiceStoreContract(
  {
    adapter: 'in S3',
    create: async () => storeOf(bucket),
    createUnavailable: async () => storeOf(unreachableBucket()),
    limits: { timeoutMilliseconds: 660_000 },
  },
  { describe, it, expect },
);

const lineOf = (order: Order, orderid: string) =>
  invoiceLineOf(placeOrder({ orderid, acceptedAt: '2026-11-24T09:30:00.000Z', order }));

it('writes the invoice as JSON under year/month/accountid, with what lists and filters need as metadata', async () => {
  const { client, bucketName } = bucket;
  const order = orderOf({ accountid: 'a-object' });
  const key = invoiceKeyOf(order);
  await new S3InvoiceStore(client, { bucketName }).add(lineOf(order, 'o0'));
  const object = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: '2026/11/a-object.json' }));
  expect(object).toMatchObject({
    ContentType: 'application/json',
    Metadata: { accountid: 'a-object', billingperiod: '2026-11' },
  });
  expect(JSON.parse((await object.Body?.transformToString()) ?? '')).toEqual(invoiceOf(key, [lineOf(order, 'o0')]));
});

it('reads an invoice of an earlier version, whose lines have no currency, and adds to it', async () => {
  const { client, bucketName } = bucket;
  const earlier = await readFile(new URL('./fixtures/invoice-of-version-1.json', import.meta.url), 'utf8');
  await client.send(new PutObjectCommand({ Bucket: bucketName, Key: '2026/11/a0.json', Body: earlier }));
  const invoices = new S3InvoiceStore(client, { bucketName });
  const key = parseInvoiceKey('2026/11/a0');
  const invoice = await invoices.get(key);
  expect(invoice?.totals).toEqual([{ currency: 'AUD', total: '22.00' }]);
  expect(invoice?.lines.map(({ currency }) => currency)).toEqual(['AUD', 'AUD']);
  const [line] = invoice?.lines ?? [];
  if (line === undefined) throw new Error('it has lines');
  await invoices.add(line);
  await invoices.add({ ...line, orderid: 'new', amount: '800', currency: 'JPY' });
  expect((await invoices.get(key))?.totals).toEqual([
    { currency: 'AUD', total: '22.00' },
    { currency: 'JPY', total: '800' },
  ]);
});

it.each(['{', '[]', '{"objectKey":"2026/11/a-damaged","lines":[{}]}'])(
  'names an invoice that is damaged: %s',
  async (Body) => {
    const { client, bucketName } = bucket;
    await client.send(new PutObjectCommand({ Bucket: bucketName, Key: '2026/11/a-damaged.json', Body }));
    const invoices = new S3InvoiceStore(client, { bucketName });
    await expect(invoices.get(parseInvoiceKey('2026/11/a-damaged'))).rejects.toMatchObject({
      name: 'Damaged',
      message: expect.stringMatching(/^invoice 2026\/11\/a-damaged is damaged: ./),
    });
  },
);

it('loses no line of 200 concurrent writers, each with its own instance, as functions have', async () => {
  const order = orderOf({ accountid: 'a-many' });
  const key = invoiceKeyOf(order);
  const clients = Array.from({ length: 20 }, () => new S3Client());
  const lines = Array.from({ length: 200 }, (_, index) => lineOf(order, `o${index}`));
  const { bucketName } = bucket;
  await Promise.all(
    lines.map((line, index) => {
      const client = clients[index % clients.length] ?? bucket.client;
      return new S3InvoiceStore(client, { bucketName, patienceMilliseconds }).add(line);
    }),
  );
  expect(await new S3InvoiceStore(bucket.client, { bucketName }).get(key)).toEqual(invoiceOf(key, lines));
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
  for (const orderid of before) await invoices.add(lineOf(order, orderid));
  const client = new S3Client();
  const { attempts } = loseNextAnswer(client, 'PutObjectCommand');
  await new S3InvoiceStore(client, { bucketName }).add(lineOf(order, 'o9'));
  expect(attempts()).toBe(2);
  expect(await invoices.get(key)).toEqual(
    invoiceOf(
      key,
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
  await new S3InvoiceStore(bucket.client, { bucketName }).add(lineOf(order, 'o0'));
  const invoices = new S3InvoiceStore(client, { bucketName });
  await invoices.add(lineOf(order, 'o1'));
  expect(await invoices.get(key)).toEqual(invoiceOf(key, [lineOf(order, 'o1')]));
  client.destroy();
});

it('tries again when S3 reports another write in progress, which no server here does', async () => {
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
  await invoices.add(lineOf(order, 'o0'));
  expect(conflicts).toBe(2);
  expect(await invoices.get(key)).toEqual(invoiceOf(key, [lineOf(order, 'o0')]));
  client.destroy();
});

it('is unavailable, with the cause, to a writer that loses until its patience ends', async () => {
  const { bucketName } = bucket;
  const order = orderOf({ accountid: 'a-loser' });
  const key = invoiceKeyOf(order);
  const client = new S3Client();
  // Another writer comes between each of its readings and its writing.
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        if (commandName === 'PutObjectCommand') {
          const other = { ...invoiceOf(key, []), note: crypto.randomUUID() };
          const Body = JSON.stringify(other);
          await bucket.client.send(new PutObjectCommand({ Bucket: bucketName, Key: `${key.objectKey}.json`, Body }));
        }
        return next(request);
      },
    { step: 'initialize' },
  );
  const losing = new S3InvoiceStore(client, { bucketName, patienceMilliseconds: 300 }).add(lineOf(order, 'o0'));
  await expect(Promise.race([losing, sleep(10_000)])).rejects.toMatchObject({
    name: 'Unavailable',
    cause: { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } },
  });
  client.destroy();
});

it('throws what is not an outage as it is: a missing bucket', async () => {
  const order = orderOf();
  const key = invoiceKeyOf(order);
  const invoices = new S3InvoiceStore(bucket.client, { bucketName: `no-such-${crypto.randomUUID()}` });
  await expect(invoices.get(key)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(invoices.add(lineOf(order, 'o0'))).rejects.toMatchObject({ name: 'NoSuchBucket' });
});
