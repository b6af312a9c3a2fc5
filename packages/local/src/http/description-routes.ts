import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Menu } from '@coffee/domain';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { pageHeaders, pagePolicy } from './page-routes.ts';

const { resolve } = createRequire(import.meta.url);

/** What the page loads of `swagger-ui-dist`. */
const files = 'swagger-ui\\.css|swagger-ui-bundle\\.js|favicon-32x32\\.png';

/** The description of the API: `/openapi.json` for programs, `/docs` for people. Loaded on demand. */
export function descriptionRoutes({ menu }: { readonly menu: Menu }): Hono {
  const routes = new Hono();

  routes.get('/openapi.json', async (context) => {
    const { openApiDocument } = await import('@coffee/api/openapi');
    const { origin } = new URL(context.req.url);
    return context.json(openApiDocument({ menu, origin }), 200, { 'Cache-Control': 'no-cache' });
  });

  routes.get('/docs', async (context) => {
    const { docsPage, docsSources } = await import('./docs-page.ts');
    context.header('Cache-Control', 'no-cache');
    return pageHeaders({ ...pagePolicy, ...docsSources })(context, async () => {
      context.res = await context.html(docsPage);
    });
  });

  const swagger = serveStatic({
    root: dirname(resolve('swagger-ui-dist/package.json')),
    rewriteRequestPath: (path) => path.slice('/docs'.length),
  });
  routes.get(`/docs/:file{${files}}`, async (context, next) => {
    const found = await swagger(context, next);
    if (found instanceof Response) found.headers.set('Cache-Control', 'max-age=86400');
    return found;
  });

  return routes;
}
