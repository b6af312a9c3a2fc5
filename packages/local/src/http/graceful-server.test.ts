import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GracefulServer } from './graceful-server.ts';

let server: GracefulServer;
let port: number;
let agent: Agent;
const asked: { readonly url: string; readonly answer: ServerResponse }[] = [];
beforeEach(async () => {
  server = new GracefulServer();
  port = Number(new URL(await server.listen(0)).port);
  agent = new Agent({ keepAlive: true });
  asked.length = 0;
  server.serve(({ url = '' }, answer) => {
    asked.push({ url, answer });
    if (url !== '/later') answer.end(server.isClosing ? 'closing' : 'open');
  });
});
afterEach(() => agent.destroy());

async function get(path: string) {
  const [answer] = (await once(request({ port, path, agent }).end(), 'response')) as [IncomingMessage];
  return { connection: answer.headers.connection, body: await text(answer) };
}

it('answers what was asked before it closes, and what is asked on a kept connection meanwhile', async () => {
  expect(await get('/')).toEqual({ connection: 'keep-alive', body: 'open' });
  const later = get('/later');
  await expect.poll(() => asked.length).toBe(2);
  const closed = server.close(100, 60_000);
  expect(server.isClosing).toBe(true);
  expect(await get('/')).toEqual({ connection: 'close', body: 'closing' });
  await expect(get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  asked[1]?.answer.end('in the end');
  expect(await later).toEqual({ connection: 'close', body: 'in the end' });
  await closed;
});

it('ends connections that ask nothing, even those that never did', async () => {
  const [silent, kept] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  await Promise.all([once(silent, 'connect'), once(kept, 'connect')]);
  kept.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(kept, 'data');
  const ended = [silent, kept].map((socket) => once(socket.resume(), 'end'));
  await server.close(100, 60_000);
  await Promise.all(ended);
});

it('cuts off what takes longer than it may', async () => {
  const later = get('/later');
  const cut = expect(later).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect.poll(() => asked.length).toBe(1);
  await server.close(100, 1);
  await cut;
});
