import { problem } from '@coffee/api';
import type { MiddlewareHandler } from 'hono';
import { answerProblem } from './messages.ts';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** The server's own pages come from the address they call. A name that leads here from elsewhere is not one of ours. */
const isOwn = (origin: string, host: string): boolean => loopback.test(host) && origin === `http://${host}`;

/**
 * Refuses calls that change something to other web pages in the same browser: a browser names the page's origin, and it
 * must be the server's own. Callers that are not browsers send no origin. (Hono's `csrf` looks at forms only.)
 */
export const refuseForeignOrigins: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  if (reading.has(context.req.method) || origin === undefined || isOwn(origin, context.req.header('host') ?? '')) {
    await next();
    return;
  }
  return answerProblem(context, problem('OriginRejected'));
};
