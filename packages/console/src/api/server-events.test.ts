import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EventSourceLike } from './server-events.ts';
import { listen } from './server-events.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A connection that the test opens, breaks and closes. */
class Connection implements EventSourceLike {
  readyState = 0;
  closed = false;
  readonly #listeners = new Map<string, (event: { readonly data?: string }) => void>();

  addEventListener(type: string, listener: (event: { readonly data?: string }) => void): void {
    this.#listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  tell(type: string, data?: object): void {
    this.#listeners.get(type)?.(data === undefined ? {} : { data: JSON.stringify(data) });
  }
}

function listening() {
  const connections: Connection[] = [];
  const told: string[] = [];
  const stop = listen(
    () => {
      const connection = new Connection();
      connections.push(connection);
      return connection;
    },
    {
      lost: () => told.push('lost'),
      restored: () => told.push('restored'),
      execution: ({ orderid }) => told.push(`execution ${orderid}`),
      history: ({ orderid, event }) => told.push(`event ${event.id} of ${orderid}`),
      mail: () => told.push('mail'),
    },
  );
  const latest = () => connections.at(-1) as Connection;
  return { connections, told, stop, latest };
}

it('passes on what the server sends', () => {
  const { told, latest } = listening();
  latest().tell('open');
  latest().tell('execution', { orderid: 'o1' });
  latest().tell('history', { orderid: 'o1', event: { id: 3 } });
  latest().tell('mail', { id: 'o1' });
  latest().tell('something else', {});
  expect(told).toEqual(['execution o1', 'event 3 of o1', 'mail']);
});

it('reports once that the server is gone, and once that it is back', () => {
  const { told, latest } = listening();
  latest().tell('open');
  for (const _ of [1, 2, 3]) latest().tell('error');
  expect(vi.getTimerCount()).toBe(0); // the browser tries again by itself
  latest().tell('open');
  expect(told).toEqual(['lost', 'restored']);
});

it('reconnects when the browser has given up', () => {
  const { connections, told, latest } = listening();
  latest().readyState = 2;
  latest().tell('error');
  vi.advanceTimersByTime(999);
  expect(connections).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(connections).toHaveLength(2);
  latest().tell('open');
  expect(told).toEqual(['lost', 'restored']);
});

it('is silent once it is stopped', () => {
  const { connections, told, stop, latest } = listening();
  latest().readyState = 2;
  latest().tell('error');
  stop();
  vi.runAllTimers();
  latest().tell('error');
  expect(connections).toHaveLength(1);
  expect(latest().closed).toBe(true);
  expect(told).toEqual(['lost']);
});
