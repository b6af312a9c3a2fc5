import { isUnavailable } from '@coffee/ports';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { ConsoleRoutesOptions } from './console-routes.ts';
import { consoleRoutes } from './console-routes.ts';
import type { OrderRoutesOptions } from './order-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { answerProblem } from './problem-response.ts';

/** The whole HTTP edge: the API under `/prod`, the rest at the root. */
export function createApp(
  options: OrderRoutesOptions & ConsoleRoutesOptions & { readonly onError: (error: unknown) => void },
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/prod', orderRoutes(options));
  app.route('/', consoleRoutes(options));
  app.notFound((context) => answerProblem(context, 404, 'RouteNotFound', 'nothing is served at this path'));
  app.onError((error, context) => {
    if (isUnavailable(error)) {
      context.header('Retry-After', '1');
      return answerProblem(context, 503, 'Unavailable', 'the store did not answer; the same request can be sent again');
    }
    options.onError(error);
    return answerProblem(context, 500, 'InternalError', 'this is a defect; the log of the process has the details');
  });
  return app;
}
