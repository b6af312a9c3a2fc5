import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * Starts Chromium, the one that `CHROMIUM` names or Debian's.
 *
 * @throws when there is none, with the command that installs it.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = places.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      'These tests need Chromium: apt-get install -y chromium (Debian), or set CHROMIUM to the path of another.',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

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
