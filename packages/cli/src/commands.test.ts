import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Invoice } from '@coffee/domain';
import { startLocal } from '@coffee/local';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { flagsOf, it, orderOf, whileFailing } from './test-support/coffee-test.ts';
import type { Run } from './test-support/run-coffee.ts';
import { ended, jsonLines, runCoffee, startCoffee } from './test-support/run-coffee.ts';

/** Each command against a real server, and against what a deployed gateway shows of one. */

async function failOne({ url }: { readonly url: string }, key: string): Promise<void> {
  const args = ['order', ...flagsOf('a9', 'v9'), '--idempotency-key', key, '--wait'];
  const run = await whileFailing(url, ['Notifier', 'publish'], () => runCoffee(args, { url }));
  expect(run.code).toBe(1);
}

describe('order, one', () => {
  it('places it, says how to follow it, and prints the answer as JSON', async ({ coffee }) => {
    const run = await coffee('order', ...flagsOf('a1', 'v1'), '--idempotency-key', 'first');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/✔ order first placed at .*\n {2}follow it: coffee status first --watch\n/);

    const json = await coffee('order', ...flagsOf('a1', 'v1'), '--json', '--wait');
    expect(json).toMatchObject({ code: 0, stderr: '' });
    const [answer] = jsonLines(json);
    expect(answer).toMatchObject({
      status: 'SUCCEEDED',
      executionArn: expect.stringContaining(String(answer?.orderid)),
    });
  });

  it('fills in the date as Python prints it, the list price and the event type', async ({ coffee }) => {
    const flags = ['--accountid', 'a2', '--vendorid', 'v2', '--coffeetype', 'Latte', '--coffeesize', 'x-Large'];
    expect(await coffee('order', ...flags, '--quantity', '3', '--city', 'Perth', '--wait')).toMatchObject({ code: 0 });
    const [placed] = jsonLines<{ order: { orderdate: string } }>(await coffee('get', 'a2', 'v2', '--json'));
    expect(placed).toMatchObject({
      total: '15.00',
      order: { details: { unitprice: '5.00' }, eventtype: ['new_order'] },
    });
    expect(placed?.order.orderdate).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  });

  it('ends 1 with --wait when the execution fails, and says why and what to do', async ({ system, coffee }) => {
    const order = ['order', ...flagsOf('a1', 'v1'), '--wait'];
    const [run, json] = await whileFailing(system.url, ['Notifier', 'publish'], async () => [
      await coffee(...order, '--idempotency-key', 'unlucky'),
      await coffee(...order, '--json'),
    ]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('FAILED');
    expect(run.stderr).toMatch(
      /^coffee: the execution of order unlucky ended FAILED, Unavailable: .+\n {2}.*coffee redrive unlucky --wait\n$/,
    );
    expect(json.code).toBe(1);
    expect(jsonLines(json)).toMatchObject([{ status: 'FAILED', error: 'Unavailable' }]);
    expect(JSON.parse(json.stderr)).toMatchObject({ code: 'ExecutionFailed', exitCode: 1 });
  });
});

describe('get', () => {
  it('reads an order, for people and as JSON', async ({ coffee, deployed }) => {
    await coffee('order', ...flagsOf('a3', 'v3'), '--wait');
    const run = await coffee('get', 'a3', 'v3');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Coffee {6}2 x Latte, Small$/m);
    expect(run.stdout).toMatch(/^Total {7}7\.00 AUD$/m);
    expect(run.stdout).toMatch(/^City {8}L'Aquila$/m);
    expect(jsonLines(await deployed('get', 'a3', 'v3', '--json'))).toMatchObject([
      { total: '7.00', invoice: '2026/11/a3' },
    ]);
  });
});

