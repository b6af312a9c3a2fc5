import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client, Execution } from '@coffee/api';
import { createClient } from '@coffee/api';
import type { Menu, Order } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import { randomOrder } from '../pages/place-order/random-orders.ts';

/** How the server of a test is started. */
export interface ServerOptions {
  readonly data?: string;
  readonly menu?: Menu;
  readonly port?: number;
  readonly retryMilliseconds?: number;
}

/** A running embedded server, and what a test does to it apart from the page. */
export class CoffeeServer {
  readonly url: string;
  readonly client: Client;
  readonly #process: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.client = createClient({ baseUrl: url });
    this.#process = child;
  }

  /** Starts the server and answers once it listens. */
  static async start(options: ServerOptions = {}): Promise<CoffeeServer> {
    const script = fileURLToPath(new URL('./serve.ts', import.meta.url));
    const child = fork(script, [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code} before it listened`);
    });
    const [url] = (await Promise.race([once(child, 'message'), failed])) as [string];
    failed.catch(() => undefined); // it ends when the test ends it
    return new CoffeeServer(url, child);
  }

  get port(): number {
    return Number(new URL(this.url).port);
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

  /** Places the nth random order, with parts of it replaced, and returns its id. */
  async placeRandom(n: number, parts: Partial<Order> = {}): Promise<string> {
    const { orderid } = await this.client.placeOrder({ ...randomOrder(n, defaultMenu, new Date()), ...parts });
    return orderid;
  }

  /** The execution once it has ended. */
  async ended(orderid: string): Promise<Execution> {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
      const execution = await this.client.getExecutionHistory(orderid);
      if (execution.status !== 'RUNNING') return execution;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`execution ${orderid} is still running after twenty seconds`);
  }
}
