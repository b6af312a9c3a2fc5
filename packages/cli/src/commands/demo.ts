import type { HistoryEvent } from '@coffee/api';
import type { Menu, PlacedOrder } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import { describeEvent, describeStatus, expectSuccess, tookOf } from '../executions/describe.ts';
import { follow } from '../executions/follow.ts';
import { nthOrder } from '../orders/jobs.ts';
import type { Session } from '../session.ts';
import { menuOption, openSession, withServerOptions } from '../session.ts';
import type { Surroundings, Terminal } from '../terminal/terminal.ts';
import { plain } from '../terminal/text.ts';
import { describeOrder } from './get.ts';
import { describeInvoice, describeLink } from './invoice.ts';
import { describeMail } from './mailbox.ts';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON on several lines; keys, strings and numbers in different colours where the terminal has colours. */
export function renderJson(value: unknown, terminal: Terminal): string {
  return JSON.stringify(value, null, 2).replace(token, (all: string, text?: string, colon?: string) => {
    if (colon !== undefined) return `${terminal.style('cyan', text ?? '')}${colon}`;
    return terminal.style(text === undefined ? 'yellow' : 'green', all);
  });
}

/** Places the random order of this number and says so; resolves to its id. */
async function place({ server, terminal }: Session, menu: Menu, number: number): Promise<string> {
  const order = nthOrder(number, menu);
  const { orderid } = await server.place(order);
  const who = `${plain(order.accountid)} at ${plain(order.vendorid)}`.padEnd(12);
  const what = `${describeOrder(order)}, ${plain(order.city)}`.padEnd(36);
  terminal.print(`${terminal.style('green', '202')}  ${who}  ${what}  ${plain(orderid)}`);
  return orderid;
}

/** Shows an execution state by state, as it happens; resolves to what happened. */
async function watch(session: Session, orderid: string): Promise<HistoryEvent[]> {
  const { server, terminal } = session;
  const events: HistoryEvent[] = [];
  const onEvent = (event: HistoryEvent) => {
    events.push(event);
    terminal.print(describeEvent(event, terminal));
  };
  const state = await follow(session, orderid, onEvent);
  terminal.print(`${describeStatus(state.status, terminal)} in ${tookOf(state) ?? 'no time'}`);
  expectSuccess(state, await server.embedded());
  return events;
}

async function readOrder({ server, terminal }: Session, accountid: string, vendorid: string): Promise<PlacedOrder> {
  const placed = await server.api.getOrder({ accountid, vendorid });
  terminal.print(renderJson(placed, terminal));
  return placed;
}

async function demonstrate(session: Session): Promise<void> {
  const { server, terminal } = session;
  const embedded = await server.embedded();
  const menu = await session.menu();
  const console = embedded ? `${server.api.origin}/` : 'the Step Functions console';
  let number = 0;

  /** For people, the title, the call and what to look at come first; for a script, the result is recorded. */
  async function step<Result>(title: string, call: string, why: string, show: () => Promise<Result>): Promise<Result> {
    number += 1;
    if (number > 1) terminal.print('');
    terminal.print(`${terminal.label(`${number}. ${title}`)}  ${terminal.style('cyan', call)}`);
    terminal.print([terminal.style('dim', why), '']);
    const shown = { step: number, title, ...(await show()) };
    terminal.record(shown);
    return shown;
  }

  const everyStored = 'Each is answered once it is stored durably; its execution runs on its own.';
  const { orderids } = await step('Place five orders', 'POST /order', everyStored, async () => {
    const orderids: string[] = [];
    for (let order = 0; order < 5; order++) orderids.push(await place(session, menu, order));
    return { orderids };
  });

  const graph = `State by state. See it as a graph in ${console}`;
  await step('Watch the first execution', 'GET /order/{orderid}', graph, async () => {
    const [orderid = ''] = orderids;
    const history = await watch(session, orderid);
    for (const id of orderids) expectSuccess(await follow(session, id), embedded);
    terminal.print('The other four have succeeded too.');
    return { orderid, status: 'SUCCEEDED', history };
  });

  const first = 'GET /order?accountid=a0&vendorid=v0';
  const { placed } = await step('Read the order', first, 'By its primary key, as JSON.', async () => ({
    placed: await readOrder(session, 'a0', 'v0'),
  }));

  const get = `GET /invoice?objectKey=${plain(placed.invoice)}`;
  const signed = 'A signed link that anyone can open for a while, and what it shows.';
  await step('Open its invoice', get, signed, async () => {
    const link = await server.api.getInvoice(placed.invoice);
    const invoice = await server.api.openInvoice(link.url);
    terminal.print([...describeLink(link), '', ...describeInvoice(invoice, terminal)]);
    return { link, invoice };
  });

  const single = 'task_notify sends a single message once the order is stored and on its invoice.';
  const { orderid } = await step('Place another order', 'POST /order', single, async () => {
    const orderid = await place(session, menu, 100);
    terminal.print('');
    return { orderid, status: 'SUCCEEDED', history: await watch(session, orderid) };
  });

  const inbox = embedded ? `GET /mailbox?orderid=${orderid}` : 'your inbox';
  await step('Read the mail', inbox, 'One order, one message.', async () => {
    const { mails } = embedded ? await server.api.listMails({ orderid }) : { mails: [] };
    if (embedded) terminal.print(mails.flatMap((mail) => describeMail(mail, terminal)));
    else terminal.print('The message went to the subscribers of the topic: check your inbox.');
    return { mails };
  });

  const last = 'GET /order?accountid=a100&vendorid=v100';
  await step('Return the order', last, 'The order placed last.', async () => ({
    placed: await readOrder(session, 'a100', 'v100'),
  }));
}

export const demoCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('demo')
      .summary('show the whole system at work, step by step')
      .description(
        'Shows the whole system at work: five orders, an execution, an order, its invoice, and the message of a sixth.',
      )
      .addOption(menuOption()),
  )
    .addHelpText('after', '\nExample, with "npx pnpm start" in another terminal:\n  $ coffee demo')
    .action((options) => demonstrate(openSession(surroundings, options)));
