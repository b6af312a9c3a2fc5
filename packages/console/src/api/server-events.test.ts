import { expect, it } from 'vitest';
import type { EventSourceLike } from './server-events.ts';
import { listen } from './server-events.ts';

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
  const later: (() => void)[] = [];
  const stop = listen(
    () => {
      const connection = new Connection();
      connections.push(connection);
      return connection;
    },
    {
      opened: () => told.push('opened'),
      lost: () => told.push('lost'),
      restored: () => told.push('restored'),
      event: (name, data) => told.push(`${name} ${JSON.stringify(data)}`),
    },
    { setTimeout: (run) => later.push(run) },
  );
  const latest = () => connections.at(-1) as Connection;
  return { connections, told, later, stop, latest };
}

it('passes on what the server sends', () => {
  const { told, latest } = listening();
  latest().tell('open');
  latest().tell('mail', { id: 'o1' });
  latest().tell('something else', {});
  expect(told).toEqual(['opened', 'mail {"id":"o1"}']);
});

it('reports once that the server is gone, and once that it is back', () => {
  const { told, later, latest } = listening();
  latest().tell('open');
  for (const _ of [1, 2, 3]) latest().tell('error');
  expect(later).toEqual([]); // the browser tries again by itself
  latest().tell('open');
  expect(told).toEqual(['opened', 'lost', 'restored', 'opened']);
});

it('reconnects when the browser has given up', () => {
  const { connections, told, later, latest } = listening();
  latest().readyState = 2;
  latest().tell('error');
  expect(later).toHaveLength(1);
  later[0]?.();
  expect(connections).toHaveLength(2);
  latest().tell('open');
  expect(told).toEqual(['lost', 'restored', 'opened']);
});

it('is silent once it is stopped', () => {
  const { connections, told, later, stop, latest } = listening();
  latest().readyState = 2;
  latest().tell('error');
  stop();
  later[0]?.();
  latest().tell('error');
  expect(connections).toHaveLength(1);
  expect(latest().closed).toBe(true);
  expect(told).toEqual(['lost']);
});
