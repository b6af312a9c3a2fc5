import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveEdge } from '../edge/serve-edge.ts';
import type { Listening } from '../servers/listen.ts';
import type { BackEnd } from './index.ts';
import type { GatewayOptions } from './start-gateway.ts';

const cors = 'access-control-allow-origin';
const order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00',
  city: 'Rome',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 },
  eventtype: ['new_order'],
};
const accepted: BackEnd = async () => ({ status: 200, body: '{"executionArn":"arn:x:o1","startDate":1.5}' });

/** Starts a gateway for the test that calls it. */
async function start(backEnd: BackEnd | string = accepted, options: Partial<GatewayOptions> = {}): Promise<Listening> {
  const gateway = await serveEdge(backEnd, options);
  onTestFinished(() => gateway.close());
  return gateway;
}

/** A server for the test that calls it. It keeps what it was asked, and always gives the same answer. */
async function serve(status: number, body: string, headers: Record<string, string> = {}) {
  const asked: { readonly request: IncomingMessage; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ request, body: Buffer.concat(await request.toArray()).toString() });
    response.writeHead(status, headers).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const post = ({ url }: Listening, body: string | Uint8Array<ArrayBuffer>, contentType = 'application/json') =>
  fetch(`${url}/prod/order`, { method: 'POST', headers: { 'Content-Type': contentType }, body });
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code];

