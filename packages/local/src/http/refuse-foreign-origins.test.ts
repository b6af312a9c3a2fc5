import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { orderOf } from '../test-support/order-of.ts';

let system: CoffeeSystem;
let port: string;
beforeAll(async () => {
  system = await CoffeeSystem.start();
  port = new URL(system.url).port;
});
afterAll(() => system.close());

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

it('goes by the name that the browser asked, when it is one of this machine', async () => {
  const byName = `http://localhost:${port}`;
  const remove = (url: string, origin: string) => fetch(`${url}/faults`, { method: 'DELETE', headers: { origin } });
  expect((await remove(byName, byName)).status).toBe(204);
});

it('is not taken in by a name of elsewhere that leads here', async () => {
  const host = `evil.example:${port}`;
  const call = request({
    host: '127.0.0.1',
    port,
    method: 'DELETE',
    path: '/faults',
    headers: { host, origin: `http://${host}` },
  });
  const [answer] = (await once(call.end(), 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(403);
});

it('does not stand before the API, nor before what only reads', async () => {
  const headers = { origin: 'http://evil.example' };
  expect((await system.send('POST', '/prod/order', { order: orderOf('a1', 'v1') }, headers)).status).toBe(202);
  expect((await system.send('POST', '/prod/nothing', {}, headers)).status).toBe(404);
  const read = await system.fetch('/mailbox', { headers });
  expect(read.status).toBe(200);
  expect(read.headers.get('access-control-allow-origin')).toBeNull(); // so the browser does not show it to the page
});
