import type { ExecutionState, HistoryEvent } from '@coffee/api';

/** Is called as things happen. `restored` follows each `lost`: events between the two are missing. */
export interface ServerEventsListener {
  readonly lost: () => void;
  readonly restored: () => void;
  readonly execution: (state: ExecutionState) => void;
  readonly history: (data: { readonly orderid: string; readonly event: HistoryEvent }) => void;
  readonly mail: () => void;
}

export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { readonly data?: string }) => void): void;
  close(): void;
}

const names = ['execution', 'history', 'mail'] as const;
const closed = 2;

/**
 * Listens to the server until the returned function is called. The browser reconnects by itself, but gives up when something
 * else answers (a proxy without its server): then this reconnects after a second.
 */
export function listen(connect: () => EventSourceLike, listener: ServerEventsListener): () => void {
  let source: EventSourceLike;
  let broken = false;
  let stopped = false;

  const start = (): void => {
    if (stopped) return;
    const own = connect();
    source = own;
    own.addEventListener('open', () => {
      if (broken) listener.restored();
      broken = false;
    });
    own.addEventListener('error', () => {
      if (stopped || own !== source) return;
      if (!broken) listener.lost();
      broken = true;
      if (own.readyState === closed) setTimeout(start, 1000);
    });
    for (const name of names) {
      own.addEventListener(name, ({ data }) => {
        if (data !== undefined) listener[name](JSON.parse(data));
      });
    }
  };

  start();
  return () => {
    stopped = true;
    source.close();
  };
}
