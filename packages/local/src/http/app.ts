import type { IncomingMessage, RequestListener } from 'node:http';
import { problem, problemMediaType } from '@coffee/api';
import { isDamaged, isUnavailable } from '@coffee/ports';
import { getRequestListener } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { PortFaults } from '../faults/port-faults.ts';
import type { BackupSource } from './backup-routes.ts';
import { backupRoutes } from './backup-routes.ts';
import type { BrowseRoutesOptions } from './browse-routes.ts';
import { browseRoutes } from './browse-routes.ts';
import type { CallerEnv } from './callers.ts';
import { wantCaller } from './callers.ts';
import { descriptionRoutes } from './description-routes.ts';
import type { EventStreams } from './event-streams.ts';
import { eventRoutes } from './event-streams.ts';
import { executionRoutes } from './execution-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { servesHost } from './graceful-server.ts';
import { limitReads } from './limit-reads.ts';
import type { Answer } from './messages.ts';
import { answerProblem, problemAnswer } from './messages.ts';
import type { OrderRoutesOptions } from './order-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { refuseForeignHosts, refuseForeignOrigins, shareWith } from './origins.ts';
import { pageRoutes } from './page-routes.ts';
import { orderListener } from './place-order.ts';
import { ReadPace } from './read-pace.ts';

/** What the HTTP edge needs. */
export interface AppOptions extends OrderRoutesOptions, BrowseRoutesOptions {
  readonly faults: PortFaults;
  readonly streams: EventStreams;
  /** The file that can be backed up. Without one, everything is kept in memory. */
  readonly backups?: BackupSource | undefined;
  /** Hosts that are served besides loopback ones. Defaults to none. */
  readonly hostNames?: readonly string[];
  /** Origins whose pages may use the API besides loopback ones; `*` for every page. Defaults to none. */
  readonly cors?: readonly string[];
  /** The folder of the built console. Defaults to that of `@coffee/console`. */
  readonly console?: string | undefined;
  /** Called with errors that answers do not carry: defects and damage. */
  readonly onError: (error: unknown) => void;
}

/** What may answer more than a little. `/invoices/*` matches `/invoices` too; each path must take one turn only. */
const largeReads = ['/executions', '/mailbox', '/orders', '/invoices/*'];
/** What wants a caller besides `/prod`. The rest is open: it tells nothing of anyone, or is needed to sign in. */
const closed = ['/executions/*', '/workflow', '/mailbox', '/orders', '/invoices', '/faults', '/backup', '/events'];
const link = '/invoices/:year/:month/:accountid';

/**
 * The HTTP edge: the API under `/prod`, and at the root the other calls of the console and the command line. Those have
 * no CORS (the signed link apart) and refuse changes by other web pages, which must not read the messages or make ports
 * fail.
 */
export function createApp(options: AppOptions): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  const notFound = (context: Context) => answerProblem(context, problem('RouteNotFound'));
  const refuseMethod = methodNotAllowed({
    app,
    onMethodNotAllowed: (context, methods) => {
      const isShared = /^\/(?:prod|invoices)\//.test(context.req.path);
      const allowed = isShared ? [...methods, 'OPTIONS'] : methods;
      context.header('Allow', allowed.join(', '));
      return answerProblem(context, problem('MethodNotAllowed', `${context.req.method} is not for this path`));
    },
  });
  const pace = new ReadPace(() => options.engine.isBusy);
  const share = shareWith(options.cors ?? []);
  app.use(refuseForeignHosts(servesHost(options.hostNames ?? [])));
  app.use('/prod/*', share);
  app.route('/prod', orderRoutes(options));
  app.use('/prod/*', refuseMethod);
  app.all('/prod/*', notFound);
  app.use(refuseForeignOrigins);
  app.use(link, share);
  app.on('ALL', closed, wantCaller(options.authenticator));
  app.on('GET', largeReads, limitReads(pace));
  app.route('/', executionRoutes(options));
  app.route('/', browseRoutes(options, pace));
  app.route('/', faultRoutes(options.faults));
  app.route('/', backupRoutes(options.backups));
  app.route('/', eventRoutes(options.streams));
  app.route('/', descriptionRoutes(options));
  app.route('/', pageRoutes(options.console, options.issuer?.url));
  app.use(refuseMethod);
  app.notFound(notFound);
  app.onError((error, context) => {
    const { status, headers, body } = failureAnswer(error, context.env?.incoming, options.onError);
    return context.body(body, status as 500, headers);
  });
  return app;
}

/** The answer to an error: an outage is to be tried again, the rest is damage or a defect. */
function failureAnswer(error: unknown, incoming: IncomingMessage | undefined, onError: AppOptions['onError']): Answer {
  if (isUnavailable(error)) return problemAnswer(problem('Unavailable'), { 'Retry-After': '1' });
  // The client is gone.
  if (incoming?.destroyed && !incoming.complete)
    return problemAnswer(problem('MalformedJson', 'the body did not arrive'));
  onError(error);
  return problemAnswer(isDamaged(error) ? problem('Damaged', error.message) : problem('InternalError'));
}

/** Answers the requests of a Node server. */
export function listenerOf(options: AppOptions): RequestListener {
  const others = getRequestListener(createApp(options).fetch, {
    overrideGlobalObjects: false,
    hostname: '127.0.0.1', // a request of HTTP/1.0 without a Host comes from no browser
    errorHandler: () => {
      const refusal = problem('RequestRefused', 'the target or the Host of the request is not valid');
      return new Response(JSON.stringify(refusal), { status: 400, headers: { 'Content-Type': problemMediaType } });
    },
  });
  const failure = (error: unknown, incoming: IncomingMessage) => failureAnswer(error, incoming, options.onError);
  return orderListener({ ...options, servesHost: servesHost(options.hostNames ?? []), failure }, others);
}
