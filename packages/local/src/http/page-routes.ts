import { Hono } from 'hono';
import type { ConsoleFiles } from './console-files.ts';

/** Everything comes from this server; nothing is inline, nothing is sent anywhere else, and nobody frames the page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

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
    <p>The API is served all the same, under <a href="/healthz">this address</a>.</p>
  </body>
</html>
`;

const security = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The pages of the console are one file; it reads its place from the address. */
const isPage = (path: string): boolean => path === '/' || path === '/console' || path.startsWith('/console/');

/** Serves the built console: its page at `/` and below `/console`, its files at their names. */
export function pageRoutes(files: ConsoleFiles): Hono {
  const routes = new Hono();
  routes.get('*', async (context, next) => {
    const page = isPage(context.req.path);
    const file = await files.read(page ? '/index.html' : context.req.path);
    if (file === undefined) {
      if (!page) return next();
      return context.html(notBuilt, 503, { ...security, 'Cache-Control': 'no-store' });
    }
    const headers: Record<string, string> = {
      ...security,
      ETag: file.tag,
      Vary: 'Accept-Encoding',
      'Cache-Control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    if (context.req.header('if-none-match')?.includes(file.tag)) return context.body(null, 304, headers);
    headers['Content-Type'] = file.type;
    const takesGzip = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
    const zipped = takesGzip ? await file.zipped() : undefined;
    if (zipped === undefined) return context.body(file.bytes, 200, headers);
    return context.body(zipped, 200, { ...headers, 'Content-Encoding': 'gzip' });
  });
  return routes;
}