describe('status', () => {
  it('tells the states of an execution, and with --watch --json each event and then the end', async ({ coffee }) => {
    await coffee('order', ...flagsOf('a4', 'v4'), '--idempotency-key', 'watched', '--wait');
    const run = await coffee('status', 'watched');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/Status {3}SUCCEEDED[\s\S]*→ task_put_item[\s\S]*✔ task_notify[\s\S]*✔ Job Succeeded/);

    const events = jsonLines(await coffee('status', 'watched', '--watch', '--json'));
    expect(events[0]).toMatchObject({ id: 1, type: 'ExecutionStarted' });
    expect(events.map((event) => event.id)).toEqual([...events.keys()].slice(1).concat(undefined as never));
    expect(events.at(-1)).toMatchObject({ orderid: 'watched', status: 'SUCCEEDED' });
  });

  it('waits for the end on a deployed gateway, which does not show the states', async ({ coffee, deployed }) => {
    await coffee('order', ...flagsOf('a4', 'v4'), '--idempotency-key', 'far-away');
    const run = await deployed('status', 'far-away', '--watch');
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('does not show the states');
    expect(run.stdout).toMatch(/Status {3}SUCCEEDED/);
    expect((await deployed('status', 'far-away')).stdout).toMatch(/Status {3}SUCCEEDED/);
  });

  it('ends 1 with --watch when the execution failed, and 0 without', async ({ system, coffee }) => {
    await failOne(system, 'sad');
    expect(await coffee('status', 'sad')).toMatchObject({ code: 0 });
    const run = await coffee('status', 'sad', '--watch');
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/✘ task_notify {2}Unavailable: .+\n.*↻ task_notify, retry 1\n/);
  });

  it('ends 130 on Ctrl-C', async ({ startServer }) => {
    const running = { orderid: 'slow-one', status: 'RUNNING', startDate: 1 };
    const server = await startServer(({ url }) =>
      Response.json(running, { status: url.includes('/prod/order/') ? 200 : 404 }),
    );
    const child = startCoffee(['status', 'slow-one', '--watch', '--json'], { url: server.url });
    child.stderr.once('data', () => child.kill('SIGINT')); // it is waiting now
    const run = await ended(child);
    expect(run.code).toBe(130);
    expect(JSON.parse(run.stderr.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ code: 'Interrupted' });
  });

  it('ends 130 on Ctrl-C while it waits for an answer', async ({ startServer }) => {
    let asked = () => undefined as unknown;
    const server = await startServer(() => new Promise(() => asked()));
    const child = startCoffee(['status', 'x', '--json'], { url: server.url });
    asked = () => child.kill('SIGINT');
    const run = await ended(child);
    expect(run).toMatchObject({ code: 130, stdout: '' });
    expect(JSON.parse(run.stderr)).toMatchObject({ code: 'Interrupted', exitCode: 130 });
  });
});

