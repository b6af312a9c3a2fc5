import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on this machine that gives every request the same answer. `close` drops what is still open. */
export async function answeringServer(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume().once('end', () => answer(response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

type Send = (request: unknown) => Promise<unknown>;

interface MiddlewareStack {
  add(middleware: (next: Send, context: { readonly commandName?: string }) => Send, options: object): void;
}

/**
 * Lets the service carry out the next call and loses its answer on the way back, as a broken connection does. The SDK
 * then tries again, and meets its own write.
 *
 * @param commandName Loses the next answer to this command only.
 */
export function loseNextAnswer(
  client: { readonly middlewareStack: object },
  commandName?: string,
): { readonly attempts: () => number } {
  let attempts = 0;
  const stack = client.middlewareStack as MiddlewareStack; // its overloads depend on the client
  stack.add(
    (next, context) => async (request) => {
      if (commandName !== undefined && context.commandName !== commandName) return next(request);
      attempts += 1;
      const isFirst = attempts === 1;
      const answer = await next(request);
      if (!isFirst) return answer;
      throw Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
    },
    // After the SDK's own retries, so that each of its tries comes through here.
    { name: 'loseNextAnswer', step: 'finalizeRequest', priority: 'low' },
  );
  return { attempts: () => attempts };
}
