import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from '@coffee/api';
import { createClient } from '@coffee/api';
import type { Menu, Order } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import { vi } from 'vitest';
import { nthOrder } from '../pages/place-order/random-orders.ts';

type ServerOptions = Readonly<{
  data?: string;
  menu?: Menu;
  port?: number;
  retryMilliseconds?: number;
  issuer?: { readonly url: string; readonly audience: string };
}>;

/** A running embedded server, and what a test does to it without the page. */
export class CoffeeServer {
  readonly url: string;
  readonly client: Client;
  readonly #process: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.client = createClient({ baseUrl: url });
    this.#process = child;
  }

  /** Starts the server; resolves once it listens. */
  static async start(options: ServerOptions = {}): Promise<CoffeeServer> {
    const script = fileURLToPath(new URL('./serve.ts', import.meta.url));
    const child = fork(script, [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code} before it listened`);
    });
    const [url] = (await Promise.race([once(child, 'message'), failed])) as [string];
    failed.catch(() => undefined); // later it ends because the test ends it
    return new CoffeeServer(url, child);
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.send('close');
    await ended;
  }

  /** Ends the process as a power failure would. */
  async kill(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  /** Places the nth random order, with some of its fields replaced, and returns its ID. */
  async placeRandom(n: number, parts: Partial<Order> = {}): Promise<string> {
    const { orderid } = await this.client.placeOrder({ ...nthOrder(n, defaultMenu, new Date()), ...parts });
    return orderid;
  }

  /** Waits until the execution has ended. */
  async ended(orderid: string): Promise<void> {
    const hasEnded = async () => (await this.client.getExecutionHistory(orderid)).status !== 'RUNNING';
    await vi.waitUntil(hasEnded, { timeout: 20_000, interval: 25 });
  }
}
