import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { loseNextAnswer } from '@coffee/aws-errors/testing';
import type { Order } from '@coffee/domain';
import { invoiceKeyOf, invoiceLineOf, invoiceOf, parseInvoiceKey, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { invoiceStoreContract } from '@coffee/ports/contracts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { S3InvoiceStoreOptions } from './index.ts';
import { S3InvoiceStore } from './index.ts';
import type { Bucket, SentRequest } from './test-support/buckets.ts';
import { beforeEachRequest, createBucket, unreachableBucket } from './test-support/buckets.ts';

const orderOf = (overrides: Partial<Order> = {}): Order => ({ ...exampleOrder, ...overrides });

/** The servers of the tests answer one request at a time, so that calls need longer than S3 would let them. */
const patient = { patienceMilliseconds: 600_000, preparationMilliseconds: 600_000 };

let bucket: Bucket;
beforeAll(async () => {
  bucket = await createBucket();
});
afterAll(() => bucket.dispose());

const storeOf = ({ client, bucketName }: Bucket, dispose = () => {}) => ({
  invoices: new S3InvoiceStore(client, { bucketName, ...patient }),
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

/** A client of its own, whose requests pass through the hook, and a store that uses it. */
function hooked(hook: Parameters<typeof beforeEachRequest>[1], options: Partial<S3InvoiceStoreOptions> = patient) {
  const client = new S3Client();
  onTestFinished(() => client.destroy());
  beforeEachRequest(client, hook);
  return new S3InvoiceStore(client, { bucketName: bucket.bucketName, ...options });
}

const storeOfTest = () => new S3InvoiceStore(bucket.client, { bucketName: bucket.bucketName, ...patient });
const read = async (Key: string) => {
  const { Body, ...rest } = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.bucketName, Key }));
  return { ...rest, body: JSON.parse((await Body?.transformToString()) ?? '') as unknown };
};
const write = (Key: string, Body: string) =>
  bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucketName, Key, Body }));
const remove = (Key: string) => bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.bucketName, Key }));

it('writes a line as JSON under lines/year/month/accountid, and nothing else', async () => {
  const line = lineOf(orderOf({ accountid: 'a-line' }), 'o0');
  const sent: SentRequest[] = [];
  await hooked((request) => void sent.push(request)).add(line);
  expect(sent).toMatchObject([{ command: 'PutObject', name: 'lines/2026/11/a-line/o0.json' }]);
  expect(await read('lines/2026/11/a-line/o0.json')).toMatchObject({ ContentType: 'application/json', body: line });
});

it('writes the invoice as JSON under year/month/accountid, with what lists and filters need as metadata', async () => {
  const order = orderOf({ accountid: 'a-object' });
  const key = invoiceKeyOf(order);
  await storeOfTest().add(lineOf(order, 'o0'));
  expect(await storeOfTest().prepare(key)).toBe(true);
  expect(await read('2026/11/a-object.json')).toMatchObject({
    ContentType: 'application/json',
    Metadata: { accountid: 'a-object', billingperiod: '2026-11' },
    body: invoiceOf(key, [lineOf(order, 'o0')]),
  });
});

it('reads what it lacks and writes once; when nothing is new, it writes nothing', async () => {
  const order = orderOf({ accountid: 'a-once' });
  const lines = ['o0', 'o1', 'o2'].map((orderid) => lineOf(order, orderid));
  for (const line of lines.slice(0, 2)) await storeOfTest().add(line);
  const sent: string[] = [];
  const invoices = hooked(({ command, name }) => void sent.push(`${command} ${name}`));
  const requests = async () => {
    sent.length = 0;
    await invoices.prepare(invoiceKeyOf(order));
    return sent.toSorted();
  };
  const look = ['GetObject 2026/11/a-once.json', 'ListObjectsV2 '];
  const compile = (...read: string[]) => [
    'GetObject 2026/11/a-once.json',
    ...read.map((orderid) => `GetObject lines/2026/11/a-once/${orderid}.json`),
    'ListObjectsV2 ',
    'PutObject 2026/11/a-once.json',
  ];
  expect(await requests()).toEqual(compile('o0', 'o1'));
  expect(await requests()).toEqual(look);
  for (const line of lines) await storeOfTest().add(line);
  expect(await requests()).toEqual(compile('o2'));
  expect(await requests()).toEqual(look);
});

it.each(['a/b', '..', '.', '/', 'é', 'a=b', '%41', 'A', '+', 'a b', '?x#y'])(
  'keeps a line of the order %j',
  async (orderid) => {
    const order = orderOf({ accountid: `a-${Buffer.from(orderid).toString('hex')}` });
    const key = invoiceKeyOf(order);
    await storeOfTest().add(lineOf(order, orderid));
    await storeOfTest().add(lineOf(order, orderid));
    expect(await storeOfTest().prepare(key)).toBe(true);
    expect(await storeOfTest().prepare(key)).toBe(true);
    expect(await read(`${key.objectKey}.json`)).toMatchObject({ body: invoiceOf(key, [lineOf(order, orderid)]) });
  },
);

it('ignores what a person left among the lines, such as a folder of the console', async () => {
  const order = orderOf({ accountid: 'a-folder' });
  await write('lines/2026/11/a-folder/', 'a folder');
  await storeOfTest().add(lineOf(order, 'o0'));
  const key = invoiceKeyOf(order);
  expect(await storeOfTest().get(key)).toEqual(invoiceOf(key, [lineOf(order, 'o0')]));
});

