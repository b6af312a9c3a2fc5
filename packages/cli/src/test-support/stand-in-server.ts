import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Starts a server that answers as a test says, for what the embedded one never does. It is closed after the test. */
export async function standIn(answer: Answer): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Answers JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown, headers: OutgoingHttpHeaders = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Passes a request on to a real server, and its answer back, unless `lose` resolves to true: then the connection breaks. */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  lose: (answered: Response) => boolean | Promise<boolean> = () => false,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const headers = Object.entries(request.headers).filter(([name]) => /^(content-type|idempotency-key)$/.test(name));
  const body = method === 'POST' ? { body: new Uint8Array(await buffer(request)) } : {};
  const answered = await fetch(`${origin}${url}`, { method, headers: headers as [string, string][], ...body });
  if (await lose(answered.clone())) response.destroy();
  else response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text());
}

/** An origin on which nothing listens. */
export const refusingOrigin = 'http://127.0.0.1:2'; // too low to be given to a server that takes any free port

/** A real server as a deployed gateway shows it: the API, and nothing else. */
export const gatewayTo = (origin: string) =>
  standIn(async (request, response) => {
    if (request.url?.startsWith('/prod/')) await forward(request, response, origin);
    else answerJson(response, 403, { message: 'Missing Authentication Token' });
  });