describe('routes', () => {
  it.each([
    ['GET', '/prod/nothing'],
    ['GET', '/prod'],
    ['DELETE', '/prod/order'],
    ['POST', '/prod/order/o1'],
    ['GET', '/prod/order/a/b'],
  ])('%s %s is not known', async (method, path) => {
    const { url } = await start();
    const response = await fetch(url + path, { method });
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(response.headers.get(cors)).toBe('*');
    expect(await codeOf(response)).toEqual([404, 'RouteNotFound']);
  });

  it('ends a path with a slash or without', async () => {
    expect((await fetch(`${(await start()).url}/prod/order/`, { method: 'OPTIONS' })).status).toBe(204);
  });

  it.each([
    ['o%31', 'o1'],
    ['%zz', 'not.an.order'],
  ])('decodes %s once', async (segment, decoded) => {
    const asked: string[] = [];
    const gateway = await start(async ({ body }) => {
      asked.push(JSON.parse(body).executionArn);
      return { status: 400, body: '{}' };
    });
    await fetch(`${gateway.url}/prod/order/${segment}`);
    expect(asked).toEqual([expect.stringMatching(`:${decoded}$`)]);
  });

  it('another stage is not part of the API', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/test/order`);
    expect([response.status, await response.json()]).toEqual([403, { message: 'Forbidden' }]);
    expect(response.headers.get(cors)).toBeNull();
  });

  it('names each request', async () => {
    const { url } = await start();
    const [first, second] = await Promise.all([fetch(`${url}/prod/a`), fetch(`${url}/prod/a`)]);
    const id = (response: Response) => response.headers.get('x-amzn-requestid');
    expect(id(first)).toMatch(/^[0-9a-f-]{36}$/);
    expect(id(first)).not.toBe(id(second));
  });
});

it('has no answer to a preflight of another content type', async () => {
  const errors: unknown[] = [];
  const { url } = await start(accepted, { onError: (error) => errors.push(error) });
  const response = await fetch(`${url}/prod/order`, { method: 'OPTIONS', headers: { 'Content-Type': 'text/plain' } });
  expect(await codeOf(response)).toEqual([500, 'InternalError']);
  expect(String(errors)).toContain('application/json only');
});

describe('the body', () => {
  const text = JSON.stringify({ order });

  it('of the model is taken', async () => {
    expect((await post(await start(), text)).status).toBe(202);
  });

  it.each([
    ['{}', '[object has missing required properties (["order"])]'],
    ['', '[object has missing required properties (["order"])]'],
    [
      JSON.stringify({ order, b: 1, a: 1 }),
      '[object instance has properties which are not allowed by the schema: ["a","b"]]',
    ],
    ['{"order":1}', '[instance type (integer) does not match any allowed primitive type (allowed: ["object"])]'],
    ['{"order":', '[the request body is not JSON]'],
    [`\ufeff${text}`, '[the request body is not JSON]'],
  ])('%s is refused, with the message of the validator', async (body, detail) => {
    const response = await post(await start(), body);
    expect(response.headers.get(cors)).toBe('*');
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([400, detail]);
  });

  it('is refused for a pattern', async () => {
    const response = await post(await start(), JSON.stringify({ order: { ...order, accountid: '.' } }));
    const { detail } = (await response.json()) as { detail: string };
    expect(detail).toMatch(/^\[ECMA 262 regex ".+" does not match input string "\."\]$/);
  });

  it('is checked by the media type, whatever its parameters and case', async () => {
    expect((await post(await start(), '{}', 'Application/JSON; charset=utf-8')).status).toBe(400);
  });

  it('of another content type is not checked, and must not pass', async () => {
    const response = await post(await start(), '<xml/>', 'application/xml');
    expect(response.headers.get(cors)).toBe('*');
    expect(await codeOf(response)).toEqual([415, 'UnsupportedMediaType']);
  });

  it('that is not UTF-8 is decoded as Java decodes it', async () => {
    const [before = '', after = ''] = text.split('Rome');
    const bytes = Buffer.concat([Buffer.from(`${before}R`), Buffer.from([0xff]), Buffer.from(after)]);
    const seen: string[] = [];
    const gateway = await start(async (call) => {
      seen.push(JSON.parse(JSON.parse(JSON.parse(call.body).input).body).order.city);
      return accepted(call);
    });
    expect((await post(gateway, new Uint8Array(bytes))).status).toBe(202);
    expect(seen).toEqual(['R\ufffd']);
  });

  it('over 10 MB is refused, by a response that cannot be customized', async () => {
    const gateway = await start();
    const fits = text + ' '.repeat(10 * 1024 * 1024 - text.length);
    expect((await post(gateway, fits)).status).toBe(202);
    const response = await post(gateway, `${fits} `);
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Too Long' }]);
    expect(response.headers.get(cors)).toBeNull();
  });

  it('without a content type is JSON', async () => {
    const { url } = await start();
    const status = await new Promise((done, reject) => {
      const call = httpRequest(`${url}/prod/order`, { method: 'POST' }, (response) => done(response.statusCode));
      call.on('error', reject).end('{}');
    });
    expect(status).toBe(400);
  });
});

describe('Step Functions', () => {
  const body = JSON.stringify({ order: { ...order, city: `L'Aquila "x" \\ @@ 😀` } });

  it('is called by HTTP with what the template renders', async () => {
    const service = await serve(200, '{"executionArn":"arn:x:o1","startDate":1.5}');
    const response = await post(await start(service.url), body);
    expect([response.status, await response.json()]).toMatchObject([202, { orderid: 'o1' }]);
    const [asked] = service.asked;
    expect(asked?.request.method).toBe('POST');
    expect(asked?.request.headers).toMatchObject({
      'x-amz-target': 'AWSStepFunctions.StartExecution',
      'content-type': 'application/x-amz-json-1.0',
      authorization: expect.stringMatching(/Credential=\w+\/\d{8}\/ap-southeast-2\/states\/aws4_request/),
    });
    expect(JSON.parse(JSON.parse(asked?.body ?? '').input).body).toBe(body);
  });

  it('that cannot be reached is an integration failure', async () => {
    const errors: unknown[] = [];
    const gateway = await start('http://127.0.0.1:1', { onError: (error) => errors.push(error) });
    expect(await codeOf(await post(gateway, body))).toEqual([502, 'Unavailable']);
    expect(errors).toHaveLength(1);
  });

  it('is aborted when it does not answer in time', async () => {
    const aborted = Promise.withResolvers<void>();
    const gateway = await start(
      ({ signal }) => {
        signal.addEventListener('abort', () => aborted.resolve());
        return new Promise(() => {});
      },
      { timeoutMilliseconds: 20 },
    );
    expect(await codeOf(await post(gateway, body))).toEqual([504, 'Unavailable']);
    await aborted.promise;
  });

  it('whose answer the template cannot read is a 500, and is reported', async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const gateway = await start(async () => ({ status: 200, body: 'no JSON' }), { onError });
    expect(await codeOf(await post(gateway, body))).toEqual([500, 'InternalError']);
    expect(String(errors)).toContain('TemplateError');
  });

  it('gets no body that is not JSON', async () => {
    const service = await serve(200, '{}');
    const { stepFunctionsBackEnd } = await import('./execution-integration.ts');
    const call = {
      service: 'states',
      action: 'StartExecution',
      region: 'x',
      body: '{"a": "b',
      signal: new AbortController().signal,
    } as const;
    expect(await stepFunctionsBackEnd(service.url)(call)).toEqual({
      status: 400,
      body: '{"__type":"com.amazon.coral.service#SerializationException"}',
    });
    expect(service.asked).toEqual([]);
  });
});

