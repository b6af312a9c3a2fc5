import { readFile } from 'node:fs/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { invoiceKeyOf, invoiceLineOf, invoiceOf, parseInvoice, parseInvoiceKey, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type { S3InvoiceStoreOptions } from './index.ts';
import { S3InvoiceStore } from './index.ts';
import type { Bucket, SentRequest } from './test-support/buckets.ts';
import { beforeEachRequest, createBucket } from './test-support/buckets.ts';

/** The servers of the tests answer one request at a time, so that calls need longer than S3 would let them. */
const patient = { patienceMilliseconds: 600_000, preparationMilliseconds: 600_000 };

let bucket: Bucket;
beforeAll(async () => {
  bucket = await createBucket();
});
afterAll(() => bucket.dispose(), 600_000);

const lineOf = (accountid: string, orderid: string): InvoiceLine =>
  invoiceLineOf(placeOrder({ orderid, acceptedAt: '2026-11-24T09:30:00.000Z', order: { ...exampleOrder, accountid } }));
const keyOf = (accountid: string): InvoiceKey => invoiceKeyOf({ ...exampleOrder, accountid });
const linesOf = (accountid: string, count: number): InvoiceLine[] =>
  Array.from({ length: count }, (_, index) => lineOf(accountid, `o${index}`));

type Hook = Parameters<typeof beforeEachRequest>[1];

/** A store with a client of its own, whose requests pass through the hook. */
function storeOf(hook: Hook = () => {}, options: Partial<S3InvoiceStoreOptions> = {}): S3InvoiceStore {
  const client = new S3Client();
  onTestFinished(() => client.destroy());
  beforeEachRequest(client, hook);
  return new S3InvoiceStore(client, { bucketName: bucket.bucketName, ...patient, ...options });
}

const nameOf = (key: InvoiceKey) => `${key.objectKey}.json`;
const remove = (Key: string) => bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.bucketName, Key }));

/** What a link to the invoice shows. */
async function shown(key: InvoiceKey): Promise<Invoice> {
  const command = new GetObjectCommand({ Bucket: bucket.bucketName, Key: nameOf(key) });
  const { Body } = await bucket.client.send(command);
  return JSON.parse((await Body?.transformToString()) ?? '') as Invoice;
}

async function addAll(lines: readonly InvoiceLine[], stores: readonly S3InvoiceStore[]): Promise<void> {
  const rest = lines.values();
  const write = async (store: S3InvoiceStore) => {
    for (const line of rest) await store.add(line);
  };
  await Promise.all(stores.map(write));
}

const writes = (sent: readonly SentRequest[]) => sent.filter(({ command }) => command === 'PutObject');
const bytesOf = (sent: readonly SentRequest[]) => writes(sent).reduce((sum, { bytes }) => sum + bytes, 0);

it('writes 2,000 lines of one account by 50 writers at once with 2,000 requests, and links one invoice of them', async () => {
  const lines = linesOf('a-busy', 2_000);
  const sent: SentRequest[] = [];
  const writers = Array.from({ length: 50 }, () => storeOf((request) => void sent.push(request)));
  await addAll(lines, writers);
  expect(sent).toHaveLength(2_000);
  expect(new Set(sent.map(({ command, name }) => `${command} ${name}`))).toEqual(
    new Set(lines.map(({ orderid }) => `PutObject lines/2026/11/a-busy/${orderid}.json`)),
  );
  const key = keyOf('a-busy');
  expect(await storeOf().prepare(key)).toBe(true);
  expect(await shown(key)).toEqual(invoiceOf(key, lines));
  expect((await shown(key)).totals).toEqual([{ currency: 'AUD', total: '14000.00' }]);
}, 600_000);

it('links every line to each of 20 callers at once', async () => {
  const key = keyOf('a-asked');
  const lines = linesOf('a-asked', 30);
  await addAll(lines, [storeOf()]);
  const callers = Array.from({ length: 20 }, () => storeOf());
  const asked = callers.map(async (caller) => {
    expect(await caller.prepare(key)).toBe(true);
    expect(await shown(key)).toEqual(invoiceOf(key, lines));
  });
  await Promise.all(asked);
});

it('writes bytes in proportion to the lines', async () => {
  const bytes: Record<number, number> = {};
  for (const count of [100, 1_000]) {
    const sent: SentRequest[] = [];
    const hook: Hook = (request) => void sent.push(request);
    const accountid = `a-${count}`;
    await addAll(
      linesOf(accountid, count),
      Array.from({ length: 10 }, () => storeOf(hook)),
    );
    await storeOf(hook).prepare(keyOf(accountid));
    expect(writes(sent)).toHaveLength(count + 1);
    bytes[count] = bytesOf(sent);
    console.log(`${count} lines and their invoice: ${bytes[count]} bytes written, ${bytesOf(sent) / count} a line`);
  }
  expect((bytes[1_000] ?? 0) / (bytes[100] ?? 0)).toBeLessThan(10.5);
}, 600_000);

