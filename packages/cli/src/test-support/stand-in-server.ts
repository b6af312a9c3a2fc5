import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { onTestFinished } from 'vitest';

/** Answers a request; the connection breaks where there is no answer. */
type Answer = (request: Request) => Promise<Response | undefined> | Response;

/** Starts a server that answers as a test says, for what the embedded one never does. It is closed after the test. */
export async function standIn(answer: Answer): Promise<{ readonly url: string; close(): void }> {
  const listener = getRequestListener(
    async (request, { outgoing }) => {
      const answered = await answer(request);
      if (answered === undefined) outgoing.destroy();
      return answered ?? RESPONSE_ALREADY_SENT;
    },
    { overrideGlobalObjects: false },
  );
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** The answer of a real server. */
export async function forward(request: Request, origin: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = [...request.headers].filter(([name]) => /^(content-type|idempotency-key)$/.test(name));
  const body = request.method === 'POST' ? { body: await request.arrayBuffer() } : {};
  return fetch(`${origin}${pathname}${search}`, { method: request.method, headers, ...body });
}

/** A real server as a deployed gateway shows it: the API, and nothing else. */
export const gatewayTo = (origin: string) =>
  standIn((request) =>
    new URL(request.url).pathname.startsWith('/prod/')
      ? forward(request, origin)
      : Response.json({ message: 'Missing Authentication Token' }, { status: 403 }),
  );