describe('a function', () => {
  /** Starts a gateway whose functions all answer this. */
  async function behind(status: number, answer: unknown, headers: Record<string, string> = {}) {
    const service = await serve(status, typeof answer === 'string' ? answer : JSON.stringify(answer), headers);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const lambda = new LambdaClient({ endpoint: service.url, region: 'eu-central-1', credentials, maxAttempts: 1 });
    onTestFinished(() => lambda.destroy());
    const errors: unknown[] = [];
    const gateway = await start(accepted, { lambda, onError: (error) => errors.push(error) });
    return { url: `${gateway.url}/prod/order`, asked: service.asked, errors };
  }

  it('gets the whole request', async () => {
    const { url, asked } = await behind(200, { statusCode: 200, body: '{}' });
    await fetch(`${url}?v=1&v=2&w=a%2Bb`, { headers: { 'X-Some': 'a' } });
    expect(asked[0]?.request.url).toMatch(/^\/2015-03-31\/functions\/\w+\.Arn\/invocations$/);
    const event = JSON.parse(asked[0]?.body ?? '');
    expect(event).toMatchObject({
      resource: '/order',
      path: '/order',
      httpMethod: 'GET',
      headers: { 'X-Some': 'a', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { 'X-Some': ['a'] },
      queryStringParameters: { v: '2', w: 'a+b' },
      multiValueQueryStringParameters: { v: ['1', '2'], w: ['a+b'] },
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      requestContext: {
        stage: 'prod',
        path: '/prod/order',
        resourcePath: '/order',
        httpMethod: 'GET',
        protocol: 'HTTP/1.1',
        requestId: expect.any(String),
        identity: { sourceIp: '127.0.0.1' },
      },
    });
    expect(Object.keys(event.headers).map((name) => name.toLowerCase())).not.toContain('connection');
  });

  it('gives the answer', async () => {
    const headers = { 'Content-Type': 'text/plain', 'X-One': 'a' };
    const { url } = await behind(200, { statusCode: 201, headers, body: 'done' });
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([201, 'done']);
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-type': 'text/plain', 'x-one': 'a' });
  });

  it.each([
    ['fails', '{"errorMessage":"x","errorType":"Error"}', { 'X-Amz-Function-Error': 'Unhandled' }],
    ['fails with what looks like an answer', '{"statusCode":200,"body":""}', { 'X-Amz-Function-Error': 'Handled' }],
    ['answers text', 'oops', {}],
    ['answers null', 'null', {}],
    ['answers a list', '[]', {}],
    ['answers another member', '{"statusCode":200,"body":"","message":"x"}', {}],
    ['answers an object as its body', '{"statusCode":200,"body":{}}', {}],
    ['answers no status', '{"statusCode":"x","body":""}', {}],
    ['answers a status that is not one', '{"statusCode":99,"body":""}', {}],
    ['answers headers that are not texts', '{"statusCode":200,"body":"","headers":{"a":[]}}', {}],
  ])('that %s is a 502', async (_, answer, headers) => {
    const { url, errors } = await behind(200, answer, headers);
    const response = await fetch(url);
    expect(response.headers.get(cors)).toBe('*');
    expect(await codeOf(response)).toEqual([502, 'InternalError']);
    expect(String(errors)).toContain(answer);
  });

  it('that cannot be invoked is a 500', async () => {
    const { url, errors } = await behind(429, '{}', { 'x-amzn-ErrorType': 'TooManyRequestsException' });
    expect(await codeOf(await fetch(url))).toEqual([500, 'InternalError']);
    expect(errors).toHaveLength(1);
  });

  it('that takes too long is a 504', async () => {
    const lambda = { send: () => new Promise<never>(() => {}) };
    const { url } = await start(accepted, { lambda, timeoutMilliseconds: 20 });
    expect(await codeOf(await fetch(`${url}/prod/order`))).toEqual([504, 'Unavailable']);
  });
});
