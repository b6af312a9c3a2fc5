import type { ServerResponse } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { answeringServer } from '@coffee/aws-errors/testing';
import { parseInvoiceKey } from '@coffee/domain';
import { expect, it, onTestFinished } from 'vitest';
import { S3InvoiceLinks, S3InvoiceStore } from './index.ts';

const key = parseInvoiceKey('2026/11/a0');
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

async function arrange(answer: (response: ServerResponse) => void, provider = async () => credentials) {
  const { endpoint, close } = await answeringServer(answer);
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: provider,
    maxAttempts: 1,
    requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
  });
  onTestFinished(async () => {
    client.destroy();
    await close();
  });
  return {
    invoices: new S3InvoiceStore(client, { bucketName: 'b' }),
    links: new S3InvoiceLinks(client, { bucketName: 'b' }),
  };
}

const refusal = (status: number, name: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${name}</Code><Message>no</Message></Error>`);
};

/** A line of which only a part arrives, of an invoice that is not there. */
const cutOff = (response: ServerResponse) => {
  const { url = '' } = response.req;
  if (url.includes('list-type=2')) {
    const listed = '<Contents><Key>lines/2026/11/a0/o0.json</Key></Contents>';
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(`<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>${listed}</ListBucketResult>`);
    return;
  }
  if (!url.includes('lines/')) return refusal(404, 'NoSuchKey')(response);
  response.writeHead(200, { etag: '"1"', 'content-length': '1000' });
  response.write('{"objectKey":', () => response.destroy());
};

it.each([
  ['a request to slow down', refusal(503, 'SlowDown')],
  ['an error inside the service', refusal(500, 'InternalError')],
  ['a request that came too slowly', refusal(400, 'RequestTimeout')],
  ['expired credentials', refusal(400, 'ExpiredToken')],
  ['an answer of a proxy', (response: ServerResponse) => response.writeHead(502).end('<html>try later</html>')],
  ['a connection that breaks', (response: ServerResponse) => response.destroy()],
  ['a line that breaks off', cutOff],
  ['no answer in time', () => {}],
])('makes Unavailable of %s, with the cause', async (_, answer) => {
  const { invoices } = await arrange(answer);
  await expect(invoices.get(key)).rejects.toMatchObject({ name: 'Unavailable', cause: expect.any(Error) });
});

it.each([
  [403, 'AccessDenied'],
  [403, 'InvalidAccessKeyId'],
  [403, 'SignatureDoesNotMatch'],
  [404, 'NoSuchBucket'],
])('throws %i %s as it is', async (status, name) => {
  const { invoices } = await arrange(refusal(status, name));
  await expect(invoices.get(key)).rejects.toMatchObject({ name });
});

it('does not take a refusal for an invoice that is not there', async () => {
  const { invoices } = await arrange((response) => response.writeHead(403).end());
  await expect(invoices.prepare(key)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
});

it('throws missing credentials as they are, also where it signs', async () => {
  const missing = Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
  const { invoices, links } = await arrange(refusal(500, 'InternalError'), () => Promise.reject(missing));
  await expect(invoices.get(key)).rejects.toBe(missing);
  await expect(links.link(key)).rejects.toBe(missing);
});
