import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invoice, Menu, PlacedOrder } from '@coffee/domain';
import { defineMenu } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import type { InvoicePage, MailPage } from '@coffee/ports';
import { expect, it, onTestFinished } from 'vitest';
import { readConfiguration } from './configuration.ts';
import { CoffeeSystem } from './test-support/coffee-system.ts';

const size = (unitprice: string) => [{ coffeesize: 'Cup', unitprice }];
const menus = {
  EUR: [defineMenu({ currency: 'EUR', coffeetypes: ['Latte'], coffeesizes: size('2.85') }), '2.85', '8.55'],
  JPY: [defineMenu({ currency: 'JPY', coffeetypes: ['Latte'], coffeesizes: size('450') }), 450, '1350'],
  KWD: [defineMenu({ currency: 'KWD', coffeetypes: ['Latte'], coffeesizes: size('0.8') }), '0.8', '2.400'],
} as const satisfies Record<string, readonly [Menu, string | number, string]>;

/** A temporary folder for one test. */
async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-menu-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const cases = (Object.keys(menus) as (keyof typeof menus)[]).flatMap((currency) => {
  return (['in memory', 'in a file'] as const).map((where) => [currency, where] as const);
});

it.each(cases)('sells from a menu in %s, %s: order, invoice, list and message agree', async (currency, where) => {
  const folder = await folderOf();
  const [menu, unitprice, total] = menus[currency];
  await writeFile(join(folder, 'menu.json'), JSON.stringify(menu));
  const configuration = readConfiguration(['--menu', join(folder, 'menu.json')], {});
  if (configuration.help) throw new Error('no help was asked for');
  const { port: _port, data: _data, ...options } = configuration.options;
  const system = await CoffeeSystem.start({
    ...options,
    ...(where === 'in a file' ? { data: join(folder, 'coffee.sqlite') } : {}),
  });
  try {
    expect(await system.get('/menu')).toEqual(menu);
    const details = { coffeetype: 'Latte', coffeesize: 'Cup', unitprice, quantity: 3 };
    const orderid = await system.place({ ...exampleOrder, details });
    await system.ended(orderid);

    expect(await system.get('/prod/order?accountid=a0&vendorid=v0')).toMatchObject({ orderid, total, currency });
    const { url } = await system.get<{ url: string }>('/prod/invoice?objectKey=2026/11/a0');
    const invoice = (await (await fetch(url)).json()) as Invoice;
    expect(invoice.lines).toMatchObject([{ orderid, amount: total, currency }]);
    expect(invoice.totals).toEqual([{ currency, total }]);
    const { invoices } = await system.get<InvoicePage>('/invoices');
    expect(invoices).toMatchObject([{ objectKey: '2026/11/a0', lineCount: 1, totals: [{ currency, total }] }]);
    const { mails } = await system.get<MailPage>('/mailbox');
    expect(mails).toMatchObject([{ subject: `Coffee order: 3 x Latte, Cup, ${total} ${currency}` }]);
    expect(mails[0]?.text).toContain(`Total      ${total} ${currency}`);

    const listPrice = menu.coffeesizes[0]?.unitprice;
    const refused = await system.send('POST', '/prod/order', { order: exampleOrder });
    expect(await refused.json()).toMatchObject({ code: 'OrderRejected', issues: expect.anything() });
    const tooCheap = { ...exampleOrder, details: { ...details, unitprice: 0.01 } };
    const answer = await system.send('POST', '/prod/order', { order: tooCheap });
    const message = `details.unitprice must be the list price of Cup, ${listPrice} ${currency}`;
    expect(await answer.json()).toMatchObject({ issues: [{ code: 'wrong_price', message }] });
  } finally {
    await system.close();
  }
});

it('keeps orders in two currencies of one month on one invoice with two totals', async () => {
  const data = join(await folderOf(), 'coffee.sqlite');
  for (const currency of ['EUR', 'JPY'] as const) {
    const [menu, unitprice] = menus[currency];
    const system = await CoffeeSystem.start({ menu, data });
    const details = { coffeetype: 'Latte', coffeesize: 'Cup', unitprice, quantity: 3 };
    await system.ended(await system.place({ ...exampleOrder, details }));
    if (currency === 'JPY') {
      const totals = [
        { currency: 'EUR', total: '8.55' },
        { currency: 'JPY', total: '1350' },
      ];
      const { invoices } = await system.get<InvoicePage>('/invoices');
      expect(invoices).toMatchObject([{ lineCount: 2, totals }]);
      const { url } = await system.get<{ url: string }>('/prod/invoice?objectKey=2026/11/a0');
      expect(await (await fetch(url)).json()).toMatchObject({ totals });
      expect(await system.get<PlacedOrder>('/prod/order?accountid=a0&vendorid=v0')).toMatchObject({ total: '1350' });
    }
    await system.close();
  }
});
