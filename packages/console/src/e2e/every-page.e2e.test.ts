import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, openSettled } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';
import { ConsolePage } from '../test-support/console-page.ts';
import type { SamplePage } from '../test-support/sample-data.ts';
import { prepareSampleData } from '../test-support/sample-data.ts';

let server: CoffeeServer;
let empty: CoffeeServer;
let browser: Browser;
let pages: readonly (SamplePage & { readonly url: string })[];

beforeAll(async () => {
  [server, empty, browser] = await Promise.all([
    CoffeeServer.start({ retryMilliseconds: 10 }),
    CoffeeServer.start(),
    launchChromium(),
  ]);
  const lists = ['executions', 'orders', 'invoices', 'mailbox', 'faults'];
  pages = [
    ...(await prepareSampleData(server)).map((page) => ({ ...page, url: `${server.url}${page.path}` })),
    ...lists.map((list) => ({ name: `${list}, empty`, path: '', url: `${empty.url}/console/${list}` })),
  ];
});
afterAll(async () => {
  await browser?.close();
  await server?.kill(); // an execution still runs, on purpose
  await empty?.close();
});

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
    const titles = new Set<string>();
    for (const { name, url } of pages) {
      await openSettled(view.page, url);
      view.expectNoTrouble(...(name === 'execution-missing' ? missing : []));

      const { violations } = await new AxeBuilder({ page: view.page })
        .options({ resultTypes: ['violations'] })
        .analyze();
      const found = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${name}: ${id}: ${target}: ${failureSummary}`),
        );
      expect(found).toEqual([]);

      const beyond = await view.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([name, beyond]).toEqual([name, 0]);
      expect(await view.page.getByRole('heading', { level: 1 }).count()).toBe(1);
      titles.add(await view.page.title());
    }
    // Five empty pages and the two mails that are missing share theirs with others.
    expect(titles.size).toBeGreaterThanOrEqual(pages.length - 6);
    await view.close();
  });
});
