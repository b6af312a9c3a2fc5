import { isUnavailable } from '@coffee/ports';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ConsoleFiles } from './console-files.ts';
import type { ConsoleRoutesOptions } from './console-routes.ts';
import { consoleRoutes } from './console-routes.ts';
import { descriptionRoutes } from './openapi/description-routes.ts';
import type { OrderRoutesOptions } from './order-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { answerProblem } from './problem-response.ts';

/** What the whole edge needs. */
export interface AppOptions extends OrderRoutesOptions, ConsoleRoutesOptions {
  readonly files: ConsoleFiles;
  readonly onError: (error: unknown) => void;
}

/** The whole HTTP edge: the API under `/prod`, the rest at the root. */
export function createApp(options: AppOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const notFound = (context: Context) => answerProblem(context, 404, 'RouteNotFound', 'nothing is served at this path');
  app.route('/prod', orderRoutes(options));
  app.all('/prod/*', notFound);
  app.route('/', consoleRoutes(options));
  app.route('/', descriptionRoutes(options));
  app.route('/', pageRoutes(options.files));
  app.notFound(notFound);
  app.onError((error, context) => {
    if (isUnavailable(error)) {
      context.header('Retry-After', '1');
      return answerProblem(context, 503, 'Unavailable', 'the store did not answer; the same request can be sent again');
    }
    const { incoming } = context.env;
    if (incoming.destroyed && !incoming.complete) {
      return answerProblem(context, 400, 'MalformedJson', 'the body did not arrive'); // nobody is there to read it
    }
    options.onError(error);
    return answerProblem(context, 500, 'InternalError', 'this is a defect; the log of the process has the details');
  });
  return app;
}
