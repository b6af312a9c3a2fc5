import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoffeeSystem } from '../test-support/coffee-system.ts';

const page = '<!doctype html><title>Coffee orders</title>';
const script = 'console.log("coffee");\n'.repeat(100);

let folder: string;
let system: CoffeeSystem;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-console-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret'), 'not of the console');
  await writeFile(join(folder, 'dist', '.hidden'), 'not of the console');
  await writeFile(join(folder, 'dist', 'index.html'), page);
  await writeFile(join(folder, 'dist', 'favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'dist', 'assets', 'index-1a2b3c.js'), script);
  await writeFile(join(folder, 'dist', 'assets', 'font.woff2'), Buffer.alloc(5000));
  system = await CoffeeSystem.start({ console: join(folder, 'dist') });
});
afterAll(async () => {
  await system.close();
  await rm(folder, { recursive: true });
});

const plain = { headers: { 'accept-encoding': 'identity' } };

describe('the console', () => {
  it.each(['/', '/console', '/console/', '/console/executions/o1?tab=history'])('is the page at %s', async (path) => {
    const answer = await system.fetch(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(await answer.text()).toBe(page);
  });

  it('runs only its own scripts, none of them inline, and cannot be framed', async () => {
    const policy = (await system.fetch('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('lets files with hashed names be cached for ever, and others be revalidated', async () => {
    const asset = await system.fetch('/assets/index-1a2b3c.js', plain);
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toBeNull();
    expect(await asset.text()).toBe(script);
    const icon = await system.fetch('/favicon.svg');
    expect(icon.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(icon.headers.get('cache-control')).toBe('no-cache');
  });

  it('is compressed for clients that accept gzip, where that helps', async () => {
    const request = { headers: { 'accept-encoding': 'gzip' } };
    const asset = await system.fetch('/assets/index-1a2b3c.js', request);
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect(asset.headers.get('vary')).toBe('Accept-Encoding');
    expect(await asset.text()).toBe(script);
    expect((await system.fetch('/assets/font.woff2', request)).headers.get('content-encoding')).toBeNull();
  });

  it('answers 304 to a client that has it already, and the new page after a rebuild', async () => {
    const tag = (await system.fetch('/')).headers.get('etag') ?? '';
    const again = () => system.fetch('/', { headers: { 'if-none-match': tag } });
    const answer = await again();
    expect([answer.status, await answer.text()]).toEqual([304, '']);
    await writeFile(join(folder, 'dist', 'index.html'), `${page}<!-- new -->`);
    expect((await again()).status).toBe(200);
    await writeFile(join(folder, 'dist', 'index.html'), page);
  });

  it('answers every other path with the problem for it', async () => {
    for (const path of ['/assets/index-0.js', '/assets', '/nothing', '/favicon.svg/x', '/prod/nothing']) {
      const answer = await system.fetch(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.json()).toMatchObject({ code: 'RouteNotFound' });
    }
    expect((await system.send('POST', '/')).status).toBe(405);
  });

  it('reads nothing outside its folder, and nothing hidden, whatever the path', async () => {
    const segment = fc.constantFrom(
      '..',
      '.',
      '',
      'secret',
      '.hidden',
      '%2e%2e',
      '..%2f',
      'assets',
      'dist',
      '%00',
      '~',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 6 }), async (segments) => {
        const call = request(system.url, { path: `/${segments.join('/')}` }); // fetch would resolve the dots
        const [answer] = (await once(call.end(), 'response')) as [IncomingMessage];
        const body = await text(answer);
        expect(body).not.toContain('not of the console');
        if (answer.statusCode !== 404) expect(body).toBe(page); // the dots led to `/`
      }),
    );
  });
});

it('says how to build the console when it is not built', async () => {
  const bare = await CoffeeSystem.start({ console: join(folder, 'nothing') });
  try {
    const answer = await bare.fetch('/');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('npx pnpm build');
    expect((await bare.fetch('/healthz')).status).toBe(200);
  } finally {
    await bare.close();
  }
});
