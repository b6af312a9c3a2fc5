import { S3Client } from '@aws-sdk/client-s3';
import { parseInvoiceKey } from '@coffee/domain';
import { invoiceLinksContract } from '@coffee/ports/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3InvoiceLinks, S3InvoiceStore } from './index.ts';
import type { Bucket } from './test-support/buckets.ts';
import { createBucket } from './test-support/buckets.ts';

let bucket: Bucket;
beforeAll(async () => {
  bucket = await createBucket();
});
afterAll(() => bucket.dispose());

async function open(url: string) {
  const response = await fetch(url);
  const { status, headers } = response;
  const text = await response.text();
  if (status !== 200) return { status };
  const fileName = /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1] ?? '';
  return { status, contentType: headers.get('content-type') ?? '', fileName, body: JSON.parse(text) as unknown };
}

invoiceLinksContract(
  {
    adapter: 'in S3',
    create: async ({ clock }) => {
      const { client, bucketName } = bucket;
      const links = new S3InvoiceLinks(client, { bucketName, clock });
      return { links, invoices: new S3InvoiceStore(client, { bucketName }), open, dispose: () => {} };
    },
    deviations: { unavailable: 'a link is signed here, with the credentials at hand: no service is asked' },
  },
  { describe, it, expect },
);

const key = parseInvoiceKey('2026/11/a0');
const now = Date.UTC(2026, 10, 24, 9, 30, 0, 999);

it('names the file after the period and the account, and says when the signature ends to the second', async () => {
  const links = new S3InvoiceLinks(new S3Client(), { bucketName: 'b', clock: () => now, lifetimeMilliseconds: 60_000 });
  const { url, expiresAt } = await links.link(key);
  expect(expiresAt).toBe('2026-11-24T09:31:00.000Z');
  const { pathname, searchParams } = new URL(url);
  expect(pathname).toMatch(/\/2026\/11\/a0\.json$/);
  expect(Object.fromEntries(searchParams)).toMatchObject({
    'X-Amz-Date': '20261124T093000Z',
    'X-Amz-Expires': '60',
    'response-content-disposition': 'attachment; filename="invoice-2026-11-a0.json"',
    'response-content-type': 'application/json',
  });
});

it('ends a link with the credentials that signed it, when these end first', async () => {
  const expiration = new Date(now + 30_500);
  const client = new S3Client({
    credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test', expiration }),
  });
  const { url, expiresAt } = await new S3InvoiceLinks(client, { bucketName: 'b', clock: () => now }).link(key);
  expect(expiresAt).toBe('2026-11-24T09:30:31.000Z');
  expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('31');
});

it('says 15 minutes at most when it is not known when the credentials end', async () => {
  const client = new S3Client({ credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const links = new S3InvoiceLinks(client, { bucketName: 'b', clock: () => now, lifetimeMilliseconds: 3_600_000 });
  expect((await links.link(key)).expiresAt).toBe('2026-11-24T09:45:00.000Z');
});

it('gives a longer link to credentials that live longer', async () => {
  const expiration = new Date(now + 7_200_000);
  const client = new S3Client({
    credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test', expiration }),
  });
  const links = new S3InvoiceLinks(client, { bucketName: 'b', clock: () => now, lifetimeMilliseconds: 3_600_000 });
  expect((await links.link(key)).expiresAt).toBe('2026-11-24T10:30:00.000Z');
});

it('is unavailable once the credentials have expired', async () => {
  const expiration = new Date(now - 5_000);
  const client = new S3Client({
    credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test', expiration }),
  });
  const link = new S3InvoiceLinks(client, { bucketName: 'b', clock: () => now }).link(key);
  await expect(link).rejects.toMatchObject({ name: 'Unavailable', withoutEffect: true });
});
