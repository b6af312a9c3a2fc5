import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { EventStreams } from './event-streams.ts';

/** Server-sent events of what happens here. Nothing is replayed: after a reconnect the client reads anew what it shows. */
export function eventRoutes(streams: EventStreams): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.get('/events', (context) => {
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' });
    streams.add(context.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return routes;
}
