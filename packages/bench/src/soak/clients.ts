import { Agent, request } from 'node:http';
import { orderBody } from '../load.ts';

/** Fifty accounts, so that invoices have many lines. */
const bodyOf = (number: number): string => orderBody(`a${number % 50}`, `v${number}`);

let next = 0;

/** What clients saw: the ids of the orders answered 202, the other answers, and the requests that were cut off. */
export class Seen {
  readonly accepted = new Set<string>();
  /** How often each other status or error was the answer. */
  readonly others = new Map<string, number>();
  /** Requests that were sent completely and got no answer. */
  resets = 0;

  /** The answers that an order may not get. */
  get unexpected(): string[] {
    return [...this.others].filter(([answer]) => answer !== '503').map(([answer, times]) => `${times} × ${answer}`);
  }

  count(answer: string): void {
    this.others.set(answer, (this.others.get(answer) ?? 0) + 1);
  }
}

type Answer = { readonly status: number; readonly closes: boolean };

function post(url: string, agent: Agent, id: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': id };
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('error', reject);
      const closes = response.headers.connection === 'close';
      response.on('end', () => resolve({ status: response.statusCode ?? 0, closes }));
    });
    call.on('error', (error) => reject(Object.assign(error, { wasSent: call.writableFinished })));
    call.end(body);
  });
}

/**
 * Clients that post orders one after the other over a connection each, until they are stopped, cannot connect, or are told
 * that the server closes the connection.
 *
 * @returns What ends them, once the last answer has come.
 */
export function startClients(origin: string, clients: number, seen: Seen): () => Promise<void> {
  let stopped = false;
  const run = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!stopped) {
      next += 1;
      const id = `soak-${next}`;
      try {
        const { status, closes } = await post(`${origin}/prod/order`, agent, id, bodyOf(next));
        if (status === 202) seen.accepted.add(id);
        else seen.count(String(status));
        if (closes) break;
      } catch (error) {
        const { code = 'error', wasSent } = error as NodeJS.ErrnoException & { wasSent: boolean };
        seen.count(code);
        if (wasSent) seen.resets += 1;
        break;
      }
    }
    agent.destroy();
  };
  const all = Promise.all(Array.from({ length: clients }, run));
  return async () => {
    stopped = true;
    await all;
  };
}
