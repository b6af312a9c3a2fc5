import type { ServerResponse } from 'node:http';
import { SNSClient } from '@aws-sdk/client-sns';
import { answeringServer } from '@coffee/aws-errors/testing';
import { expect, it, onTestFinished } from 'vitest';
import { SnsNotifier } from './index.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const attributes = { eventtype: ['order'], accountid: 'a0', vendorid: 'v0' };
const message = { id: 'o0', subject: 'Coffee order', text: 'Thank you.', attributes };

/** A notifier on a service that gives every request the same answer. */
async function notifierOn(answer: (response: ServerResponse) => void, provider = async () => credentials) {
  const { endpoint, close } = await answeringServer(answer);
  const client = new SNSClient({
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
  return new SnsNotifier(client, { topicArn: 'arn:aws:sns:us-east-1:000000000000:t' });
}

/** What becomes of an answer of the service: the SDK's error as it is, or wrapped. */
async function errorOf(...parameters: Parameters<typeof notifierOn>) {
  return (await notifierOn(...parameters)).publish(message).then(
    () => expect.fail('it answered'),
    (error: unknown) => error,
  );
}

const refusal = (status: number, code: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
  );
};

it.each([
  ['a throttled topic', refusal(429, 'Throttled'), true],
  ['a throttled caller', refusal(400, 'Throttling'), true],
  ['a throttled key', refusal(400, 'KMSThrottling'), true],
  ['expired credentials', refusal(403, 'ExpiredToken'), true],
  ['an error inside the service', refusal(500, 'InternalError'), false],
  ['an answer of a proxy', (response: ServerResponse) => response.writeHead(503).end('<html>try later</html>'), false],
  ['an answer that is not one', (response: ServerResponse) => response.writeHead(200).end('<html>'), false],
  ['a connection that breaks', (response: ServerResponse) => response.destroy(), false],
  ['no answer in time', () => {}, false],
])('makes Unavailable of %s, with the cause, and knows whether it was sent', async (_, answer, withoutEffect) => {
  expect(await errorOf(answer)).toMatchObject({ name: 'Unavailable', cause: expect.any(Error), withoutEffect });
});

it.each([
  [403, 'AuthorizationError', 'AuthorizationErrorException'],
  [400, 'InvalidParameter', 'InvalidParameterException'],
  [404, 'NotFound', 'NotFoundException'],
  [400, 'KMSAccessDenied', 'KMSAccessDeniedException'],
  [403, 'InvalidClientTokenId', 'InvalidClientTokenId'],
  [403, 'SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
])('throws %i %s as it is', async (status, code, name) => {
  expect(await errorOf(refusal(status, code))).toMatchObject({ name });
});

it('throws missing credentials as they are', async () => {
  const missing = Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
  expect(await errorOf(refusal(500, 'InternalError'), () => Promise.reject(missing))).toBe(missing);
});

it('heeds a signal until the message is handed over: an aborted call would not know whether it was sent', async () => {
  const aborting = new AbortController();
  const accepted = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';
  const notifier = await notifierOn((response) => {
    aborting.abort(new Error('timed out'));
    response.end(accepted);
  });
  await notifier.publish(message, aborting);
  const notSent = { name: 'Unavailable', withoutEffect: true, cause: aborting.signal.reason };
  await expect(notifier.publish(message, aborting)).rejects.toMatchObject(notSent);
});
