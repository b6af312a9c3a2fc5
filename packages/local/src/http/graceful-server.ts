import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** The port is closed once nothing has arrived for this long, in milliseconds; a client that keeps its connection sends sooner. */
const quiet = 100;
const longestWait = 2000;

/**
 * An HTTP server on 127.0.0.1 that answers what was sent to it before it closes. Closing a port or a connection at which
 * a request waits unread resets it, so both are closed only while nothing arrives: requests that come meanwhile wait, and
 * with them clients that would connect again, until the port is closed.
 */
export class GracefulServer {
  readonly #server = createServer();
  readonly #open = new Set<ServerResponse>();
  #arrivedAt = Number.NEGATIVE_INFINITY;
  #portClosed: Promise<void> | undefined;

  /** Whether {@link close} was called: nothing that has effects should begin. */
  get isClosing(): boolean {
    return this.#portClosed !== undefined;
  }

  /** Listens on a port (0 takes a free one) and answers the origin. */
  async listen(port: number): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers requests from now on. */
  serve(listener: RequestListener): void {
    this.#server.on('connection', () => this.#arrive());
    this.#server.on('request', async (incoming, outgoing) => {
      this.#arrive();
      this.#open.add(outgoing);
      outgoing.on('close', () => this.#open.delete(outgoing));
      if (this.#portClosed !== undefined) {
        outgoing.shouldKeepAlive = false;
        await this.#portClosed;
      }
      if (!outgoing.destroyed) listener(incoming, outgoing);
    });
  }

  /** Answers open requests, with `Connection: close`, for at most this long, and ends every connection. */
  async close(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#portClosed = promise;
    for (const answer of this.#open) answer.shouldKeepAlive = false; // no effect on a head that is sent
    await this.#until(() => this.#isQuiet(), longestWait);
    await setImmediate(); // the event loop has just taken what there was
    const closed = once(this.#server, 'close');
    this.#server.close();
    resolve();
    await this.#until(() => this.#open.size === 0 && this.#isQuiet(), milliseconds);
    this.#server.closeAllConnections();
    await closed;
  }

  #arrive(): void {
    this.#arrivedAt = performance.now();
  }

  #isQuiet(): boolean {
    return performance.now() - this.#arrivedAt >= quiet;
  }

  async #until(holds: () => boolean, milliseconds: number): Promise<void> {
    for (const end = performance.now() + milliseconds; !holds() && performance.now() < end; ) await setTimeout(5);
  }
}
