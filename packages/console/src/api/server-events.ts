import type { ExecutionState, HistoryEvent } from '@coffee/api';

/** What the server sends as it happens. */
interface ServerEvents {
  readonly execution: ExecutionState;
  readonly history: { readonly orderid: string; readonly event: HistoryEvent };
  readonly mail: { readonly id: string; readonly subject: string; readonly sentAt: string };
}

/** Follows the events. `restored` comes after each `lost`: events between the two are missing. */
export interface ServerEventsListener {
  readonly opened: () => void;
  readonly lost: () => void;
  readonly restored: () => void;
  readonly event: <Name extends keyof ServerEvents>(name: Name, data: ServerEvents[Name]) => void;
}

/** The part of `EventSource` that is used. */
export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { readonly data?: string }) => void): void;
  close(): void;
}

const names = ['execution', 'history', 'mail'] as const;
const closed = 2;

/**
 * Listens to the server until the returned function is called. The browser reconnects by itself, but gives up when something
 * else answers (a proxy without its server): then this reconnects.
 */
export function listen(
  connect: () => EventSourceLike,
  listener: ServerEventsListener,
  options: { readonly retryMilliseconds?: number; readonly setTimeout?: (run: () => void, ms: number) => unknown } = {},
): () => void {
  const { retryMilliseconds = 1000, setTimeout: later = (run, ms) => globalThis.setTimeout(run, ms) } = options;
  let source: EventSourceLike;
  let broken = false;
  let stopped = false;

  const start = (): void => {
    if (stopped) return;
    source = connect();
    const own = source;
    own.addEventListener('open', () => {
      if (broken) listener.restored();
      broken = false;
      listener.opened();
    });
    own.addEventListener('error', () => {
      if (stopped || own !== source) return;
      if (!broken) listener.lost();
      broken = true;
      if (own.readyState === closed) later(start, retryMilliseconds);
    });
    for (const name of names) {
      own.addEventListener(name, ({ data }) => {
        if (data !== undefined) listener.event(name, JSON.parse(data));
      });
    }
  };

  start();
  return () => {
    stopped = true;
    source.close();
  };
}
