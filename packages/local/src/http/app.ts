import { problem } from '@coffee/api';
import { isDamaged, isUnavailable } from '@coffee/ports';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { PortFaults } from '../faults/port-faults.ts';
import type { BrowseRoutesOptions } from './browse-routes.ts';
import { browseRoutes } from './browse-routes.ts';
import { descriptionRoutes } from './description-routes.ts';
import type { EventStreams } from './event-streams.ts';
import { eventRoutes } from './event-streams.ts';
import { executionRoutes } from './execution-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { answerProblem } from './messages.ts';
import type { OrderRoutesOptions } from './order-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { refuseForeignOrigins } from './refuse-foreign-origins.ts';

/** What the whole edge needs. */
export interface AppOptions extends OrderRoutesOptions, BrowseRoutesOptions {
  readonly faults: PortFaults;
  readonly streams: EventStreams;
  /** The folder of the built console. Defaults to that of `@coffee/console`. */
  readonly console?: string | undefined;
  /** Called with errors that no answer can carry. */
  readonly onError: (error: unknown) => void;
}

/**
 * The whole HTTP edge: the API under `/prod`; at the root what the console and the command line read and do beside it.
 * That has no CORS, and changes nothing for other web pages: they must not read the messages or make ports fail.
 */
export function createApp(options: AppOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const notFound = (context: Context) => answerProblem(context, problem('RouteNotFound'));
  const refuseMethod = methodNotAllowed({
    app,
    onMethodNotAllowed: (context, methods) => {
      const allowed = context.req.path.startsWith('/prod/') ? [...methods, 'OPTIONS'] : methods;
      context.header('Allow', allowed.join(', '));
      return answerProblem(context, problem('MethodNotAllowed', `${context.req.method} is not for this path`));
    },
  });
  app.route('/prod', orderRoutes(options));
  app.use('/prod/*', refuseMethod);
  app.all('/prod/*', notFound);
  app.use(refuseForeignOrigins);
  app.route('/', executionRoutes(options));
  app.route('/', browseRoutes(options));
  app.route('/', faultRoutes(options.faults));
  app.route('/', eventRoutes(options.streams));
  app.route('/', descriptionRoutes(options));
  app.route('/', pageRoutes(options.console));
  app.use(refuseMethod);
  app.notFound(notFound);
  app.onError((error, context) => {
    if (isUnavailable(error)) {
      context.header('Retry-After', '1');
      return answerProblem(context, problem('Unavailable'));
    }
    const { incoming } = context.env;
    if (incoming.destroyed && !incoming.complete) {
      return answerProblem(context, problem('MalformedJson', 'the body did not arrive')); // no one is there to read it
    }
    options.onError(error);
    return answerProblem(context, isDamaged(error) ? problem('Damaged', error.message) : problem('InternalError'));
  });
  return app;
}
