import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { expect } from 'vitest';

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * Starts Chromium: the one that `CHROMIUM` names, or Debian's.
 *
 * @throws if there is none, with the command that installs it.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = places.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) {
    throw new Error('These tests need Chromium: apt-get install -y chromium, or set CHROMIUM to its path.');
  }
  return chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-quic'] });
}

/** A page of the console that records everything that goes wrong in it. */
export class ConsolePage {
  readonly page: Page;
  readonly #troubles: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#troubles.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#troubles.push(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      // Leaving a page aborts its event stream and pending reads.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') this.#troubles.push(`no answer: ${request.url()}`);
    });
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (response.status() >= 400) this.#troubles.push(`${response.status()}: ${pathname}`);
    });
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<ConsolePage> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    return new ConsolePage(await context.newPage());
  }

  /** What went wrong since the last call. */
  takeTroubles(): string[] {
    return this.#troubles.splice(0);
  }

  /** Expects that nothing went wrong, except for troubles that begin with the given words. */
  expectNoTrouble(...expected: readonly string[]): void {
    expect(this.takeTroubles().filter((trouble) => !expected.some((words) => trouble.startsWith(words)))).toEqual([]);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
