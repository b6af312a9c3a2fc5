import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A server that answers as a test says, for what the embedded one never does. */
export interface StandIn {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one on a free port of this machine. */
export async function standIn(
  answer: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<StandIn> {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Answers JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Hands a request on to a real server; answers what that answered. */
export async function handOn(request: IncomingMessage, origin: string): Promise<Response> {
  const { method = 'GET', url = '/' } = request;
  const headers = Object.entries(request.headers).filter(([name]) => /^(content-type|idempotency-key)$/.test(name));
  const body = method === 'POST' ? { body: new Uint8Array(await buffer(request)) } : {};
  return fetch(`${origin}${url}`, { method, headers: headers as [string, string][], ...body });
}

/** A real server as a deployed gateway shows it: the API is there, and nothing else. */
export function gatewayTo(origin: string): Promise<StandIn> {
  return standIn(async (request, response) => {
    if (!request.url?.startsWith('/prod/')) {
      answerJson(response, 403, { message: 'Missing Authentication Token' });
      return;
    }
    const answered = await handOn(request, origin);
    response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text());
  });
}
