import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Menu } from '@coffee/domain';
import { Hono } from 'hono';

const { resolve } = createRequire(import.meta.url);

/** What the page loads of `swagger-ui-dist`. */
const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** The description of the API: `/openapi.json` for programs, `/docs` for people. Loaded when it is asked for. */
export function descriptionRoutes({ menu }: { readonly menu: Menu }): Hono {
  const routes = new Hono();

  routes.get('/openapi.json', async (context) => {
    const { openApiDocument } = await import('./document.ts');
    const { origin } = new URL(context.req.url);
    return context.json(openApiDocument({ menu, origin }), 200, { 'Cache-Control': 'no-cache' });
  });

  routes.get('/docs', async (context) => {
    const { docsPage, docsPolicy } = await import('./docs-page.ts');
    return context.html(docsPage, 200, { 'Content-Security-Policy': docsPolicy, 'Cache-Control': 'no-cache' });
  });

  routes.get('/docs/:file', async (context, next) => {
    const file = context.req.param('file');
    const type = Object.hasOwn(files, file) ? files[file] : undefined;
    if (type === undefined) return next();
    const bytes = await readFile(join(dirname(resolve('swagger-ui-dist/package.json')), file));
    return context.body(bytes, 200, { 'Content-Type': type, 'Cache-Control': 'max-age=86400' });
  });

  return routes;
}
