import type { ServerResponse } from 'node:http';
import { problem } from '@coffee/api';
import { callerPrefix } from '@coffee/application';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { LiveEvent, LiveEvents } from '../engine/live-events.ts';
import type { CallerEnv } from './callers.ts';
import { answerProblem, eventView, executionView } from './messages.ts';

/** How long events are gathered before a write, in milliseconds: too short to notice, long enough to batch them. */
const gathering = 20;
const heartbeat = 15_000;

/** How much may wait for a slow reader, in bytes. Beyond that it is cut off; it reconnects and reads again. */
const backlog = 1 << 20;

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};

function frame(event: LiveEvent): string {
  const [name, data] = payload(event);
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function payload(event: LiveEvent): readonly [name: string, data: unknown] {
  switch (event.kind) {
    case 'execution':
      return ['execution', executionView(event.execution)];
    case 'history':
      return ['history', { orderid: event.orderid, event: eventView(event.event, event.index) }];
    case 'mail':
      return ['mail', event.mail];
  }
}

/** The id of the order that an event is about, or one that begins with it. */
function orderidOf(event: LiveEvent): string {
  if (event.kind === 'mail') return event.mail.id;
  return event.kind === 'execution' ? event.execution.orderid : event.orderid;
}

/** Writes what happens to every client of `GET /events`. Listens only while there is one. */
export class EventStreams {
  readonly #live: LiveEvents;
  /** With what the order ids of their events begin. */
  readonly #clients = new Map<ServerResponse, string>();
  #gathered: LiveEvent[] = [];
  #stop: () => void = () => undefined;
  #isClosed = false;

  constructor(live: LiveEvents) {
    this.#live = live;
  }

  /**
   * Takes over an answer: writes its head now, and events until its client leaves.
   *
   * @param prefix Only of orders whose id begins with this. Defaults to all.
   */
  add(answer: ServerResponse, prefix = ''): void {
    if (this.#clients.size === 0) this.#start();
    this.#clients.set(answer, prefix);
    answer.on('close', () => this.#remove(answer));
    answer.on('error', () => answer.destroy());
    answer.writeHead(200, headers);
    answer.write('retry: 1000\n\n');
    if (this.#isClosed) answer.end();
  }

  /** Ends every stream, and those that are added later. */
  close(): void {
    this.#isClosed = true;
    for (const client of this.#clients.keys()) client.end();
  }

  #start(): void {
    const stopListening = this.#live.listen((event) => {
      if (this.#gathered.push(event) === 1) setTimeout(() => this.#flush(), gathering);
    });
    const beat = setInterval(() => this.#write(() => ':\n\n'), heartbeat);
    this.#stop = () => {
      stopListening();
      clearInterval(beat);
    };
  }

  #remove(answer: ServerResponse): void {
    if (this.#clients.delete(answer) && this.#clients.size === 0) this.#stop();
  }

  #flush(): void {
    const events = this.#gathered;
    this.#gathered = [];
    const frames = this.#clients.size > 0 ? events.map((event) => [orderidOf(event), frame(event)] as const) : [];
    this.#write((prefix) => frames.map(([orderid, text]) => (orderid.startsWith(prefix) ? text : '')).join(''));
  }

  #write(textFor: (prefix: string) => string): void {
    for (const [client, prefix] of this.#clients) {
      if (client.writableLength > backlog) client.destroy();
      else client.write(textFor(prefix));
    }
  }
}

/**
 * Server-sent events of what happens here; for a customer, to the orders that it has placed. Nothing is replayed: after a
 * reconnect a client reads again what it shows.
 */
export function eventRoutes(streams: EventStreams): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.get('/events', async (context) => {
    const { caller } = context.var;
    if (caller.kind === 'vendor') return answerProblem(context, problem('OperatorRequired'));
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' });
    streams.add(context.env.outgoing, caller.kind === 'customer' ? await callerPrefix(caller) : '');
    return RESPONSE_ALREADY_SENT;
  });
  return routes;
}