it('shows a line that is written while another caller compiles in the next link', async () => {
  const key = keyOf('a-meanwhile');
  const [first, ...later] = linesOf('a-meanwhile', 3);
  if (first === undefined) throw new Error('it has lines');
  await storeOf().add(first);
  let compiled = 0;
  const slow = storeOf(async ({ command, name }) => {
    if (command !== 'PutObject' || name !== nameOf(key)) return;
    const line = later[compiled];
    compiled += 1;
    if (line === undefined) return;
    await storeOf().add(line);
    await storeOf().prepare(key);
    expect((await shown(key)).lines).toHaveLength(1 + compiled);
  });
  expect(await slow.prepare(key)).toBe(true);
  expect(compiled).toBe(1);
  expect(await shown(key)).toEqual(invoiceOf(key, [first, ...later.slice(0, 1)]));
  expect(await storeOf().prepare(key)).toBe(true);
});

it.each(['GetObject', 'ListObjectsV2', 'PutObject'])(
  'loses nothing when a call is killed before its %s',
  async (killedAt) => {
    const accountid = `a-killed-${killedAt}`;
    const key = keyOf(accountid);
    const lines = linesOf(accountid, 5);
    await addAll(lines.slice(0, 2), [storeOf()]);
    await storeOf().prepare(key);
    await addAll(lines.slice(2), [storeOf()]);
    const caller = new AbortController();
    const killed = storeOf(({ command }) => {
      if (command === killedAt) caller.abort(new Error('killed'));
      caller.signal.throwIfAborted();
    });
    await expect(killed.prepare(key, caller)).rejects.toMatchObject({ name: 'Unavailable' });
    expect(await shown(key)).toEqual(invoiceOf(key, lines.slice(0, 2)));
    expect(await storeOf().prepare(key)).toBe(true);
    expect(await shown(key)).toEqual(invoiceOf(key, lines));
  },
);

it('compiles a deleted invoice again', async () => {
  const key = keyOf('a-deleted');
  const lines = linesOf('a-deleted', 3);
  await addAll(lines, [storeOf()]);
  await storeOf().prepare(key);
  await remove(nameOf(key));
  expect(await storeOf().get(key)).toEqual(invoiceOf(key, lines));
  expect(await storeOf().prepare(key)).toBe(true);
  expect(await shown(key)).toEqual(invoiceOf(key, lines));
});

it('keeps the lines of accounts apart whose ids begin alike', async () => {
  const accounts = ['b', 'b0', 'b00', 'b0.c', 'b0-c', 'b0.', 'B0'];
  for (const accountid of accounts) await storeOf().add(lineOf(accountid, 'o0'));
  for (const accountid of accounts) {
    const key = keyOf(accountid);
    await storeOf().prepare(key);
    expect(await shown(key)).toEqual(invoiceOf(key, [lineOf(accountid, 'o0')]));
  }
});

it('keeps the lines that it read in time, says to ask again, and goes on from there', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const key = keyOf('a-slow');
  const lines = linesOf('a-slow', 10);
  await addAll(lines, [storeOf()]);
  const reads: string[] = [];
  const impatient = storeOf(
    ({ command, name }) => {
      if (command === 'GetObject' && name.startsWith('lines/') && reads.push(name) % 4 === 0) {
        vi.advanceTimersByTime(1_000);
      }
    },
    { concurrency: 1, preparationMilliseconds: 1_000 },
  );
  for (const kept of [4, 8]) {
    await expect(impatient.prepare(key)).rejects.toMatchObject({
      name: 'Unavailable',
      message: 'invoice 2026/11/a-slow has more new lines than can be read at once; ask again',
    });
    expect(await shown(key)).toEqual(invoiceOf(key, lines.slice(0, kept)));
  }
  expect(await impatient.prepare(key)).toBe(true);
  expect(await shown(key)).toEqual(invoiceOf(key, lines));
  expect(reads).toHaveLength(new Set(reads).size);
});

it('keeps the lines that it read before an outage, and is unavailable with its cause', async () => {
  const key = keyOf('a-outage');
  const lines = linesOf('a-outage', 6);
  await addAll(lines, [storeOf()]);
  const outage = Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' });
  const throttled = storeOf(
    ({ name }) => {
      if (name === 'lines/2026/11/a-outage/o3.json') throw outage;
    },
    { concurrency: 1 },
  );
  await expect(throttled.prepare(key)).rejects.toMatchObject({ name: 'Unavailable', cause: { name: 'SlowDown' } });
  expect(await shown(key)).toEqual(invoiceOf(key, lines.slice(0, 3)));
  expect(await storeOf().prepare(key)).toBe(true);
  expect(await shown(key)).toEqual(invoiceOf(key, lines));
});

