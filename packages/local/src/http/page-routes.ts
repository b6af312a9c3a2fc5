import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';

const self = ["'self'"];
const none = ["'none'"];

/** Everything comes from this server; nothing is inline, nothing is sent anywhere else, and no one frames the page. */
export const pagePolicy = {
  defaultSrc: none,
  scriptSrc: self,
  styleSrc: self,
  connectSrc: self,
  fontSrc: self,
  imgSrc: self,
  baseUri: none,
  formAction: none,
  frameAncestors: none,
};

/** The headers of a page, for a server that speaks plain HTTP. */
export const pageHeaders = (contentSecurityPolicy = pagePolicy) =>
  secureHeaders({ contentSecurityPolicy, xFrameOptions: 'DENY', strictTransportSecurity: false });

const notBuilt = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Coffee orders</title>
  </head>
  <body>
    <h1>The console is not built</h1>
    <p>Stop the server and start it by <code>npx pnpm start</code>, or build the console by
      <code>npx pnpm build</code> and load this page again.</p>
    <p>The API works without it: <a href="/healthz">/healthz</a>.</p>
  </body>
</html>
`;

const { resolve } = createRequire(import.meta.url);
const packaged = () => join(dirname(resolve('@coffee/console/package.json')), 'dist');

/** The console is one file, which reads the address to choose its page. */
const isPage = (path: string): boolean => path === '/' || path === '/console' || path.startsWith('/console/');

/** What is worth compressing. */
const packed = /^(?:text\/|application\/(?:json|manifest\+json)|image\/svg)/;

/**
 * Serves the built console: its page at `/` and below `/console`, its files at their names.
 *
 * @param issuer Whom the page may also call, to sign in.
 */
export function pageRoutes(folder = packaged(), issuer?: string): Hono {
  const connectSrc = issuer === undefined ? self : [...self, new URL(issuer).origin];
  const routes = new Hono();
  const page = join(folder, 'index.html');
  const rewriteRequestPath = (path: string) => (isPage(path) ? '/index.html' : path);
  let files: ReturnType<typeof serveStatic> | undefined;
  routes.use(
    pageHeaders({ ...pagePolicy, connectSrc }),
    compress({ encoding: 'gzip', contentTypeFilter: packed }),
    etag(),
  );
  const serve: MiddlewareHandler = async (context, next) => {
    const { method, path } = context.req;
    const isBuilt = existsSync(page);
    if (isBuilt) files ??= serveStatic({ root: folder, rewriteRequestPath });
    if (!isBuilt && isPage(path) && (method === 'GET' || method === 'HEAD')) {
      return context.html(notBuilt, 503, { 'Cache-Control': 'no-store' });
    }
    if (files === undefined || path.includes('/.')) return next(); // nothing hidden is served
    const found = await files(context, next);
    const isHashed = path.startsWith('/assets/');
    if (found instanceof Response) {
      found.headers.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    }
    return found;
  };
  routes.get('/', serve).get('/console/*', serve).use(serve);
  return routes;
}
