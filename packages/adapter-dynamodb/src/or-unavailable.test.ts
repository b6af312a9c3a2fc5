import type { ServerResponse } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { answeringServer } from '@coffee/aws-errors/testing';
import { expect, it, onTestFinished } from 'vitest';
import { DynamoDBOrderRepository } from './index.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** What becomes of an answer of the service: the SDK's error as it is, or wrapped. */
async function errorOf(answer: (response: ServerResponse) => void, provider = async () => credentials) {
  const { endpoint, close } = await answeringServer(answer);
  const client = new DynamoDBClient({
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
  const orders = new DynamoDBOrderRepository(DynamoDBDocumentClient.from(client), { tableName: 't' });
  return orders.get('a0', 'v0').then(
    () => expect.fail('it answered'),
    (error: unknown) => error,
  );
}

const refusal = (status: number, name: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'no' }));
};

it.each([
  ['a throttled table', refusal(400, 'ProvisionedThroughputExceededException')],
  ['a throttled caller', refusal(400, 'ThrottlingException')],
  ['an error inside the service', refusal(500, 'InternalServerError')],
  ['expired credentials', refusal(400, 'ExpiredTokenException')],
  ['an answer of a proxy', (response: ServerResponse) => response.writeHead(503).end('<html>try later</html>')],
  ['a connection that breaks', (response: ServerResponse) => response.destroy()],
  ['no answer in time', () => {}],
])('makes Unavailable of %s, with the cause', async (_, answer) => {
  expect(await errorOf(answer)).toMatchObject({ name: 'Unavailable', cause: { name: expect.any(String) } });
});

it.each([
  'AccessDeniedException',
  'ValidationException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
])('throws %s as it is', async (name) => {
  expect(await errorOf(refusal(400, name))).toMatchObject({ name });
});

it('throws missing credentials as they are', async () => {
  const missing = Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
  expect(await errorOf(refusal(500, 'InternalServerError'), () => Promise.reject(missing))).toBe(missing);
});
