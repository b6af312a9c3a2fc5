import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConsolePage, launchChromium } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';

let server: CoffeeServer;
let browser: Browser;
let view: ConsolePage;

beforeAll(async () => {
  [server, browser] = await Promise.all([CoffeeServer.start({ retryMilliseconds: 300 }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  await server.client.clearFaults();
  view = await ConsolePage.open(browser);
});
afterEach(() => view.close());

const open = async (path: string) => {
  await view.page.goto(`${server.url}${path}`);
  return view.page;
};
const inNavigation = (text: string) =>
  view.page.getByRole('navigation', { name: 'Side navigation' }).getByRole('link', { name: text, exact: true }).click();
const heading = (name: string) => view.page.getByRole('heading', { level: 1, name }).waitFor();
/** A state of the drawing, by its name and status: `task_notify Failed 10 retries`. */
const state = (name: string) =>
  view.page.locator('.react-flow').getByRole('button', { name: new RegExp(`: Invoke ${name}$|state ${name}$`) });

describe('a person', () => {
  it('orders a coffee, watches the graph end in Job Succeeded, and reads order, invoice, its link and the mail', async () => {
    const page = await open('/');
    await page.getByRole('radio', { name: 'Medium' }).check();
    await page.getByRole('button', { name: 'Coffee', exact: false }).filter({ hasText: 'Choose one' }).click();
    await page.getByRole('option', { name: 'Flat White' }).click();
    await page.getByLabel('Quantity').fill('3');
    await expect.poll(() => page.locator('output').textContent()).toBe('12.00 AUD');
    await page.getByLabel('Quantity').fill('2');
    await expect.poll(() => page.locator('output').textContent()).toBe('8.00 AUD');
    await page.getByLabel('Account ID').fill('person');
    await page.getByLabel('Vendor ID').fill('corner-shop');
    await page.getByLabel('Order date').fill('2026-11-24 09:30:00');
    await page.getByLabel('City').fill("L'Aquila");
    await page.getByText('2026/11/person').waitFor();
    await page.getByRole('button', { name: 'Place order' }).click();

    await page.waitForURL(/\/console\/executions\/[\w-]+$/);
    const orderid = page.url().split('/').at(-1) ?? '';
    for (const name of ['task_put_item', 'task_put_object', 'task_notify', 'Job Succeeded']) {
      await state(`${name} Succeeded`).waitFor();
    }
    await state('Job Failed Not started').waitFor();
    await page.getByRole('gridcell', { name: 'ExecutionSucceeded' }).waitFor();
    await state('task_notify Succeeded').click();
    await page.getByRole('heading', { name: 'task_notify' }).waitFor();
    await page.getByRole('tab', { name: 'Output' }).click();
    await page.getByRole('tree', { name: 'State output' }).getByText('"corner-shop"').waitFor();

    await page.getByRole('link', { name: 'person / corner-shop' }).click();
    await heading('person / corner-shop');
    await page.getByText('2 × Flat White, Medium').waitFor();

    await page.getByRole('link', { name: '2026/11/person' }).click();
    await heading('2026/11/person');
    await page.getByRole('row', { name: /2026-11-24 09:30:00.*8\.00 AUD/ }).waitFor();
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Open in a new tab' }).click(),
    ]);
    await tab.waitForLoadState();
    expect(JSON.parse((await tab.textContent('body')) ?? '')).toMatchObject({
      objectKey: '2026/11/person',
      totals: [{ currency: 'AUD', total: '8.00' }],
    });
    await tab.close();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('invoice-2026-11-person.json');
    const before = await page.getByRole('timer').textContent();
    await expect.poll(() => page.getByRole('timer').textContent(), { timeout: 5000 }).not.toBe(before);

    await inNavigation('Mailbox');
    await page.getByRole('link', { name: 'Coffee order: 2 x Flat White, Medium, 8.00 AUD' }).click();
    await page.getByRole('article').getByText(orderid).waitFor();
    await page.getByRole('article').getByText("L'Aquila").waitFor();
    await page.getByRole('link', { name: 'person / corner-shop' }).click();
    await heading('person / corner-shop');
    view.expectNoTrouble();
  });

  it('makes the notifier fail, sees the retries and the failure, and redrives it to success', async () => {
    const page = await open('/console/faults');
    await page.getByRole('radio', { name: 'Always' }).check();
    await page.getByRole('button', { name: 'Set fault' }).click();
    await page.getByRole('row', { name: /Notifier\.publish.*Fails before the work.*Always/ }).waitFor();

    await inNavigation('Place an order');
    await page.getByRole('button', { name: 'Random order', exact: true }).click();
    await page.getByRole('button', { name: 'Place order' }).click();
    const retrying = state(String.raw`task_notify In progress \d+ retr(y|ies)`);
    const retries = async () => Number(/(\d+) retr/.exec((await retrying.textContent()) ?? '')?.[1]);
    await retrying.waitFor();
    const first = await retries();
    await expect.poll(retries).toBeGreaterThan(first);
    await state('task_notify Failed 10 retries').waitFor();
    await state('Job Succeeded Not started').waitFor();
    await page.getByText('publish failed on purpose').first().waitFor();
    const failed = page.url();

    await inNavigation('Executions');
    await page.getByRole('button', { name: 'All, newest first' }).click();
    await page.getByRole('option', { name: 'All, failed first' }).click();
    await expect.poll(() => page.getByRole('row').nth(1).textContent()).toMatch(/Failed.*Unavailable/);

    await inNavigation('Faults');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByText('Every port works.').waitFor();

    await page.goto(failed);
    await page.getByRole('button', { name: 'Redrive' }).click();
    await state('Job Succeeded Succeeded').waitFor();
    await state('task_notify Succeeded 10 retries').waitFor();
    await page.getByRole('gridcell', { name: 'ExecutionRedriven' }).waitFor();
    expect(await page.getByRole('button', { name: 'Redrive' }).count()).toBe(0);
    view.expectNoTrouble();
  });

  it('places fifty orders and sees fifty executions', async () => {
    const known = await executionsNow();
    const page = await open('/');
    await page.getByRole('button', { name: 'Place 50 random orders' }).click();
    await page.getByText('50 of 50 placed').first().waitFor();
    await page.getByRole('button', { name: 'The 50 executions' }).click();
    const links = page.getByRole('link', { name: /^[\da-f]{8}-[\da-f-]{27}$/ });
    expect(await links.count()).toBe(50);
    const placed = await links.allTextContents();

    await page.getByRole('link', { name: 'View executions' }).click();
    await heading('Executions');
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('radio', { name: '100 executions' }).check();
    await page.getByRole('button', { name: 'Confirm' }).click();
    const rows = page.getByRole('row').filter({ hasText: 'Succeeded' });
    await expect.poll(() => rows.count(), { timeout: 10_000 }).toBeGreaterThanOrEqual(50);
    const shown = await page.getByRole('rowheader').allTextContents();
    expect(placed.filter((orderid) => !shown.includes(orderid))).toEqual([]);
    expect((await executionsNow()) - known).toBe(50);
    view.expectNoTrouble();
  });

  async function executionsNow(): Promise<number> {
    const { executions } = await server.client.listExecutions({ limit: 1000 });
    return executions.length;
  }

  it('sees what the server refuses at the fields it is about', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Random order', exact: true }).click();
    // Between page and server the order is spoilt, as if the menu had changed meanwhile.
    await page.route('**/prod/order', (route) => {
      const { order } = route.request().postDataJSON() as { order: { details: object } };
      const details = { ...order.details, unitprice: '0.10', quantity: 1000 };
      return route.continue({ postData: JSON.stringify({ order: { ...order, details, eventtype: ['not so'] } }) });
    });
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText(/^Unit price must be the list price of/).waitFor();
    await page.getByText('Quantity must be a whole number from 1 to 100').waitFor();
    await page
      .getByText(/^Eventtype\.0|^Event types/)
      .last()
      .waitFor();
    const quantity = page.getByLabel('Quantity');
    expect(await quantity.getAttribute('aria-invalid')).toBe('true');
    await quantity.fill('11'); // random orders have at most 10
    await expect.poll(() => quantity.getAttribute('aria-invalid')).not.toBe('true');
    view.expectNoTrouble('400: /prod/order', 'console: Failed to load resource');
  });

  it('is told at each field what it lacks, before anything is sent', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Place order' }).click();
    for (const name of ['Size', 'Coffee', 'Account ID', 'Vendor ID', 'City']) {
      await page.getByText(`${name} is required`).waitFor();
    }
    expect(await page.evaluate(() => document.activeElement?.getAttribute('value'))).toBe('Small');
    view.expectNoTrouble();
  });

  it('finds an order by account and vendor, and an invoice by month and account', async () => {
    const parts = { accountid: 'finder', vendorid: 'vf', orderdate: '2025-03-09 10:00:00' };
    await server.ended(await server.placeRandom(0, parts));
    await server.ended(await server.placeRandom(0, { ...parts, vendorid: 'other' }));
    const page = await open('/console/orders');
    await page.getByLabel('Account ID').fill('finder');
    await page.getByLabel('Vendor ID').fill('vf');
    await expect.poll(() => page.getByRole('rowheader').allTextContents()).toEqual(['finder / vf']);
    await page.getByLabel('Vendor ID').fill('nobody');
    await page.getByRole('button', { name: 'Show all orders' }).click();
    await expect.poll(() => page.getByRole('rowheader').count()).toBeGreaterThan(1);

    await inNavigation('Invoices');
    await page.getByLabel('Month', { exact: true }).fill('2025/03');
    await page.getByLabel('Account ID').fill('finder');
    await expect.poll(() => page.getByRole('rowheader').allTextContents()).toEqual(['2025/3/finder']);
    view.expectNoTrouble();
  });

  it('does everything by keyboard, and hears where it led', async () => {
    const page = await open('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        if ((await focused())?.startsWith(name)) return;
      }
      throw new Error(`no tab leads to ${name}`);
    };
    await tabTo('Random order');
    await page.keyboard.press('Enter');
    await tabTo('Place order');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/console/executions/*');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await page.title()).toBe(`${await focused()} | Coffee orders`);
    await state('Job Succeeded Succeeded').waitFor();
    await tabTo('AWS Lambda: Invoketask_put_object');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'task_put_object' }).waitFor();
    view.expectNoTrouble();
  });

  it('goes from page to page without loading the console anew, and opens a tab when asked for one', async () => {
    const page = await open('/');
    await page.evaluate(() => document.body.setAttribute('data-kept', ''));
    await inNavigation('Executions');
    await heading('Executions');
    await page.getByRole('link', { name: 'Place an order' }).last().click();
    await heading('Place an order');
    await inNavigation('Orders');
    await page.getByRole('link', { name: 'Coffee orders' }).last().click();
    await heading('Place an order');
    await page.goBack();
    await heading('Orders');
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Invoices', exact: true }).click({ modifiers: ['ControlOrMeta'] }),
    ]);
    await tab.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
    await heading('Orders');
    expect(await page.locator('body[data-kept]').count()).toBe(1);

    await page.setViewportSize({ width: 400, height: 900 });
    await page.getByRole('button', { name: 'Open side navigation' }).click();
    await inNavigation('Mailbox');
    await heading('Mailbox');
    await page.getByRole('link', { name: 'Faults', exact: true }).waitFor({ state: 'hidden' });
    expect(await page.locator('body[data-kept]').count()).toBe(1);
    view.expectNoTrouble();
  });

  it('has the colours of the system at first, then those that were chosen', async () => {
    const { page } = await ConsolePage.open(browser, { colorScheme: 'dark' });
    const dark = () => page.evaluate(() => document.body.classList.contains('awsui-dark-mode'));
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Switch to light mode' }).click();
    await expect.poll(dark).toBe(false);
    await page.reload();
    await page.getByRole('button', { name: 'Switch to dark mode' }).waitFor();
    expect(await dark()).toBe(false);
    await page.getByRole('button', { name: 'Switch to dark mode' }).click();
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(dark).toBe(false);
    await page.context().close();
  });
});
