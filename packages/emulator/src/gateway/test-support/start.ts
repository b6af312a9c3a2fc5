import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Gateway, GatewayOptions } from '../start-gateway.ts';
import { startGateway } from '../start-gateway.ts';
import { api } from './api-template.ts';

const notCalled = async () => {
  throw new Error('this test calls no back end');
};

/** Starts a gateway for the test that calls it. */
export async function start(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  const gateway = await startGateway({ api, backEnd: notCalled, lambda: { send: notCalled }, ...options });
  onTestFinished(() => gateway.close());
  return gateway;
}

/** A server for the test that calls it. It keeps what it was asked, and gives the same answer to everybody. */
export async function serve(status: number, body: string, headers: Record<string, string> = {}) {
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
