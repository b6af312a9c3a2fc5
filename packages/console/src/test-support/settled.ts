import type { Page } from 'playwright-core';

/** Opens a page of the console and waits until it shows what it has. */
export async function openSettled(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => !/Loading /.test(document.querySelector('main')?.textContent ?? ''));
  await page.evaluate(() => document.fonts.ready);
  // The drawing and the chart measure themselves after the first frames.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 150)))),
  );
}
