import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Menu, Order } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import type { ExecutionDetail, Fault } from '../api/wire.ts';
import { randomOrder } from '../pages/place-order/random-orders.ts';

/** How the server of a test is started. */
export interface ServerOptions {
  readonly data?: string;
  readonly port?: number;
  readonly retryMilliseconds?: number;
}

/** The embedded server, running, and what a test does to it beside the page. */
export class CoffeeServer {
  readonly url: string;
  readonly menu: Menu = defaultMenu;
  readonly #process: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
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

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  /** Places an order and answers its id. */
  async place(order: Order): Promise<string> {
    return (await this.call<{ orderid: string }>('POST', '/prod/order', { order })).orderid;
  }

  /** Places the nth random order, with parts of it set. */
  placeRandom(n: number, parts: Partial<Order> = {}): Promise<string> {
    return this.place({ ...randomOrder(n, this.menu, new Date()), ...parts });
  }

  setFault(fault: Fault): Promise<unknown> {
    return this.call('PUT', '/faults', fault);
  }

  clearFaults(): Promise<unknown> {
    return this.call('DELETE', '/faults');
  }

  /** The execution once it has ended. */
  async ended(orderid: string): Promise<ExecutionDetail> {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
      const execution = await this.call<ExecutionDetail>('GET', `/executions/${orderid}`);
      if (execution.status !== 'RUNNING') return execution;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`execution ${orderid} still runs after twenty seconds`);
  }
}
