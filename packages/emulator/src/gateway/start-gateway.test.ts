import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { start } from './test-support/start.ts';

const json = { 'Content-Type': 'application/json' };
const cors = 'access-control-allow-origin';

describe('routes', () => {
  it.each([
    ['GET', '/prod/nothing'],
    ['GET', '/prod'],
    ['DELETE', '/prod/order'],
    ['GET', '/prod/order/a/b'],
  ])('%s %s is not known', async (method, path) => {
    const { url } = await start();
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(response.headers.get(cors)).toBe('*');
  });

  it('another stage is no part of the API', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/test/order`);
    expect([response.status, await response.json()]).toEqual([403, { message: 'Forbidden' }]);
    expect(response.headers.get(cors)).toBeNull();
  });

  it('refuses a stage that the template does not have', async () => {
    await expect(start({ stage: 'test' })).rejects.toThrow('no stage test');
  });
});

describe('a preflight', () => {
  it('is answered by the mock integration', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/prod/order`, { method: 'OPTIONS' });
    expect([response.status, response.headers.get(cors), await response.text()]).toEqual([204, '*', '']);
  });

  it('of another content type passes through, and has no status then', async () => {
    const errors: unknown[] = [];
    const { url } = await start({ onError: (error) => errors.push(error) });
    const response = await fetch(`${url}/prod/order`, { method: 'OPTIONS', headers: { 'Content-Type': 'text/plain' } });
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
    expect(String(errors)).toContain('no status');
  });
});

describe('the body', () => {
  const post = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) => {
    const { url } = await start({ backEnd: async () => ({ status: 200, body: '{"executionArn":"arn:x"}' }) });
    return fetch(`${url}/prod/order`, { method: 'POST', headers, body });
  };

  it('of the model is taken', async () => {
    const response = await post('{"city":"Rome"}');
    expect([response.status, await response.json()]).toEqual([202, { arn: 'arn:x' }]);
  });

  it.each([
    ['{}', '[object has missing required properties (["city"])]'],
    ['', '[object has missing required properties (["city"])]'],
    ['{"city":"Rome","b":1,"a":1}', '[object instance has properties which are not allowed by the schema: ["a","b"]]'],
    ['{"city":"rome"}', '[ECMA 262 regex "^[A-Z]" does not match input string "rome"]'],
    ['{"city":1}', '[instance type (integer) does not match any allowed primitive type (allowed: ["string"])]'],
    [
      '{"city":"Rome","count":1.5}',
      '[instance type (number) does not match any allowed primitive type (allowed: ["integer"])]',
    ],
    ['{"city":', '[the request body is not JSON]'],
    ['\ufeff{"city":"Rome"}', '[the request body is not JSON]'],
  ])('%s is refused by the gateway response of the template', async (body, why) => {
    const response = await post(body);
    expect([response.status, await response.json()]).toEqual([422, { why, what: 'Invalid request body' }]);
    expect(response.headers.get(cors)).toBe('*');
  });

  it('is checked by the media type, its parameters and case left out', async () => {
    expect((await post('{}', { 'Content-Type': 'Application/JSON; charset=utf-8' })).status).toBe(422);
  });

  it('of another content type is not checked, and may not pass through', async () => {
    const response = await post('<xml/>', { 'Content-Type': 'application/xml' });
    expect([response.status, await response.json()]).toEqual([415, { message: 'Unsupported Media Type' }]);
    expect(response.headers.get(cors)).toBe('*');
  });

  it('that is not UTF-8 is decoded as Java decodes it', async () => {
    const bytes = Buffer.concat([Buffer.from('{"city":"R'), Buffer.from([0xff]), Buffer.from('"}')]);
    const seen: string[] = [];
    const { url } = await start({
      backEnd: async ({ body }) => {
        seen.push(JSON.parse(JSON.parse(body).input).city);
        return { status: 200, body: '{}' };
      },
    });
    const response = await fetch(`${url}/prod/order`, { method: 'POST', headers: json, body: new Uint8Array(bytes) });
    expect([response.status, seen]).toEqual([202, ['R\ufffd']]);
  });

  it('over 10 MB is refused, by a response that cannot be customized', async () => {
    const fits = `{"city":"R${' '.repeat(10 * 1024 * 1024 - 12)}"}`;
    expect((await post(fits)).status).toBe(202);
    const response = await post(`${fits} `);
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Too Long' }]);
    expect(response.headers.get(cors)).toBeNull();
  });

  it('without a content type is JSON', async () => {
    const { url } = await start();
    const status = await new Promise((resolve, reject) => {
      const call = httpRequest(`${url}/prod/order`, { method: 'POST' }, (response) => resolve(response.statusCode));
      call.on('error', reject).end('{}');
    });
    expect(status).toBe(422);
  });
});

it('names each request', async () => {
  const { url } = await start();
  const [first, second] = await Promise.all([fetch(`${url}/prod/a`), fetch(`${url}/prod/a`)]);
  const id = (response: Response | undefined) => response?.headers.get('x-amzn-requestid');
  expect(id(first)).toMatch(/^[0-9a-f-]{36}$/);
  expect(id(first)).not.toBe(id(second));
});
