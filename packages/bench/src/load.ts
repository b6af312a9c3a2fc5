import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** A seeded draw of whole numbers below a limit, so that every round sends the same orders. */
function drawing(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const draw = drawing(1);
export const sizes = [
  ['Small', '3.5'],
  ['Medium', '4.0'],
  ['Large', '4.5'],
] as const;

/** An order as a request body. Accounts (5,000) and vendors (500) are scattered, so that rows and invoices are. */
export function orderBody(accountid = `a${draw(5000)}`, vendorid = `v${draw(500)}`): string {
  const [coffeesize, unitprice] = sizes[draw(3)] ?? sizes[0];
  const details = { coffeetype: 'Latte', coffeesize, unitprice, quantity: 1 + draw(9) };
  const orderdate = `2026-11-${10 + draw(20)} 09:${10 + draw(50)}:00.123456`;
  return JSON.stringify({
    order: { accountid, vendorid, orderdate, city: 'Adelaide', details, eventtype: ['new_order'] },
  });
}

/** One connection that sends a request at a time. It speaks just enough HTTP: a client library would be the bottleneck. */
class Connection {
  readonly #socket: Socket;
  #received = '';
  #answered: (() => void) | undefined;
  #failed: (error: Error) => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text: string) => this.#receive(text));
    socket.on('error', (error) => this.#failed(error));
    socket.on('close', () => this.#failed(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  send(request: Buffer, answered: () => void, failed: (error: Error) => void): void {
    this.#answered = answered;
    this.#failed = failed;
    this.#socket.write(request);
  }

  end(): void {
    this.#failed = () => undefined;
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#received += text;
    const head = this.#received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#received)?.[1]);
    if (this.#received.length < head + 4 + length) return;
    const status = this.#received.slice(9, 12);
    this.#received = '';
    if (status.startsWith('2')) this.#answered?.();
    else this.#failed(new Error(`an order was answered ${status}`));
  }
}

const connectionCount = 64;

/** A client of one server: orders prepared as bytes, sent over connections that are kept. */
export class LoadGenerator {
  readonly #port: number;
  readonly #requests: readonly Buffer[];
  #next = 0;

  /** @param bodies Sent in this order, and from the first again when all were sent. */
  constructor(api: string, bodies: readonly string[]) {
    const { port, host, pathname } = new URL(`${api}/order`);
    this.#port = Number(port);
    this.#requests = bodies.map((body) =>
      Buffer.from(
        `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      ),
    );
  }

  /** Closed loop: each connection sends its next order when the last one is answered. Returns orders per second. */
  async closedLoop(amount: number): Promise<number> {
    const connections = await this.#open();
    let left = amount;
    const since = performance.now();
    const work = (connection: Connection) =>
      new Promise<void>((resolve, reject) => {
        const step = () => {
          if (left <= 0) return resolve();
          left -= 1;
          connection.send(this.#request(), step, reject);
        };
        step();
      });
    await Promise.all(connections.map(work));
    const rate = (amount / (performance.now() - since)) * 1000;
    for (const connection of connections) connection.end();
    return rate;
  }

  /**
   * Open loop: orders are due at a steady rate, whether the server keeps up or not. Returns the milliseconds from when each
   * was due to its answer, in the order of the answers.
   */
  async openLoop(rate: number, seconds: number): Promise<number[]> {
    const amount = Math.round(rate * seconds);
    const latencies: number[] = [];
    const connections = await this.#open();
    const idle = [...connections];
    const since = performance.now();
    let sent = 0;
    await new Promise<void>((resolve, reject) => {
      const dueAt = (number: number) => since + (number / rate) * 1000;
      const send = () => {
        for (let now = performance.now(); sent < amount && dueAt(sent) <= now && idle.length > 0; sent += 1) {
          const connection = idle.pop() as Connection;
          const due = dueAt(sent);
          const answered = () => {
            latencies.push(performance.now() - due);
            idle.push(connection);
            if (latencies.length === amount) resolve();
            else send();
          };
          connection.send(this.#request(), answered, reject);
        }
      };
      const timer = setInterval(() => (sent < amount ? send() : clearInterval(timer)), 1);
    });
    for (const connection of connections) connection.end();
    return latencies;
  }

  #open(): Promise<Connection[]> {
    return Promise.all(Array.from({ length: connectionCount }, () => Connection.open(this.#port)));
  }

  #request(): Buffer {
    const request = this.#requests[this.#next % this.#requests.length] as Buffer;
    this.#next += 1;
    return request;
  }
}
