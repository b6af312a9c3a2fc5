import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** A host of this machine, with or without a port. */
export const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a host (with its port) is served: loopback ones are.
 *
 * @param hostNames Names without a port that are served too.
 */
export function servesHost(hostNames: readonly string[]): (host: string) => boolean {
  const served = new Set(hostNames.map((name) => name.toLowerCase()));
  return (host) => loopback.test(host) || served.has(host.toLowerCase().replace(/:\d+$/, ''));
}

/**
 * An HTTP server on 127.0.0.1 that answers what was sent to it before it closes. Closing a port or a connection at which
 * a request waits unread resets it, so both are closed only while nothing arrives: requests that come meanwhile wait, and
 * with them clients that would connect again, until the port is closed.
 */
export class GracefulServer {
  readonly #server = createServer();
  readonly #open = new Set<ServerResponse>();
  /** Connections that have asked nothing yet. */
  readonly #fresh = new Set<Socket>();
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

  /** Answers requests from now on, each with the headers that keep browsers from guessing and from embedding. */
  serve(listener: RequestListener): void {
    this.#server.on('connection', (socket) => {
      this.#arrivedAt = performance.now();
      this.#fresh.add(socket);
      socket.on('close', () => this.#fresh.delete(socket));
    });
    this.#server.on('request', async (incoming, outgoing) => {
      this.#arrivedAt = performance.now();
      this.#fresh.delete(incoming.socket);
      this.#open.add(outgoing);
      outgoing.setHeader('X-Content-Type-Options', 'nosniff');
      outgoing.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
      outgoing.on('close', () => this.#open.delete(outgoing));
      if (this.#portClosed !== undefined) {
        outgoing.shouldKeepAlive = false;
        await this.#portClosed;
      }
      if (!outgoing.destroyed) listener(incoming, outgoing);
    });
  }

  /**
   * Answers open requests, with `Connection: close`, and ends every connection.
   *
   * @param quiet How long nothing must arrive before the port is closed, in milliseconds: longer than a client that keeps
   *   its connection takes to send its next request.
   * @param longest How long answers may take, in milliseconds.
   */
  async close(quiet: number, longest: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#portClosed = promise;
    for (const answer of this.#open) answer.shouldKeepAlive = false; // no effect on a head that is sent
    await this.#until(() => this.#isQuiet(quiet), 10 * quiet);
    const closed = once(this.#server, 'close');
    this.#server.close();
    resolve();
    const isAnswered = () => this.#open.size === 0 && (this.#fresh.size === 0 || this.#isQuiet(quiet));
    await this.#until(isAnswered, longest);
    this.#server.closeAllConnections();
    await closed;
  }

  #isQuiet(quiet: number): boolean {
    return performance.now() - this.#arrivedAt >= quiet;
  }

  /** Waits until it holds after the event loop has taken what had arrived; at most this long. */
  async #until(holds: () => boolean, milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    do {
      await setTimeout(5);
      await setImmediate();
    } while (!holds() && performance.now() < end);
  }
}
