import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { launchChromium } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? '';

/** The files that a chunk brings with it. */
function filesOf(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (chunk === undefined || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const other of chunk.imports ?? []) filesOf(other, found);
  return found;
}

const zipped = (file: string): number => gzipSync(readFileSync(join(dist, file))).length;
const sum = (files: Iterable<string>): number => [...files].reduce((bytes, file) => bytes + zipped(file), 0);

const frame = filesOf(entry);
const pages = (manifest[entry]?.dynamicImports ?? []).map((key) => ({
  name: manifest[key]?.src?.split('/').at(-1)?.replace('.tsx', '') ?? key,
  files: filesOf(key, new Set(frame)),
}));
const pageOf = (name: string) => pages.find((page) => page.name === name)?.files ?? new Set<string>();
const stylesOf = new Map(Object.values(manifest).map(({ file, css = [] }) => [file, css]));
const contains = (files: Iterable<string>, words: string): boolean =>
  [...files].some((file) => readFileSync(join(dist, file), 'utf8').includes(words));

describe('the JavaScript of the console, gzipped', () => {
  it('is under 400 kB for the first page, and for every other', () => {
    console.log(`frame ${(sum(frame) / 1000).toFixed(0)} kB`);
    for (const { name, files } of pages) console.log(`${name} ${(sum(files) / 1000).toFixed(0)} kB with the frame`);
    expect(pages.length).toBeGreaterThan(9);
    expect(sum(pageOf('place-order-page'))).toBeLessThan(400_000);
    for (const { name, files } of pages) expect([name, sum(files) < 450_000]).toEqual([name, true]);
  });

  it('has the drawing on the page of an execution only, and the chart on that of an invoice only', () => {
    const with_ = (words: string) => pages.filter(({ files }) => contains(files, words)).map(({ name }) => name);
    expect(with_('react-flow__viewport')).toEqual(['execution-page']);
    expect(with_('yTickFormatter')).toEqual(['invoice-page']);
  });

  it('is what a browser loads', async () => {
    const [server, browser] = await Promise.all([CoffeeServer.start(), launchChromium()]);
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.getByRole('heading', { level: 1, name: 'Place an order' }).waitFor();
    const scripts = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => name.endsWith('.js'))
        .map(({ encodedBodySize }) => encodedBodySize),
    );
    await browser.close();
    await server.close();
    const bytes = scripts.reduce((total, size) => total + size, 0);
    console.log(`the first page loads ${scripts.length} scripts of ${bytes} bytes`);
    expect(scripts.length).toBeLessThan(60);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(400_000);
  });

  it('paints the frame from the entry, its imports and their styles, under 350 kB, before anything else arrives', async () => {
    const styles = [...frame].flatMap((file) => stylesOf.get(file) ?? []);
    const needed = new Set([...frame, ...styles].map((file) => `/${file}`));
    expect(sum(frame) + sum(styles)).toBeLessThan(350_000);

    const [server, browser] = await Promise.all([CoffeeServer.start(), launchChromium()]);
    const page = await browser.newPage();
    const held: string[] = [];
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/' || needed.has(pathname)) await route.continue();
      else held.push(pathname);
    });
    await page.goto(server.url, { waitUntil: 'commit' });
    await page.getByRole('navigation', { name: 'Side navigation' }).waitFor();
    await expect.poll(() => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)).toBe(1);
    expect(held.some((path) => path.includes('place-order-page'))).toBe(true);
    await browser.close();
    await server.close();
  });
});
