import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Invoice, Menu } from '@coffee/domain';
import { defineMenu } from '@coffee/domain';
import { startLocal } from '@coffee/local';
import { describe, expect, onTestFinished } from 'vitest';
import { it } from './test-support/coffee-test.ts';
import { jsonLines, runCoffee } from './test-support/run-coffee.ts';
import { gatewayTo } from './test-support/stand-in-server.ts';

/** Money on the command line, with menus in currencies of two, no and three places. */

const menuOf = (currency: string, unitprice: string) =>
  defineMenu({ currency, coffeetypes: ['Espresso'], coffeesizes: [{ coffeesize: 'Doppio', unitprice }] });
const menus = { EUR: menuOf('EUR', '2.8'), JPY: menuOf('JPY', '450'), KWD: menuOf('KWD', '0.8') };

const flags = '--accountid a1 --vendorid v1 --coffeetype Espresso --coffeesize Doppio --quantity 3 --city Roma'.split(
  ' ',
);
const dated = [...flags, '--orderdate', '2026-11-24 09:30:00'];

async function start(menu: Menu): Promise<{ readonly url: string; readonly gateway: string }> {
  const system = await startLocal({ menu });
  const gateway = await gatewayTo(system.url);
  onTestFinished(() => system.close());
  return { url: system.url, gateway: gateway.url };
}

describe('a menu in', () => {
  it.for([
    ['EUR', '2.80', '8.40'],
    ['JPY', '450', '1350'],
    ['KWD', '0.800', '2.400'],
  ] as const)('%s: every command agrees on the price and the total', async ([currency, each, total]) => {
    const { url } = await start(menus[currency]);
    const coffee = (...args: string[]) => runCoffee(args, { url });

    expect((await coffee('menu')).stdout).toMatch(new RegExp(`Price \\(${currency}\\)\nDoppio .* ${each}\n$`));
    expect(await coffee('order', ...dated, '--wait')).toMatchObject({ code: 0, stderr: '' });
    expect((await coffee('get', 'a1', 'v1')).stdout).toMatch(new RegExp(`^Total {7}${total} ${currency}$`, 'm'));
    expect(jsonLines(await coffee('get', 'a1', 'v1', '--json'))).toMatchObject([
      { total, currency, order: { details: { unitprice: each } } },
    ]);

    const { stdout } = await coffee('invoice', '2026/11/a1');
    expect(stdout).toMatch(new RegExp(`^Invoice of account a1, 2026-11, in ${currency}$`, 'm'));
    expect(stdout).toMatch(new RegExp(`Doppio +${each} +3 +${total}\n +Total +${total}\n`));
    const totals = [{ currency, total }];
    expect(jsonLines(await coffee('invoice', '2026/11/a1', '--json'))).toMatchObject([{ invoice: { totals } }]);
    expect((await coffee('mailbox')).stdout).toContain(`3 x Espresso, Doppio, ${total} ${currency}\n`);
  });

  it.for(['EUR', 'JPY', 'KWD'] as const)('%s: the demonstration agrees with itself', async (currency) => {
    const { url } = await start(menus[currency]);
    const run = await runCoffee(['demo', '--json'], { url });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    type Step = { placed?: { total: string; currency: string }; invoice?: Invoice; mails?: { subject: string }[] };
    const [, , read, opened, , mailed, returned] = jsonLines<Step>(run);
    const { total } = read?.placed ?? {};
    expect(total).toMatch({ EUR: /^\d+\.\d0$/, JPY: /^\d+$/, KWD: /^\d+\.\d00$/ }[currency]);
    expect(opened?.invoice?.totals).toEqual([{ currency, total }]);
    expect(returned?.placed?.currency).toBe(currency);
    expect(mailed?.mails?.[0]?.subject).toContain(`${returned?.placed?.total} ${currency}`);
  });
});

describe('a deployed gateway, which does not show its menu', () => {
  it('takes the prices from --menu or COFFEE_MENU', async ({ folder }) => {
    const { gateway: url } = await start(menus.EUR);
    const file = join(folder, 'menu.json');
    await writeFile(file, JSON.stringify(menus.EUR));
    const shown = await runCoffee(['menu', '--menu', file], { url });
    expect(shown).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/Price \(EUR\)\nDoppio .* 2\.80\n$/),
    });
    expect(await runCoffee(['order', ...dated, '--wait', '--menu', file], { url })).toMatchObject({
      code: 0,
      stderr: '',
    });
    const env = { COFFEE_MENU: file };
    expect(await runCoffee(['order', ...dated, '--wait'], { url, env })).toMatchObject({ code: 0, stderr: '' });
    expect(jsonLines(await runCoffee(['invoice', '2026/11/a1', '--json'], { url }))).toMatchObject([
      { invoice: { totals: [{ currency: 'EUR', total: '16.80' }] } },
    ]);
    expect(await runCoffee(['order', '--random', '3', '--wait'], { url, env })).toMatchObject({ code: 0, stderr: '' });
    expect(await runCoffee(['demo'], { url, env })).toMatchObject({ code: 0, stderr: '' });
    const completed = await runCoffee(['__complete', '--', 'order', '--coffeesize', ''], { env });
    expect(completed.stdout).toBe('Doppio\t\n');
  });

  it('is assumed to sell from the default menu otherwise, which is said', async () => {
    const { gateway: url } = await start(menus.EUR);
    const latte = ['--accountid', 'a1', '--vendorid', 'v1', '--coffeetype', 'Latte', '--coffeesize', 'Small'];
    for (const args of [['menu'], ['order', ...latte], ['order', '--random', '1'], ['demo', '--json']]) {
      const run = await runCoffee(args, { url });
      expect(run.code, args.join(' ')).toBe(args[0] === 'menu' ? 0 : 1);
      expect(
        run.stderr.match(/assuming the default one; give its own with --menu FILE or COFFEE_MENU\n/g),
      ).toHaveLength(1);
    }
    const priced = await runCoffee(['order', ...flags, '--unitprice', '2.80', '--wait'], { url });
    expect(priced).toMatchObject({ code: 0, stderr: '' });
  });

  it.for([
    ['{', 'Expected property name'],
    [JSON.stringify({ ...menus.EUR, currency: 'euro' }), 'menu.currency must be the code of a currency'],
    [undefined, 'there is no such file'],
  ] as const)('cannot be given the menu %s', async ([text, message], { folder }) => {
    const { gateway: url } = await start(menus.EUR);
    const file = join(folder, 'menu.json');
    if (text !== undefined) await writeFile(file, text);
    const run = await runCoffee(['menu', '--menu', file], { url });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`coffee: --menu (COFFEE_MENU) ${file}: ${message}`);
  });

  it('is not asked for: the menu of an embedded server wins over the file', async ({ folder }) => {
    const { url } = await start(menus.JPY);
    const file = join(folder, 'menu.json');
    await writeFile(file, JSON.stringify(menus.EUR));
    expect(await runCoffee(['order', ...dated, '--wait', '--menu', file], { url })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });
});
