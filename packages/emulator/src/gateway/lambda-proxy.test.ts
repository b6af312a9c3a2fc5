import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serve, start } from './test-support/start.ts';

/** A client of a server that answers every invocation with this. */
async function functionAnswering(status: number, answer: unknown, headers: Record<string, string> = {}) {
  const service = await serve(status, typeof answer === 'string' ? answer : JSON.stringify(answer), headers);
  const lambda = new LambdaClient({
    endpoint: service.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  onTestFinished(() => lambda.destroy());
  return { lambda, asked: service.asked };
}

const get = (url: string, query = '?v=1') => fetch(`${url}/prod/order/o%201${query}`, { headers: { 'X-Some': 'a' } });

it('hands the whole request to the function', async () => {
  const { lambda, asked } = await functionAnswering(200, { statusCode: 200, body: '{}' });
  const { url } = await start({ lambda, accountId: '111122223333' });
  await get(url, '?v=1&v=2&w=a%2Bb');
  expect(asked[0]?.request.url).toBe('/2015-03-31/functions/arn%3Afunction/invocations');
  const event = JSON.parse(asked[0]?.body ?? '');
  expect(event).toMatchObject({
    resource: '/order/{orderid}',
    path: '/order/o%201',
    httpMethod: 'GET',
    headers: { 'X-Some': 'a', 'X-Forwarded-For': '127.0.0.1' },
    multiValueHeaders: { 'X-Some': ['a'] },
    queryStringParameters: { v: '2', w: 'a+b' },
    multiValueQueryStringParameters: { v: ['1', '2'], w: ['a+b'] },
    pathParameters: { orderid: 'o 1' },
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
    requestContext: {
      accountId: '111122223333',
      apiId: 'api1',
      stage: 'prod',
      path: '/prod/order/o%201',
      resourcePath: '/order/{orderid}',
      resourceId: 'OneOrder',
      httpMethod: 'GET',
      protocol: 'HTTP/1.1',
      requestId: expect.any(String),
      requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      identity: { sourceIp: '127.0.0.1', user: null },
    },
  });
  expect(Object.keys(event.headers).map((name) => name.toLowerCase())).not.toContain('connection');
});

it('asks for the parameters that the method requires', async () => {
  const { url } = await start();
  const response = await get(url, '?v=');
  expect([response.status, await response.json()]).toEqual([
    400,
    { message: 'Missing required request parameters: [v]' },
  ]);
});

it('answers what the function answers', async () => {
  const { lambda } = await functionAnswering(200, {
    statusCode: '201',
    headers: { 'Content-Type': 'text/plain', 'X-One': true, 'X-Two': 'a', 'X-Three': 'c' },
    multiValueHeaders: { 'X-Two': ['a', 'b'], 'X-Three': ['a'] },
    body: 'done',
  });
  const response = await get((await start({ lambda })).url);
  expect([response.status, await response.text()]).toEqual([201, 'done']);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/plain',
    'x-one': 'true',
    'x-two': 'a, b', // a pair that is in both counts once
    'x-three': 'a, c',
  });
});

describe('a function that', () => {
  it.each([
    ['fails', '{"errorMessage":"x","errorType":"Error"}', { 'X-Amz-Function-Error': 'Unhandled' }],
    ['fails with what looks like an answer', '{"statusCode":200}', { 'X-Amz-Function-Error': 'Handled' }],
    ['answers text', 'oops', {}],
    ['answers null', 'null', {}],
    ['answers a list', '[]', {}],
    ['answers another member', '{"statusCode":200,"message":"x"}', {}],
    ['answers an object as its body', '{"statusCode":200,"body":{}}', {}],
    ['answers no status', '{"statusCode":"x"}', {}],
    ['answers headers that are none', '{"statusCode":200,"headers":{"a":[]}}', {}],
  ])('%s is a 502', async (_, answer, headers) => {
    const { lambda } = await functionAnswering(200, answer, headers);
    const response = await get((await start({ lambda, onError: () => {} })).url);
    expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
  });

  it('cannot be invoked is a 500', async () => {
    const { lambda } = await functionAnswering(429, '{}', { 'x-amzn-ErrorType': 'TooManyRequestsException' });
    const errors: unknown[] = [];
    const response = await get((await start({ lambda, onError: (error) => errors.push(error) })).url);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
    expect(errors).toHaveLength(1);
  });

  it('takes too long is a 504', async () => {
    const lambda = { send: () => new Promise<never>(() => {}) };
    const response = await get((await start({ lambda, timeoutMilliseconds: 20 })).url);
    expect([response.status, await response.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });
});
