import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsolePage, launchChromium } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';

let server: CoffeeServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([CoffeeServer.start(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function expectAccessible(page: Page, step: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${step}: ${id}: ${target}: ${failureSummary}`),
    );
  expect(found).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}

describe('/docs', () => {
  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    '%s and %d pixels wide, places an order; all of it comes from this server',
    async (colorScheme, width) => {
      const view = await ConsolePage.open(browser, { viewport: { width, height: 900 }, colorScheme });
      const { page } = view;
      const elsewhere: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
      });
      await page.goto(`${server.url}/docs`);
      const operation = (id: string) => page.locator(`[id$="-${id}"]`);
      await operation('placeOrder').waitFor();
      await expectAccessible(page, 'closed');

      for (const id of ['placeOrder', 'getOrder', 'setFault', 'clearFaults']) {
        await operation(id).locator('.opblock-summary-control').click();
        await operation(id).locator('.responses-wrapper').waitFor();
      }
      await page.locator('.models-control').click();
      await expectAccessible(page, 'open');

      await operation('placeOrder').locator('.try-out__btn').click();
      await operation('placeOrder').locator('.execute').click();
      const answer = operation('placeOrder').locator('.live-responses-table .response .response-col_status');
      await answer.waitFor();
      expect((await answer.textContent())?.trim()).toMatch(/^202/);
      await expectAccessible(page, 'tried');

      expect(elsewhere).toEqual([]);
      view.expectNoTrouble();
      await view.close();
    },
  );
});
