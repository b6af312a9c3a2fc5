import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Menu } from '@coffee/domain';
import { defineMenu } from '@coffee/domain';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConsolePage, launchChromium } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';

const menuOf = (currency: string, unitprice: string): Menu =>
  defineMenu({ currency, coffeetypes: ['Mocha'], coffeesizes: [{ coffeesize: 'Mug', unitprice }] });

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

/** Orders two mugs through the form, which shows their total, and waits for the end of the execution. */
async function orderTwo(page: Page, vendorid: string, total: string): Promise<string> {
  await page.getByRole('radio', { name: 'Mug' }).check();
  await page.getByRole('button', { name: 'Coffee', exact: false }).filter({ hasText: 'Choose one' }).click();
  await page.getByRole('option', { name: 'Mocha' }).click();
  await page.getByLabel('Quantity').fill('2');
  await expect.poll(() => page.locator('output').textContent()).toBe(total);
  await page.getByLabel('Account ID').fill('traveller');
  await page.getByLabel('Vendor ID').fill(vendorid);
  await page.getByLabel('Order date').fill('2026-11-24 09:30:00');
  await page.getByLabel('City').fill('Kuwait');
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/\/console\/executions\/[\w-]+$/);
  await page.getByRole('gridcell', { name: 'ExecutionSucceeded' }).waitFor();
  return page.url().split('/').at(-1) ?? '';
}

it('has the places of each currency, and never adds one currency to another', async () => {
  const data = join(folder, 'coffee.sqlite');
  const orders = [
    { vendorid: 'v0', menu: menuOf('KWD', '0.850'), price: '0.850 KWD', total: '1.700 KWD' },
    { vendorid: 'v1', menu: menuOf('JPY', '480'), price: '480 JPY', total: '960 JPY' },
  ];
  for (const [index, { vendorid, menu, price, total }] of orders.entries()) {
    const server = await CoffeeServer.start({ data, menu });
    try {
      const view = await ConsolePage.open(browser);
      const { page } = view;
      await page.goto(server.url);
      const orderid = await orderTwo(page, vendorid, total);

      await page.goto(`${server.url}/console/orders/traveller/${vendorid}`);
      await page.getByText(price, { exact: true }).waitFor();
      await page.getByText(total, { exact: true }).waitFor();
      await page.goto(`${server.url}/console/orders`);
      await page.getByRole('row', { name: new RegExp(`traveller / ${vendorid}.*${total}`) }).waitFor();
      await page.goto(`${server.url}/console/mailbox/${orderid}`);
      await page.getByRole('heading', { level: 1, name: new RegExp(`Mocha, Mug, ${total}`) }).waitFor();

      const all = orders.slice(0, index + 1).map((order) => order.total);
      const totals = all.toSorted((a, b) => (a.slice(-3) < b.slice(-3) ? -1 : 1));
      await page.goto(`${server.url}/console/invoices`);
      await page.getByRole('row', { name: new RegExp(`2026/11/traveller.*${totals.join(', ')}`) }).waitFor();
      await page.goto(`${server.url}/console/invoices/2026/11/traveller`);
      await page.getByText(totals.join(', '), { exact: true }).last().waitFor();
      for (const each of totals) {
        await page.getByRole('gridcell', { name: each, exact: true }).waitFor();
        await page.locator(`svg[aria-label="Ordered on each day of November 2026, in ${each.slice(-3)}"]`).waitFor();
      }
      expect(await page.locator('svg[aria-label^="Ordered on each day of"]').count()).toBe(totals.length);
      view.expectNoTrouble();
      await view.close();
    } finally {
      await server.close();
    }
  }
});