/** An invoice as an earlier version kept it: one object, whose lines have none of their own. */
async function earlierInvoice(accountid: string) {
  const text = await readFile(new URL('./fixtures/invoice-of-version-1.json', import.meta.url), 'utf8');
  const Body = text.replaceAll('"a0"', JSON.stringify(accountid)).replaceAll('/a0"', `/${accountid}"`);
  const key = parseInvoiceKey(`2026/11/${accountid}`);
  await bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucketName, Key: nameOf(key), Body }));
  const { lines } = parseInvoice(JSON.parse(Body));
  return { key, lines, text: Body };
}

it('reads an invoice of an earlier version, whose lines have no currency, and adds to it', async () => {
  const { key, lines } = await earlierInvoice('a-earlier');
  expect((await storeOf().get(key))?.totals).toEqual([{ currency: 'AUD', total: '22.00' }]);
  expect(lines.map(({ currency }) => currency)).toEqual(['AUD', 'AUD']);
  const [line] = lines;
  if (line === undefined) throw new Error('it has lines');
  const yen = { ...line, orderid: 'new', amount: '800', currency: 'JPY' };
  await addAll([line, yen], [storeOf()]);
  expect(await storeOf().get(key)).toEqual(invoiceOf(key, [...lines, yen]));
  expect(await storeOf().prepare(key)).toBe(true);
  expect(await shown(key)).toEqual(invoiceOf(key, [...lines, yen]));
  expect((await shown(key)).totals).toEqual([
    { currency: 'AUD', total: '22.00' },
    { currency: 'JPY', total: '800' },
  ]);
});

it('brings an invoice of an earlier version back when it is deleted after it was prepared', async () => {
  const { key, lines } = await earlierInvoice('a-kept');
  expect(await storeOf().prepare(key)).toBe(true);
  expect(await shown(key)).toEqual(invoiceOf(key, lines));
  await remove(nameOf(key));
  expect(await storeOf().get(key)).toEqual(invoiceOf(key, lines));
  expect(await storeOf().prepare(key)).toBe(true);
  expect(await shown(key)).toEqual(invoiceOf(key, lines));
});

it('compiles an earlier invoice anew when it is deleted between reading and writing', async () => {
  const { key, lines } = await earlierInvoice('a-gone');
  let deleted = false;
  const invoices = storeOf(async ({ command, name }) => {
    if (command !== 'PutObject' || name !== nameOf(key) || deleted) return;
    deleted = true;
    await remove(name);
  });
  expect(await invoices.prepare(key)).toBe(true);
  expect(deleted).toBe(true);
  expect(await shown(key)).toEqual(invoiceOf(key, lines));
});

it('writes the lines of an earlier invoice before it writes the invoice, and goes on where it was killed', async () => {
  const { key, lines, text } = await earlierInvoice('a-half');
  const killed = storeOf(
    ({ command, name }) => {
      if (command === 'PutObject' && name !== 'lines/2026/11/a-half/first-1.json') throw new Error('killed');
    },
    { concurrency: 1 },
  );
  await expect(killed.prepare(key)).rejects.toThrow('killed');
  expect(await shown(key)).toEqual(JSON.parse(text));
  const sent: SentRequest[] = [];
  expect(await storeOf((request) => void sent.push(request)).prepare(key)).toBe(true);
  expect(writes(sent).map(({ name }) => name)).toEqual(['lines/2026/11/a-half/first-2.json', '2026/11/a-half.json']);
  expect(await shown(key)).toEqual(invoiceOf(key, lines));
});

it('keeps the lines that an earlier version still adds to the invoice', async () => {
  const { key, lines } = await earlierInvoice('a-both');
  await storeOf().prepare(key);
  const late = { ...lineOf('a-both', 'late') };
  const Body = JSON.stringify(invoiceOf(key, [...lines, late]));
  await bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucketName, Key: nameOf(key), Body }));
  await storeOf().prepare(key);
  await remove(nameOf(key));
  await storeOf().prepare(key);
  expect(await shown(key)).toEqual(invoiceOf(key, [...lines, late]));
});

it('calls an earlier invoice damaged whose line gets an object with other content at that moment', async () => {
  const { key, lines, text } = await earlierInvoice('a-differs');
  const [line] = lines;
  if (line === undefined) throw new Error('it has lines');
  const other = { ...line, amount: '9.00' };
  const invoices = storeOf(async ({ command }) => {
    if (command === 'PutObject') await new S3InvoiceStore(bucket.client, bucket).add(other);
  });
  await expect(invoices.prepare(key)).rejects.toMatchObject({
    name: 'Damaged',
    message: 'invoice 2026/11/a-differs and the object lines/2026/11/a-differs/first-1.json differ',
  });
  expect(await shown(key)).toEqual(JSON.parse(text));
});
