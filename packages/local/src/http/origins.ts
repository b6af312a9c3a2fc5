import { problem } from '@coffee/api';
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { loopback } from './graceful-server.ts';
import { answerProblem } from './messages.ts';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The host and port that a request names. Node writes the `Host`, or the absolute target, into the URL. */
const hostOf = (url: string): string => url.split('/', 3)[2] ?? '';

/**
 * Refuses every request that names a host that is not served: a foreign name that resolves to this machine (DNS rebinding)
 * would make another page's script one of ours.
 */
export const refuseForeignHosts =
  (serves: (host: string) => boolean): MiddlewareHandler =>
  async (context, next) => {
    if (!serves(hostOf(context.req.url))) return answerProblem(context, problem('HostRejected'));
    return next();
  };

/** Our pages come from the address they call. A named host may be served over TLS by something in front. */
const isOwn = (origin: string, host: string): boolean =>
  origin === `http://${host}` || (origin === `https://${host}` && !loopback.test(host));

/**
 * Refuses calls that change something to other web pages in the same browser: a browser names the page's origin, and it
 * must be the server's own. Callers that are not browsers send no origin. (Hono's `csrf` looks at forms only.)
 */
export const refuseForeignOrigins: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  if (reading.has(context.req.method) || origin === undefined || isOwn(origin, hostOf(context.req.url))) {
    await next();
    return;
  }
  return answerProblem(context, problem('OriginRejected'));
};

/** Lets pages of loopback origins, and of these, read answers (CORS); `*` lets every page. */
export function shareWith(origins: readonly string[]): MiddlewareHandler {
  const isLoopback = (origin: string) => /^https?:\/\//.test(origin) && loopback.test(hostOf(origin));
  const share = cors({
    origin: origins.includes('*')
      ? '*'
      : (origin) => (isLoopback(origin) || origins.includes(origin) ? origin : undefined),
    allowMethods: ['GET', 'POST', 'OPTIONS'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
    exposeHeaders: ['Location', 'Retry-After'],
    maxAge: 600,
  });
  return (context, next) => {
    if (context.req.method === 'OPTIONS' || context.req.header('origin') !== undefined) return share(context, next);
    context.header('Vary', 'Origin'); // no page asks: the same answer, without the work
    return next();
  };
}
