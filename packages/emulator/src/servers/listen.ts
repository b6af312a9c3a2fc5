import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers at a URL until it is closed. */
export interface Listening {
  /** The origin, like `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Stops taking requests and ends those that are open. */
  close(): Promise<void>;
}

/** Serves by HTTP on a free port of 127.0.0.1. */
export async function listen(listener: RequestListener): Promise<Listening> {
  // Without a limit on idle connections: on a busy machine one would be closed just as the client uses it again.
  const server = createServer({ keepAliveTimeout: 0 }, listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
