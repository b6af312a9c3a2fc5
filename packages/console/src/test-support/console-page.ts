import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

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
      const { pathname } = new URL(request.url());
      // Leaving a page ends its events and whatever it is still reading.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') this.#troubles.push(`no answer: ${pathname}`);
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