describe('invoice', () => {
  const placeTwo = async (coffee: (...args: string[]) => Promise<Run>) => {
    for (const vendorid of ['v5', 'v6']) await coffee('order', ...flagsOf('a5', vendorid), '--wait');
  };

  it('shows the lines, the total and the link, by its key or by account and month', async ({ coffee, deployed }) => {
    await placeTwo(coffee);
    const run = await coffee('invoice', '2026/11/a5');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Invoice of account a5, 2026-11, in AUD$/m);
    expect(run.stdout).toMatch(/^2026-11-24 09:30:00 {2}v6 {6}Latte {3}Small {2}3\.50 {9}2 {4}7\.00$/m);
    expect(run.stdout).toMatch(/Total {3}14\.00$/m);
    expect(run.stdout).toMatch(/^http:.*\nvalid for 1\d min/m);
    const [json] = jsonLines(await deployed('invoice', '--accountid', 'a5', '--month', '2026/11', '--json'));
    expect(json).toMatchObject({
      objectKey: '2026/11/a5',
      url: expect.any(String),
      invoice: { totals: [{ currency: 'AUD', total: '14.00' }] },
    });
  });

  it('has a total for each currency, in its places', async ({ startServer }) => {
    const line = (vendorid: string, unitprice: string, amount: string, currency: string) => ({
      orderid: vendorid,
      acceptedAt: '2026-11-24T09:30:00.000Z',
      order: { ...orderOf('a5', vendorid), details: { ...orderOf('a5', vendorid).details, unitprice } },
      amount,
      currency,
    });
    const invoice = {
      objectKey: '2026/11/a5',
      accountid: 'a5',
      period: { year: 2026, month: 11 },
      lines: [line('v1', '3.5', '7.00', 'AUD'), line('v2', '800', '1600', 'JPY'), line('v3', '1.5', '3.000', 'KWD')],
      totals: [
        { currency: 'AUD', total: '7.00' },
        { currency: 'JPY', total: '1600' },
        { currency: 'KWD', total: '3.000' },
      ],
    };
    const server = await startServer((request) => {
      const url = new URL('/file', request.url).href;
      const link = { objectKey: '2026/11/a5', url, expiresAt: new Date(Date.now() + 900_000).toISOString() };
      return Response.json(request.url === url ? invoice : link);
    });
    const run = await runCoffee(['invoice', '2026/11/a5'], { url: server.url });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout.split('\n').slice(0, 9)).toEqual([
      'Invoice of account a5, 2026-11',
      '',
      'Order date           Vendor  Coffee  Size        Each  Quantity     Amount',
      '2026-11-24 09:30:00  v1      Latte   Small   3.50 AUD         2   7.00 AUD',
      '2026-11-24 09:30:00  v2      Latte   Small    800 JPY         2   1600 JPY',
      '2026-11-24 09:30:00  v3      Latte   Small  1.500 KWD         2  3.000 KWD',
      '                                                          Total   7.00 AUD',
      '                                                                  1600 JPY',
      '                                                                 3.000 KWD',
    ]);
  });

  it('defaults to this month', async ({ coffee }) => {
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2027, 1, 28, 23, 59) });
    const run = await coffee('invoice', '--accountid', 'nobody');
    expect(run.stderr).toContain('there is no invoice 2027/2/nobody');
    expect(run.code).toBe(4);
  });

  it('is saved to a file, or says why not', async ({ coffee, folder }) => {
    await placeTwo(coffee);
    const file = join(folder, 'invoice.json');
    const run = await coffee('invoice', '2026/11/a5', '--save', file);
    expect(run).toMatchObject({ code: 0, stderr: `saved to ${file}\n` });
    expect((JSON.parse(await readFile(file, 'utf8')) as Invoice).totals).toEqual([{ currency: 'AUD', total: '14.00' }]);
    const nowhere = await coffee('invoice', '2026/11/a5', '--save', join(folder, 'no', 'where.json'));
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toMatch(/the invoice could not be saved: .*no such file/);
  });

  it.runIf(process.platform === 'linux')('is opened in the browser by its link', async ({ system, coffee, folder }) => {
    await placeTwo(coffee);
    await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > ${folder}/opened\n`, { mode: 0o755 });
    const run = (env: Record<string, string>) =>
      runCoffee(['invoice', '2026/11/a5', '--open'], { url: system.url, env });
    expect(await run({ PATH: `${folder}${delimiter}${process.env.PATH}` })).toMatchObject({ code: 0, stderr: '' });
    const opened = await fetch(await readFile(join(folder, 'opened'), 'utf8'));
    expect(((await opened.json()) as Invoice).totals).toEqual([{ currency: 'AUD', total: '14.00' }]);
    expect((await run({ PATH: '/nowhere' })).stderr).toContain('no browser could be opened');
  });
});

describe('executions, mailbox and redrive', () => {
  it('lists executions, the newest first, and failed ones alone', async ({ system, coffee }) => {
    for (const vendorid of ['v1', 'v2']) await coffee('order', ...flagsOf('a6', vendorid), '--wait');
    await failOne(system, 'listed');
    const run = await coffee('executions', '--status', 'FAILED', '--limit', '1');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Started +Order +Status +Took\n\S+ \S+ {2}listed {2}FAILED .*\n {4}Unavailable: .*\n$/);
    const states = jsonLines(await coffee('executions', '--limit', '3', '--json'));
    expect(states).toHaveLength(3);
    expect(states[0]).toMatchObject({ orderid: 'listed', status: 'FAILED' });
  });

  it('lists mails, and shows that of one order', async ({ coffee }) => {
    for (const key of ['earlier', 'mailed']) {
      await coffee('order', ...flagsOf('a6', 'v6'), '--idempotency-key', key, '--wait');
    }
    expect((await coffee('mailbox', '--limit', '1')).stdout).toMatch(
      / {2}mailed {2}Coffee order: 2 x Latte, Small, 7\.00 AUD\n$/,
    );
    expect((await coffee('mailbox', '--orderid', 'mailed')).stdout).toMatch(
      /^Subject {2}Coffee order[\s\S]*City +L'Aquila/,
    );
    expect(jsonLines(await coffee('mailbox', '--limit', '2', '--json'))).toMatchObject([
      { id: 'mailed' },
      { id: 'earlier' },
    ]);
    expect(await coffee('mailbox', '--orderid', 'nobody', '--json')).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('redrives a failed execution to its end', async ({ system, coffee }) => {
    await failOne(system, 'again');
    const run = await coffee('redrive', 'again', '--wait');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/the execution is redriven[\s\S]*✔ task_notify[\s\S]*Status {3}SUCCEEDED/);
    await failOne(system, 'once-more');
    expect(jsonLines(await coffee('redrive', 'once-more', '--json'))).toMatchObject([{ orderid: 'once-more' }]);
    const refused = await coffee('redrive', 'again');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('only a failed execution can be redriven (409 ExecutionNotRedrivable)');
  });

  it.for([['executions'], ['mailbox'], ['redrive', 'x'], ['backup', 'x']])(
    '%s: a deployed gateway cannot, and says so',
    async (args, { deployed }) => {
      const run = await deployed(...args);
      expect(run).toMatchObject({ code: 5, stdout: '' });
      expect(run.stderr).toMatch(/only an embedded server .* is a deployed gateway\n {2}\S/);
      expect(JSON.parse((await deployed(...args, '--json')).stderr)).toMatchObject({ code: 'NotServed', exitCode: 5 });
    },
  );
});

describe('backup', () => {
  it('writes a copy that another server starts with', async ({ coffee, folder }) => {
    const system = await startLocal({ data: join(folder, 'coffee.sqlite') });
    onTestFinished(() => system.close());
    const at = ['--url', system.url];
    expect(await coffee('order', ...flagsOf('a8', 'v8'), '--wait', ...at)).toMatchObject({ code: 0 });
    const copy = join(folder, 'copy.sqlite');
    expect(await coffee('backup', copy, ...at)).toMatchObject({ code: 0, stdout: `The copy is ${copy}.\n` });
    const again = await coffee('backup', copy, ...at);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('there is a file already') });
    const restored = await startLocal({ data: copy });
    onTestFinished(() => restored.close());
    expect((await coffee('get', 'a8', 'v8', '--url', restored.url)).code).toBe(0);
  });
});

describe('menu', () => {
  it('tells sizes and prices, for a deployed gateway those of the default menu', async ({ coffee, deployed }) => {
    const run = await deployed('menu');
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^Flat White$/m);
    expect(run.stdout).toMatch(/^x-Large {9}5\.00$/m);
    expect(run.stderr).toContain('this server does not show its menu: assuming the default one');
    expect(jsonLines(await coffee('menu', '--json'))).toMatchObject([{ currency: 'AUD' }]);
  });
});

describe('demo', () => {
  it('shows the system at work, from the first order to a100 at v100', async ({ coffee }) => {
    const { code, stdout, stderr } = await coffee('demo');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const titles = [...stdout.matchAll(/^\d\. (.*?) {2}/gm)].map(([, title]) => title);
    expect(titles).toEqual([
      'Place five orders',
      'Watch the first execution',
      'Read the order',
      'Open its invoice',
      'Place another order',
      'Read the mail',
      'Return the order',
    ]);
    for (const number of [0, 1, 2, 3, 4, 100]) expect(stdout).toContain(`202  a${number} at v${number} `);
    expect(stdout).toMatch(
      /"accountid": "a0"[\s\S]*Invoice of account a0[\s\S]*Subject {2}Coffee order[\s\S]*"accountid": "a100"/,
    );
  });

  it('gives one object a step for machines, and does without the mailbox of a deployed gateway', async ({
    deployed,
  }) => {
    const run = await deployed('demo', '--json');
    expect(run).toMatchObject({ code: 0, stderr: expect.stringMatching(/^this server does not show its menu: .*\n$/) });
    const steps = jsonLines(run);
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(steps[5]).toMatchObject({ mails: [] });
    expect(steps.at(-1)).toMatchObject({ placed: { order: { accountid: 'a100', vendorid: 'v100' } } });
  });
});
