import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeMany } from '../pages/place-order/random-orders.ts';
import { ConsolePage, launchChromium } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';

const total = 10_000;

let folder: string;
let server: CoffeeServer;
let browser: Browser;
let last = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-console-'));
  server = await CoffeeServer.start({ data: join(folder, 'coffee.sqlite') });
  const { failures } = await placeMany(
    total,
    async (index) => {
      last = await server.placeRandom(index, {
        orderdate: `2026-11-${String((index % 28) + 1).padStart(2, '0')} 10:00:00`,
      });
    },
    { atOnce: 64 },
  );
  expect(failures).toEqual([]);
  await server.ended(last);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true });
});

describe(`with ${total} executions`, () => {
  it.each([
    ['executions', 'Executions'],
    ['orders', 'Orders'],
    ['invoices', 'Invoices'],
    ['mailbox', 'Mailbox'],
  ])('the %s come a page at a time, in short answers', async (path, name) => {
    const view = await ConsolePage.open(browser);
    const { page } = view;
    const bytes: number[] = [];
    page.on('response', (response: Response) => {
      if (new URL(response.url()).pathname === `/${path}`) {
        response.body().then(
          (body) => bytes.push(body.length),
          () => undefined,
        );
      }
    });
    await page.goto(server.url);
    await page.getByRole('heading', { level: 1 }).waitFor();

    await page.getByRole('navigation', { name: 'Side navigation' }).getByRole('link', { name, exact: true }).click();
    await page.getByRole('rowheader').first().waitFor();
    expect(await page.getByRole('rowheader').count()).toBeLessThanOrEqual(20);
    await expect.poll(() => bytes.length).toBeGreaterThan(0);
    expect(Math.max(...bytes)).toBeLessThan(50_000);
    view.expectNoTrouble();
    await view.close();
  });

  it('turns the pages of the executions, back and forth, each with other executions', async () => {
    const view = await ConsolePage.open(browser);
    const { page } = view;
    await page.goto(`${server.url}/console/executions`);
    const names = () => page.getByRole('rowheader').allTextContents();
    await page.getByRole('rowheader').first().waitFor();
    const first = await names();
    const seen = new Set(first);
    for (let turned = 1; turned <= 5; turned++) {
      const [before] = await names();
      await page.getByRole('button', { name: 'Next page' }).click();
      await expect.poll(async () => (await names())[0]).not.toBe(before);
      for (const name of await names()) seen.add(name);
      expect(seen.size).toBe((turned + 1) * 20);
    }
    await page.getByRole('button', { name: 'Page 1 of all pages' }).click();
    await expect.poll(names).toEqual(first);
    view.expectNoTrouble();
    await view.close();
  });

  it('shows an invoice of two thousand lines', async () => {
    const view = await ConsolePage.open(browser);
    const { page } = view;
    await page.goto(`${server.url}/console/invoices/2026/11/a0`);
    await page.getByText(`(${total / 5})`).waitFor();
    expect(await page.getByRole('grid', { name: 'Lines' }).getByRole('rowheader').count()).toBe(20);
    view.expectNoTrouble();
    await view.close();
  });
});
