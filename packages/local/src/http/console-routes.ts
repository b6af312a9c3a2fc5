import type { Menu } from '@coffee/domain';
import { orderWorkflow } from '@coffee/workflow';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { PortFaults } from '../faults/port-faults.ts';
import type { BrowseRoutesOptions } from './browse-routes.ts';
import { browseRoutes } from './browse-routes.ts';
import { eventRoutes } from './event-routes.ts';
import type { EventStreams } from './event-streams.ts';
import type { ExecutionRoutesOptions } from './execution-routes.ts';
import { executionRoutes } from './execution-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { answerProblem } from './problem-response.ts';
import { refuseForeignOrigins } from './refuse-foreign-origins.ts';

/** What the routes for the person at this machine need. */
export interface ConsoleRoutesOptions extends ExecutionRoutesOptions, BrowseRoutesOptions {
  readonly menu: Menu;
  readonly faults: PortFaults;
  readonly streams: EventStreams;
}

const methods = {
  '/healthz': 'GET, HEAD',
  '/menu': 'GET, HEAD',
  '/workflow': 'GET, HEAD',
  '/executions': 'GET, HEAD',
  '/executions/:orderid': 'GET, HEAD',
  '/executions/:orderid/redrive': 'POST',
  '/mailbox': 'GET, HEAD',
  '/orders': 'GET, HEAD',
  '/invoices/*': 'GET, HEAD',
  '/faults': 'GET, HEAD, PUT, DELETE',
  '/events': 'GET, HEAD',
} as const;

/**
 * What the console and the command line read and do beside the API. Without CORS, and refused to other pages when it
 * changes something: other web pages in the same browser are not to read the mail, and not to make ports fail.
 */
export function consoleRoutes(options: ConsoleRoutesOptions): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.use(refuseForeignOrigins);
  routes.get('/healthz', (context) => context.json({ status: 'ok' }));
  routes.get('/menu', (context) => context.json(options.menu));
  routes.get('/workflow', (context) => context.json(orderWorkflow));
  routes.route('/', executionRoutes(options));
  routes.route('/', browseRoutes(options));
  routes.route('/', faultRoutes(options.faults));
  routes.route('/', eventRoutes(options.streams));
  for (const [path, allow] of Object.entries(methods)) {
    routes.all(path, (context) => {
      context.header('Allow', allow);
      return answerProblem(context, 405, 'MethodNotAllowed', `${context.req.method} is not for this path`);
    });
  }
  return routes;
}
