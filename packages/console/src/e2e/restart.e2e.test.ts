import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConsolePage, launchChromium } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';

let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-console-'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

it('survives the server: says that it is gone, and when it is back goes on with what is true then', async () => {
  const data = join(folder, 'coffee.sqlite');
  let server = await CoffeeServer.start({ data });
  try {
    await server.ended(await server.placeRandom(0));
    const view = await ConsolePage.open(browser);
    const { page } = view;
    await page.goto(`${server.url}/console/executions`);
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(1);
    // Listening already: an order placed elsewhere appears by itself.
    await server.ended(await server.placeRandom(1));
    await expect.poll(() => page.getByRole('rowheader').count(), { timeout: 5000 }).toBe(2);
    view.expectNoTrouble();

    const port = Number(new URL(server.url).port);
    await server.kill();
    await page.getByText('The server does not answer').waitFor();
    server = await CoffeeServer.start({ data, port });
    const meanwhile = await server.placeRandom(2);
    await page.getByText('The server is back').waitFor();
    await page.getByRole('link', { name: meanwhile }).waitFor();

    view.takeTroubles(); // the browser reported the failed requests
    const after = await server.placeRandom(3);
    await page.getByRole('link', { name: after }).waitFor();
    await page.getByRole('link', { name: after }).click();
    await page.locator('.react-flow').getByRole('button', { name: 'Job Succeeded Succeeded' }).waitFor();
    view.expectNoTrouble();
    await view.close();
  } finally {
    await server.close();
  }
});
