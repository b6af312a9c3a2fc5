import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '../shell/paths.ts';
import { ConsolePage, launchChromium } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';

let server: CoffeeServer;
let empty: CoffeeServer;
let browser: Browser;
let pages: readonly { readonly name: string; readonly url: string }[];

beforeAll(async () => {
  [server, empty, browser] = await Promise.all([
    CoffeeServer.start({ retryMilliseconds: 10 }),
    CoffeeServer.start(),
    launchChromium(),
  ]);
  const { retried, failed, running } = await prepareSampleData();
  const filled = {
    'place-an-order': paths.placeOrder,
    executions: paths.executions,
    'execution-succeeded': paths.execution(retried),
    'execution-failed': paths.execution(failed),
    'execution-running': paths.execution(running),
    'execution-missing': paths.execution('nothing'),
    orders: paths.orders,
    order: paths.order('a1', 'v1'),
    invoices: paths.invoices,
    invoice: paths.invoice('2026/11/a0'),
    mailbox: paths.mailbox,
    mail: paths.mail(retried),
    'mail-missing': paths.mail(failed),
    faults: paths.faults,
    'not-found': '/console/nothing',
  };
  const lists = ['executions', 'orders', 'invoices', 'mailbox', 'faults'];
  pages = [
    ...Object.entries(filled).map(([name, path]) => ({ name, url: `${server.url}${path}` })),
    ...lists.map((list) => ({ name: `${list}-empty`, url: `${empty.url}/console/${list}` })),
  ];
});
afterAll(async () => {
  await browser?.close();
  await server?.kill(); // an execution still runs, on purpose
  await empty?.close();
});

const days = [2, 3, 3, 5, 6, 9, 9, 10, 11, 12, 13, 13, 16, 17, 18, 18, 18, 19, 20, 23];
const two = (value: number): string => String(value).padStart(2, '0');

/** Orders of five accounts over two months, then one retried, one failed and one running, and two faults that stay set. */
async function prepareSampleData() {
  const succeeded: string[] = [];
  for (const [n, day] of [...days, ...days].entries()) {
    const orderdate = `2026-${n < days.length ? 11 : 10}-${two(day)} ${two(8 + (n % 9))}:${two((n * 7) % 60)}:00`;
    succeeded.push(await server.placeRandom(n % 25, { orderdate, ...(n % 4 === 0 ? { accountid: 'a0' } : {}) }));
  }
  await Promise.all(succeeded.map((orderid) => server.ended(orderid)));

  const { client } = server;
  await client.setFault({ port: 'Notifier', method: 'publish', kind: 'before', times: 3 });
  const retried = await server.placeRandom(1, { orderdate: '2026-11-24 09:30:00' });
  await server.ended(retried);
  await client.setFault({ port: 'InvoiceStore', method: 'add', kind: 'before', times: 'always' });
  const failed = await server.placeRandom(2, { orderdate: '2026-11-24 09:40:00' });
  await server.ended(failed);
  await client.clearFaults();
  const slow = { port: 'OrderRepository', method: 'put', kind: 'slow', milliseconds: 60_000, times: 'always' } as const;
  await client.setFault(slow);
  await client.setFault({ port: 'Notifier', method: 'publish', kind: 'after', times: 'always' });
  const running = await server.placeRandom(3, { orderdate: '2026-11-24 09:50:00' });
  return { retried, failed, running };
}

/** Opens a page of the console and waits until it shows what it has. */
async function openSettled(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => !/Loading /.test(document.querySelector('main')?.textContent ?? ''));
  await page.evaluate(() => document.fonts.ready);
  // The drawing and the chart measure themselves after the first frames.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 150)))),
  );
}

/** Saves a screenshot of the whole page if `SCREENSHOTS` names a folder for them. */
async function takeScreenshot(page: Page, name: string): Promise<void> {
  const { SCREENSHOTS: folder } = process.env;
  if (folder === undefined) return;
  // A `fullPage` screenshot briefly makes the window one pixel wide, to which the page would adapt.
  const before = page.viewportSize() ?? { width: 0, height: 0 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...before, height: Math.max(before.height, height) });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.setViewportSize(before);
}

/** The answer to a question about nothing is 404, and the browser says so too. */
const missing = [
  '404: /executions/nothing',
  'console: Failed to load resource: the server responded with a status of 404',
];

describe('every page', () => {
  it.each([
    ['light', 1400],
    ['dark', 1400],
    ['light', 400],
    ['dark', 400],
  ] as const)('%s and %d pixels wide, has no error and no violation, and fits', async (colorScheme, width) => {
    const view = await ConsolePage.open(browser, { viewport: { width, height: 900 }, colorScheme });
    const { page } = view;
    const titles = new Set<string>();

    const check = async (name: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
      const found = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${name}: ${id}: ${target}: ${failureSummary}`),
        );
      expect(found).toEqual([]);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([name, beyond]).toEqual([name, 0]);
      await takeScreenshot(page, `${name}-${colorScheme}-${width}`);
    };

    for (const { name, url } of pages) {
      await openSettled(page, url);
      view.expectNoTrouble(...(name === 'execution-missing' ? missing : []));
      await check(name);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      titles.add(await page.title());
    }
    // Five empty pages and the missing email share theirs with others.
    expect(titles.size).toBeGreaterThanOrEqual(pages.length - 6);

    await openSettled(page, server.url);
    await page.getByRole('button', { name: 'Place order', exact: true }).click();
    await page.getByText('City is required').waitFor();
    await check('place-an-order-wrong');
    await view.close();
  });
});
