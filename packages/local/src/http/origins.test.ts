import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { openApiDocument } from '@coffee/api/openapi';
import { defaultMenu } from '@coffee/domain';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LocalOptions } from '../start-local.ts';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { orderOf } from '../test-support/order-of.ts';

let system: CoffeeSystem;
let port: string;
beforeAll(async () => {
  system = await CoffeeSystem.start();
  port = new URL(system.url).port;
});
afterAll(() => system.close());

/** Asks a server by another name than its own, as a rebound name does. */
async function askHost(host: string, method: string, path: string, headers: Record<string, string> = {}, to = port) {
  const call = request({ host: '127.0.0.1', port: to, method, path, headers: { ...headers, host } });
  const [answer] = (await once(call.end(), 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

/** Sends bytes, and reads what comes back until the server hangs up. */
async function speak(words: string): Promise<string> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(words);
  return text(socket);
}

const started = async (options: LocalOptions) => {
  const other = await CoffeeSystem.start(options);
  onTestFinished(() => other.close());
  return other;
};

const changing = [
  ['PUT', '/faults'],
  ['DELETE', '/faults'],
  ['POST', '/executions/nobody/redrive'],
  ['PATCH', '/nothing'],
] as const;
const foreign = (): string[] => [
  'http://localhost:5173',
  'http://evil.example',
  `https://127.0.0.1:${port}`,
  `http://localhost:${port}`, // the host asked is 127.0.0.1
  'http://127.0.0.1',
  'null',
  '',
];

describe.each(changing)('%s %s', (method, path) => {
  it('is refused to a page of any other origin', async () => {
    for (const origin of foreign()) {
      const answer = await system.send(method, path, undefined, { origin });
      expect([origin, answer.status]).toEqual([origin, 403]);
      expect(await answer.json()).toMatchObject({ code: 'OriginRejected', status: 403 });
    }
  });

  it('is open to the pages of the server and to callers without an origin', async () => {
    for (const headers of [{ origin: system.url }, {}]) {
      expect((await system.send(method, path, undefined, headers as Record<string, string>)).status).not.toBe(403);
    }
  });
});

it('accepts the name that the browser asked, when it is one of this machine', async () => {
  const byName = `http://localhost:${port}`;
  const remove = (url: string, origin: string) => fetch(`${url}/faults`, { method: 'DELETE', headers: { origin } });
  expect((await remove(byName, byName)).status).toBe(204);
});

it('is not fooled by a foreign name that resolves to this machine', async () => {
  const host = `evil.example:${port}`;
  expect((await askHost(host, 'DELETE', '/faults', { origin: `http://${host}` })).status).toBe(403);
});

it('does not apply to the API, or to reads', async () => {
  const headers = { origin: 'http://evil.example' };
  expect((await system.send('POST', '/prod/order', { order: orderOf('a1', 'v1') }, headers)).status).toBe(202);
  expect((await system.send('POST', '/prod/nothing', {}, headers)).status).toBe(404);
  const read = await system.fetch('/mailbox', { headers });
  expect(read.status).toBe(200);
  expect(read.headers.get('access-control-allow-origin')).toBeNull(); // so the browser does not show it to the page
});

describe('a Host that does not name this machine', () => {
  const { paths } = openApiDocument({ menu: defaultMenu });
  const routes = [
    ...Object.entries(paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item ?? {}).map((method) => [method.toUpperCase(), path.replace(/\{\w+\}/g, '1')] as const),
    ),
    ...['/', '/console', '/docs', '/openapi.json', '/assets/x.js', '/nothing', '/prod/nothing'].map(
      (path) => ['GET', path] as const,
    ),
    ['HEAD', '/prod/order'],
    ['OPTIONS', '/prod/order'],
    ['TRACE', '/'],
  ] as const;

  it.each(routes)('is refused by %s %s', async (method, path) => {
    const answer = await askHost(`evil.example:${port}`, method, path);
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    if (method !== 'HEAD') expect(JSON.parse(answer.body)).toMatchObject({ code: 'HostRejected' });
  });

  it('is whatever is not loopback', async () => {
    const lookalike = fc.constantFrom(
      ...['localhost.evil.example', '127.0.0.1.evil.example', 'evil.example#@localhost', 'a.localhost', '0.0.0.0'],
      ...['128.0.0.1', '[::2]', '[::ffff:10.0.0.1]', '10.127.0.0.1', 'xlocalhost', 'localhost:', '169.254.169.254'],
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.domain(), lookalike, fc.ipV4()), async (host) => {
        fc.pre(!host.startsWith('127.'));
        const { status, body } = await askHost(host, 'GET', '/mailbox');
        expect([400, 403]).toContain(status);
        expect(JSON.parse(body)).toMatchObject({ code: status === 400 ? 'RequestRefused' : 'HostRejected' });
      }),
      { numRuns: 60 },
    );
  });

  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '127.9.8.7:65535', '[::1]', '[::1]:3000'])(
    'is not %s',
    async (host) => {
      expect((await askHost(host, 'GET', '/healthz')).status).toBe(200);
    },
  );

  it('may be named, with any port, and its pages are its own', async () => {
    const other = await started({ hostNames: ['Coffee.Example'] });
    const at = new URL(other.url).port;
    for (const host of ['coffee.example', 'coffee.example:8443']) {
      expect((await askHost(host, 'GET', '/mailbox', {}, at)).status).toBe(200);
      for (const origin of [`http://${host}`, `https://${host}`]) {
        expect((await askHost(host, 'DELETE', '/faults', { origin }, at)).status).toBe(204);
      }
    }
    expect((await askHost('evil.example', 'GET', '/mailbox', {}, at)).status).toBe(403);
    expect((await askHost('localhost', 'GET', '/mailbox', {}, at)).status).toBe(200);
  });

  it('is the one of an absolute target', async () => {
    const answer = await speak(
      'GET http://evil.example/mailbox HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 .*"code":"HostRejected"/s);
  });

  it('is not missing in HTTP/1.0, which no browser speaks, and must be there in HTTP/1.1', async () => {
    expect(await speak('GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 .*\{"status":"ok"\}$/s);
    expect(await speak('GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('every answer', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/healthz'],
    ['GET', '/nothing'],
    ['GET', '/docs'],
    ['GET', '/prod/order'],
    ['GET', '/prod/order/none'],
    ['POST', '/prod/order'],
    ['OPTIONS', '/prod/order'],
    ['DELETE', '/prod/order'],
    ['GET', '/invoices/2026/11/a0'],
    ['TRACE', '/'],
    ['GET', '//\\x'],
  ])('says to %s %s that its type is what it says, and that no other page may embed it', async (method, path) => {
    for (const host of [`127.0.0.1:${port}`, 'evil.example']) {
      expect((await askHost(host, method, path)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it('even events', async () => {
    const abort = new AbortController();
    const { headers } = await system.fetch('/events', { signal: abort.signal });
    abort.abort();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

describe('pages of other origins', () => {
  const loopback = ['http://localhost:5173', 'https://127.0.0.1', 'http://[::1]:8080', 'http://127.1.2.3:1'];
  const others = [
    'http://evil.example',
    'null',
    'http://localhost.evil.example',
    'file://localhost',
    'ftp://127.0.0.1',
  ];
  const link = async (of: CoffeeSystem) => {
    await of.ended(await of.place());
    return (await of.get<{ url: string }>('/prod/invoice?objectKey=2026/11/a1')).url.slice(of.url.length);
  };
  /** The origin that may read the answer, and the one that may send the request. */
  const allowed = async (of: CoffeeSystem, path: string, origin: string) => {
    const answer = await of.fetch(path, { headers: { origin } });
    const asked = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    const preflight = await of.fetch(path, { method: 'OPTIONS', headers: asked });
    return [answer, preflight].map(({ headers }) => headers.get('access-control-allow-origin'));
  };

  it('may use the API and the signed link when they are loopback, and nothing else', async () => {
    for (const path of ['/prod/order?accountid=a1&vendorid=v1', '/prod/nothing', await link(system)]) {
      for (const origin of loopback) expect(await allowed(system, path, origin), path).toEqual([origin, origin]);
      for (const origin of others) expect(await allowed(system, path, origin), path).toEqual([null, null]);
      expect((await system.fetch(path)).headers.get('vary')).toContain('Origin');
    }
    for (const path of ['/invoices', '/orders', '/mailbox', '/executions', '/faults', '/healthz', '/', '/events']) {
      expect(
        (await system.fetch(path, { headers: { origin: 'http://localhost:5173' }, method: 'HEAD' })).headers.get(
          'access-control-allow-origin',
        ),
        path,
      ).toBeNull();
    }
  });

  it('lets a page send what an order needs', async () => {
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' };
    const answer = await system.fetch('/prod/order', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,POST,OPTIONS');
    expect(answer.headers.get('access-control-allow-headers')).toBe('Authorization,Content-Type,Idempotency-Key');
  });

  it('may be named, or be all', async () => {
    const named = await started({ cors: ['https://shop.example'] });
    const all = await started({ cors: ['*'] });
    for (const path of ['/prod/order', await link(named)]) {
      expect(await allowed(named, path, 'https://shop.example')).toEqual(Array(2).fill('https://shop.example'));
      expect(await allowed(named, path, 'http://shop.example')).toEqual([null, null]);
      expect(await allowed(named, path, 'http://localhost:1')).toEqual(Array(2).fill('http://localhost:1'));
    }
    for (const path of ['/prod/order', await link(all)]) {
      expect(await allowed(all, path, 'http://any.example')).toEqual(['*', '*']);
    }
    expect(
      (await all.fetch('/mailbox', { headers: { origin: 'http://any.example' } })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBeNull();
  });
});

it('refuses a body with a content encoding', async () => {
  const send = (encoding: string) =>
    system.send('POST', '/prod/order', { order: orderOf('a1', 'v1') }, { 'content-encoding': encoding });
  for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip', 'x']) {
    const answer = await send(encoding);
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ code: 'UnsupportedMediaType' });
  }
  for (const encoding of ['identity', 'Identity']) expect((await send(encoding)).status).toBe(202);
});

it.each(['/prod/order', '/prod/invoice', '/mailbox', '/', '/console/orders', '/healthz'])(
  'has the methods of %s in Allow, and no other',
  async (path) => {
    const refused = await askHost('localhost', 'TRACE', path);
    expect(refused.status).toBe(405);
    const allow = refused.headers.allow?.split(', ') ?? [];
    expect(allow).toContain('HEAD');
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
      const { status } = await askHost('localhost', method, path);
      expect([method, status === 405]).toEqual([method, !allow.includes(method)]);
    }
    const [got, head] = [await askHost('localhost', 'GET', path), await askHost('localhost', 'HEAD', path)];
    expect(head.status).toBe(got.status);
  },
);
