import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** How a test has a server answer. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A server that answers as a test says, for what the embedded one never does. */
export interface StandIn {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one on a free port of this machine. */
export async function standIn(answer: Answer): Promise<StandIn> {
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

/** Passes a request on to a real server, and returns its answer. */
async function passOn(request: IncomingMessage, origin: string): Promise<Response> {
  const { method = 'GET', url = '/' } = request;
  const headers = Object.entries(request.headers).filter(([name]) => /^(content-type|idempotency-key)$/.test(name));
  const body = method === 'POST' ? { body: new Uint8Array(await buffer(request)) } : {};
  return fetch(`${origin}${url}`, { method, headers: headers as [string, string][], ...body });
}

/** Passes a request on to a real server, and its answer back, unless `lose` resolves to true: then the connection breaks. */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  lose: (answered: Response) => boolean | Promise<boolean> = () => false,
): Promise<void> {
  const answered = await passOn(request, origin);
  if (await lose(answered.clone())) response.destroy();
  else response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text());
}

/** An origin on which nothing listens, and nothing can: its port is that of the near end of a connection. */
export async function refusingOrigin(): Promise<StandIn> {
  const peer = createServer().listen(0, '127.0.0.1');
  await once(peer, 'listening');
  const connection = connect((peer.address() as AddressInfo).port, '127.0.0.1');
  await once(connection, 'connect');
  return {
    url: `http://127.0.0.1:${connection.localPort}`,
    async close() {
      connection.destroy();
      peer.closeAllConnections();
      await new Promise((done) => peer.close(done));
    },
  };
}

/** A real server as a deployed gateway shows it: the API, and nothing else. */
export function gatewayTo(origin: string): Promise<StandIn> {
  return standIn(async (request, response) => {
    if (!request.url?.startsWith('/prod/')) {
      answerJson(response, 403, { message: 'Missing Authentication Token' });
      return;
    }
    await forward(request, response, origin);
  });
}
