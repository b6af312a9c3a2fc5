// Takes a screenshot of every page, light and dark, wide and narrow, into a folder:
// pnpm --filter @coffee/console screenshots FOLDER
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium, openSettled } from './browser.ts';
import { CoffeeServer } from './coffee-server.ts';
import { prepareSampleData } from './sample-data.ts';

const widths = [1400, 400];
const modes = ['light', 'dark'] as const;

const [folder, only = ''] = process.argv.slice(2).filter((argument) => argument !== '--');
if (folder === undefined) throw new Error('name the folder for the screenshots');
await mkdir(folder, { recursive: true });

/** The whole page. A `fullPage` screenshot briefly makes the window one pixel wide, to which the page would adapt. */
async function takeWhole(page: Page, file: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 0, height: 0 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...before, height: Math.max(before.height, height) });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await page.screenshot({ path: join(folder ?? '', file) });
  await page.setViewportSize(before);
}

const empty = await CoffeeServer.start();
const server = await CoffeeServer.start({ retryMilliseconds: 20 });
const browser = await launchChromium();
try {
  const pages = [
    ...(await prepareSampleData(server)).map(({ name, path }) => ({ name, url: `${server.url}${path}` })),
    ...['executions', 'orders', 'invoices', 'mailbox', 'faults'].map((name) => ({
      name: `${name}-empty`,
      url: `${empty.url}/console/${name}`,
    })),
  ].filter(({ name }) => name.includes(only));
  for (const width of widths) {
    for (const colorScheme of modes) {
      const context = await browser.newContext({ viewport: { width, height: width > 1000 ? 900 : 800 }, colorScheme });
      const page = await context.newPage();
      for (const { name, url } of pages) {
        await openSettled(page, url);
        await takeWhole(page, `${name}-${colorScheme}-${width}.png`);
      }
      if ('place-an-order-wrong'.includes(only)) {
        await openSettled(page, `${server.url}/`);
        await page.getByRole('button', { name: 'Place order', exact: true }).click();
        await takeWhole(page, `place-an-order-wrong-${colorScheme}-${width}.png`);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.kill(); // one execution is still running, on purpose
  await empty.close();
}
