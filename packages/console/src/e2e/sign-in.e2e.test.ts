import { AxeBuilder } from '@axe-core/playwright';
import { createClient } from '@coffee/api';
import { defaultMenu } from '@coffee/domain';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { nthOrder } from '../pages/place-order/random-orders.ts';
import { ConsolePage, launchChromium } from '../test-support/browser.ts';
import { CoffeeServer } from '../test-support/coffee-server.ts';
import { TestIssuer } from '../test-support/test-issuer.ts';

let issuer: TestIssuer;
let server: CoffeeServer;
let browser: Browser;
let view: ConsolePage;

beforeAll(async () => {
  issuer = await TestIssuer.start();
  const { url, audience } = issuer;
  [server, browser] = await Promise.all([CoffeeServer.start({ issuer: { url, audience } }), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await issuer?.close();
});
beforeEach(async () => {
  issuer.user = undefined;
  view = await ConsolePage.open(browser);
});
afterEach(() => view.close());

const mine = { coffee_accountid: 'mine' };
const open = async (path: string) => {
  await view.page.goto(`${server.url}${path}`);
  return view.page;
};
const heading = (name: string) => view.page.getByRole('heading', { level: 1, name }).waitFor();
const navigation = () => view.page.getByRole('navigation', { name: 'Side navigation' });
const pagesOffered = () => navigation().locator('ul').getByRole('link').allTextContents();
const rows = () => view.page.getByRole('rowheader').allTextContents();
/** The calls of someone else, who has claims of their own. */
const clientOf = async (claims: object) => createClient({ baseUrl: server.url, token: await issuer.tokenOf(claims) });

/** Orders for an account at a counter, and waits until it is on the invoice. */
async function orderOf(accountid: string, vendorid: string): Promise<string> {
  const client = await clientOf({ coffee_accountid: accountid });
  const order = { ...nthOrder(0, defaultMenu, new Date()), accountid, vendorid, orderdate: '2026-11-24 09:30:00' };
  const { orderid } = await client.placeOrder(order);
  await expect.poll(async () => (await client.getExecution(orderid)).status).toBe('SUCCEEDED');
  return orderid;
}

it('lets a person sign in, place an order, read its invoice, and see nothing of another', async () => {
  const theirs = await orderOf('theirs', 'v7');
  issuer.visitor = mine;
  const page = await open('/console/orders');
  await heading('Sign in');
  expect(await pagesOffered()).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await heading('Orders');
  expect(new URL(page.url()).pathname).toBe('/console/orders');
  await page.getByRole('button', { name: 'Customer mine' }).waitFor();
  expect(await pagesOffered()).toEqual([
    'Place an order',
    'Executions',
    'Orders',
    'Invoices',
    expect.stringContaining('API description'),
  ]);

  await navigation().getByRole('link', { name: 'Place an order' }).click();
  const account = page.getByLabel('Account ID');
  await page.getByRole('button', { name: 'Random order', exact: true }).click();
  expect(await account.inputValue()).toBe('mine');
  expect(await account.getAttribute('readonly')).not.toBeNull();
  expect(await page.getByRole('button', { name: 'Place 50 random orders' }).count()).toBe(0);
  await page.getByLabel('Vendor ID').fill('v7');
  await page.getByLabel('Order date').fill('2026-11-24 09:30:00');
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/\/console\/executions\/[\w-]+$/);
  // The events of the execution arrive by the stream, which needs the token as well.
  await page.getByRole('gridcell', { name: 'ExecutionSucceeded' }).waitFor();
  await page.getByRole('link', { name: 'Open in the mailbox' }).click();
  await page.getByRole('article').getByText('v7').waitFor();

  await navigation().getByRole('link', { name: 'Orders' }).click();
  await expect.poll(rows).toEqual(['mine / v7']);
  await navigation().getByRole('link', { name: 'Invoices' }).click();
  await expect.poll(rows).toEqual(['2026/11/mine']);
  await page.getByRole('link', { name: '2026/11/mine' }).click();
  await page.getByRole('row', { name: /2026-11-24 09:30:00/ }).waitFor();
  await navigation().getByRole('link', { name: 'Executions' }).click();
  await expect.poll(async () => (await rows()).length).toBe(1);
  view.expectNoTrouble();

  // A reload finds the session at the issuer, and returns to the same page.
  await page.goto(`${server.url}/console/invoices/2026/11/theirs`);
  await page.getByText('There is no such invoice').waitFor();
  await page.goto(`${server.url}/console/orders/theirs/v7`);
  await page.getByText('There is no such order').waitFor();
  await page.goto(`${server.url}/console/executions/${theirs}`);
  await page.getByText('There is no such execution').waitFor();
  for (const path of ['/console/faults', '/console/mailbox']) {
    await open(path);
    await heading('Page not found');
  }
  view.expectNoTrouble('404: /', 'console: Failed to load resource: the server responded with a status of 404');
});

it('keeps no token where scripts of another page or a later visitor could read it', async () => {
  issuer.user = mine;
  const page = await open('/console/orders');
  await page.getByRole('button', { name: 'Customer mine' }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  expect(kept).not.toContain('eyJ'); // as the first part of every JWT begins
  expect(await page.context().storageState({ indexedDB: true })).toMatchObject({ cookies: [] });
  expect(page.url()).toBe(`${server.url}/console/orders`);
  view.expectNoTrouble();
});

it('signs out, also at the issuer, and signs no one in unasked', async () => {
  issuer.user = mine;
  const page = await open('/console/orders');
  await page.getByRole('button', { name: 'Customer mine' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading('Sign in');
  await page.waitForURL(`${server.url}/`);
  expect(issuer.user).toBeUndefined();
  issuer.user = mine;
  await page.reload();
  await heading('Sign in');
  view.expectNoTrouble();
});

it('leads back to sign in when the server answers 401, and then to the page that was open', async () => {
  issuer.user = mine;
  issuer.visitor = mine;
  const page = await open('/console/orders');
  await page.getByRole('button', { name: 'Customer mine' }).waitFor();
  issuer.flaw = { aud: 'another-system' };
  await page.reload();
  await heading('Sign in');
  await page.getByText('The server no longer accepts this sign-in').waitFor();
  expect(await page.getByText('The server does not answer').count()).toBe(0);
  issuer.flaw = {};
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Customer mine' }).waitFor();
  await heading('Orders');
  view.expectNoTrouble('401: /', 'console: Failed to load resource: the server responded with a status of 401');
});

it('shows a vendor the orders at its counter, and an operator everything', async () => {
  await orderOf('one', 'counter');
  await orderOf('one', 'elsewhere');
  issuer.user = { coffee_vendorid: 'counter' };
  const page = await open('/');
  await page.getByRole('button', { name: 'Vendor counter' }).waitFor();
  await heading('Orders');
  await expect.poll(rows).toEqual(['one / counter']);
  expect(await pagesOffered()).toEqual(['Executions', 'Orders', expect.stringContaining('API description')]);
  expect(await page.getByRole('link', { name: '2026/11/one' }).count()).toBe(0);
  // The server sends a vendor no events: what is shown is read again.
  await orderOf('two', 'counter');
  await expect.poll(rows).toEqual(['two / counter', 'one / counter']);
  view.expectNoTrouble();

  issuer.user = { coffee_role: 'operator' };
  await open('/console/orders');
  await page.getByRole('button', { name: 'Operator' }).waitFor();
  await expect.poll(rows).toEqual(expect.arrayContaining(['two / counter', 'one / counter', 'one / elsewhere']));
  expect(await pagesOffered()).toHaveLength(7);
  view.expectNoTrouble();
});
