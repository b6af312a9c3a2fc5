import type { HistoryEvent } from '@coffee/api';
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
import { describeMail } from './lists.ts';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON on several lines; keys, strings and numbers in different colours where the terminal has colours. */
export function renderJson(value: unknown, terminal: Terminal): string {
  return JSON.stringify(value, null, 2).replace(token, (all: string, text?: string, colon?: string) => {
    if (colon !== undefined) return `${terminal.style('cyan', text ?? '')}${colon}`;
    return terminal.style(text === undefined ? 'yellow' : 'green', all);
  });
}

async function demonstrate(session: Session): Promise<void> {
  const { server, terminal } = session;
  const embedded = await server.embedded();
  const menu = await session.menu();
  let number = 0;

  /** For people, the title, the call and what to look at come first; for a script, the result is recorded. */
  async function step<Result>(title: string, call: string, why: string, show: () => Promise<Result>): Promise<Result> {
    number += 1;
    if (number > 1) terminal.print('');
    terminal.print(`${terminal.label(`${number}. ${title}`)}  ${terminal.style('cyan', call)}`);
    terminal.print([terminal.style('dim', why), '']);
    const shown = await show();
    terminal.record({ step: number, title, ...shown });
    return shown;
  }

  async function place(nth: number): Promise<string> {
    const order = nthOrder(nth, menu);
    const { orderid } = await server.place(order);
    const who = `${plain(order.accountid)} at ${plain(order.vendorid)}`.padEnd(12);
    const what = `${describeOrder(order)}, ${plain(order.city)}`.padEnd(36);
    terminal.print(`${terminal.style('green', '202')}  ${who}  ${what}  ${plain(orderid)}`);
    return orderid;
  }

  /** Shows an execution state by state, as it happens. */
  async function watch(orderid: string) {
    const history: HistoryEvent[] = [];
    const state = await follow(session, orderid, (event) => {
      history.push(event);
      terminal.print(describeEvent(event, terminal));
    });
    terminal.print(`${describeStatus(state.status, terminal)} in ${tookOf(state) ?? 'no time'}`);
    expectSuccess(state, embedded);
    return { orderid, status: state.status, history };
  }

  const read = (title: string, why: string, nth: number) =>
    step(title, `GET /order?accountid=a${nth}&vendorid=v${nth}`, why, async () => {
      const placed = await server.api.getOrder({ accountid: `a${nth}`, vendorid: `v${nth}` });
      terminal.print(renderJson(placed, terminal));
      return { placed };
    });

  const everyStored = 'Each is answered once it is stored durably; its execution runs on its own.';
  const { orderids } = await step('Place five orders', 'POST /order', everyStored, async () => {
    const orderids: string[] = [];
    for (let nth = 0; nth < 5; nth++) orderids.push(await place(nth));
    return { orderids };
  });

  const graph = `State by state. See it as a graph in ${embedded ? `${server.api.origin}/` : 'the Step Functions console'}`;
  await step('Watch the first execution', 'GET /order/{orderid}', graph, async () => {
    const [first = '', ...others] = orderids;
    const watched = await watch(first);
    for (const orderid of others) expectSuccess(await follow(session, orderid), embedded);
    terminal.print('The other four have succeeded too.');
    return watched;
  });

  const { placed } = await read('Read the order', 'By its primary key, as JSON.', 0);

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
    const orderid = await place(100);
    terminal.print('');
    return watch(orderid);
  });

  const inbox = embedded ? `GET /mailbox?orderid=${orderid}` : 'your inbox';
  await step('Read the mail', inbox, 'One order, one message.', async () => {
    const { mails } = embedded ? await server.api.listMails({ orderid }) : { mails: [] };
    if (embedded) terminal.print(mails.flatMap((mail) => describeMail(mail, terminal)));
    else terminal.print('The message went to the subscribers of the topic: check your inbox.');
    return { mails };
  });

  await read('Return the order', 'The order placed last.', 100);
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