it.each(['{', '[]', '{"objectKey":"2026/11/a-damaged","lines":[{}]}'])(
  'names an invoice that is damaged, and leaves it: %s',
  async (text) => {
    await write('2026/11/a-damaged.json', text);
    const key = parseInvoiceKey('2026/11/a-damaged');
    const damaged = { name: 'Damaged', message: expect.stringMatching(/^invoice 2026\/11\/a-damaged is damaged: ./) };
    await expect(storeOfTest().get(key)).rejects.toMatchObject(damaged);
    await expect(storeOfTest().prepare(key)).rejects.toMatchObject(damaged);
    await remove('2026/11/a-damaged.json');
    expect(await storeOfTest().prepare(key)).toBe(false);
  },
);

it.each([
  ['cut off', '{'],
  ['without a currency', JSON.stringify({ ...lineOf(orderOf({ accountid: 'a-torn' }), 'o0'), currency: undefined })],
  ['of another order', JSON.stringify(lineOf(orderOf({ accountid: 'a-torn' }), 'o1'))],
  ['of another account', JSON.stringify(lineOf(orderOf({ accountid: 'a0' }), 'o0'))],
])('names a line that is damaged: %s', async (_, text) => {
  const order = orderOf({ accountid: 'a-torn' });
  await write('lines/2026/11/a-torn/o0.json', text);
  const damaged = {
    name: 'Damaged',
    message: expect.stringMatching(/^invoice line lines\/2026\/11\/a-torn\/o0\.json is damaged: ./),
  };
  await expect(storeOfTest().get(invoiceKeyOf(order))).rejects.toMatchObject(damaged);
  await expect(storeOfTest().prepare(invoiceKeyOf(order))).rejects.toMatchObject(damaged);
  await expect(storeOfTest().add(lineOf(order, 'o0'))).rejects.toMatchObject(damaged);
});

it('knows its own write when the answer was lost and the SDK writes again', async () => {
  const order = orderOf({ accountid: 'a-lost' });
  const key = invoiceKeyOf(order);
  const client = new S3Client();
  const invoices = new S3InvoiceStore(client, { bucketName: bucket.bucketName, ...patient });
  const line = loseNextAnswer(client, 'PutObjectCommand');
  await invoices.add(lineOf(order, 'o9'));
  expect(line.attempts()).toBe(2);
  client.middlewareStack.remove('loseNextAnswer');
  const invoice = loseNextAnswer(client, 'PutObjectCommand');
  expect(await invoices.prepare(key)).toBe(true);
  expect(invoice.attempts()).toBe(2);
  expect(await read('2026/11/a-lost.json')).toMatchObject({ body: invoiceOf(key, [lineOf(order, 'o9')]) });
  client.destroy();
});

it('compiles the invoice anew when it is deleted between reading and writing', async () => {
  const order = orderOf({ accountid: 'a-deleted' });
  const key = invoiceKeyOf(order);
  const lines = ['o0', 'o1'].map((orderid) => lineOf(order, orderid));
  let deleted = false;
  const invoices = hooked(async ({ command, name }) => {
    if (command !== 'PutObject' || name !== '2026/11/a-deleted.json' || deleted) return;
    deleted = true;
    await remove(name);
  });
  for (const line of lines) {
    await storeOfTest().add(line);
    if (line === lines[0]) await storeOfTest().prepare(key);
  }
  expect(await invoices.prepare(key)).toBe(true);
  expect(deleted).toBe(true);
  expect(await read('2026/11/a-deleted.json')).toMatchObject({ body: invoiceOf(key, lines) });
});

it.each(['lines/2026/11/a-conflict/o0.json', '2026/11/a-conflict.json'])(
  'tries again when S3 reports another write of %s in progress, which no server here does',
  async (contested) => {
    const order = orderOf({ accountid: 'a-conflict' });
    const key = invoiceKeyOf(order);
    await remove(contested);
    let conflicts = 0;
    const invoices = hooked(({ command, name }) => {
      if (command !== 'PutObject' || name !== contested || conflicts === 2) return;
      conflicts += 1;
      const error = { name: 'ConditionalRequestConflict', $metadata: { httpStatusCode: 409 } };
      throw Object.assign(new Error('a conflicting operation is under way'), error);
    });
    await invoices.add(lineOf(order, 'o0'));
    expect(await invoices.prepare(key)).toBe(true);
    expect(conflicts).toBe(2);
    expect(await read('2026/11/a-conflict.json')).toMatchObject({ body: invoiceOf(key, [lineOf(order, 'o0')]) });
  },
);

it('is unavailable, with the cause, to a caller that loses until its patience ends', async () => {
  const order = orderOf({ accountid: 'a-loser' });
  const key = invoiceKeyOf(order);
  await storeOfTest().add(lineOf(order, 'o0'));
  // Another writer comes between each of its readings and its writing.
  const invoices = hooked(
    async ({ command, name }) => {
      if (command !== 'PutObject') return;
      await write(name, JSON.stringify({ ...invoiceOf(key, []), note: crypto.randomUUID() }));
    },
    { preparationMilliseconds: 300 },
  );
  await expect(Promise.race([invoices.prepare(key), sleep(10_000)])).rejects.toMatchObject({
    name: 'Unavailable',
    cause: { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } },
  });
});

it('throws what is not an outage as it is: a missing bucket', async () => {
  const order = orderOf();
  const key = invoiceKeyOf(order);
  const invoices = new S3InvoiceStore(bucket.client, { bucketName: `no-such-${crypto.randomUUID()}` });
  await expect(invoices.get(key)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(invoices.prepare(key)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(invoices.add(lineOf(order, 'o0'))).rejects.toMatchObject({ name: 'NoSuchBucket' });
});
