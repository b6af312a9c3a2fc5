import type { HistoryEvent, Mail } from '@coffee/api';
import type { PlacedOrder } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import { describeEvent, describeStatus, expectSuccess, tookOf } from '../executions/describe.ts';
import { follow } from '../executions/follow.ts';
import { randomOrder } from '../orders/random-orders.ts';
import type { Session } from '../session.ts';
import { openSession, withServerOptions } from '../session.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { plain } from '../terminal/text.ts';
import { describeOrder } from './get.ts';
import { describeInvoice, describeLink } from './invoice.ts';
import { describeMail } from './mailbox.ts';

type Step = (title: string, call: string, why: string) => (result: Readonly<Record<string, unknown>>) => void;

/** Begins steps, for people with a title, the call and what to look at; each returns what records its result for a script. */
function stepsOn(terminal: Terminal): Step {
  let step = 0;
  return (title, call, why) => {
    step += 1;
    const number = step;
    if (number > 1) terminal.print('');
    terminal.print(`${terminal.label(`${number}. ${title}`)}  ${terminal.style('cyan', call)}`);
    terminal.print([terminal.style('dim', why), '']);
    return (result) => terminal.record({ step: number, title, ...result });
  };
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON on several lines; keys, strings and numbers in different colours where the terminal has colours. */
export function renderJson(value: unknown, terminal: Terminal): string {
  return JSON.stringify(value, null, 2).replace(token, (all: string, text?: string, colon?: string) => {
    if (colon !== undefined) return `${terminal.style('cyan', text ?? '')}${colon}`;
    return terminal.style(text === undefined ? 'yellow' : 'green', all);
  });
}

/** Places the random order of this number and says so; resolves to its id. */
async function place({ server, terminal }: Session, number: number): Promise<string> {
  const { menu } = await server.menu();
  const order = randomOrder(number, menu);
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

async function readMails({ server, terminal }: Session, orderid: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  if (!(await server.embedded())) {
    terminal.print('The message went to the subscribers of the topic: check your inbox.');
    return mails;
  }
  for await (const mail of server.mails(10, { orderid })) mails.push(mail);
  terminal.print(mails.flatMap((mail) => describeMail(mail, terminal)));
  return mails;
}

async function demonstrate(session: Session): Promise<void> {
  const { server, terminal } = session;
  const step = stepsOn(terminal);
  const embedded = await server.embedded();
  const console = embedded ? `${server.origin}/` : 'the Step Functions console';

  const placedFive = step(
    'Place five orders',
    'POST /order',
    'Each is answered once it is stored durably; its execution runs on its own.',
  );
  const orderids: string[] = [];
  for (let number = 0; number < 5; number++) orderids.push(await place(session, number));
  placedFive({ orderids });
  const [first = ''] = orderids;

  const watched = step(
    'Watch the first execution',
    'GET /order/{orderid}',
    `State by state. See it as a graph in ${console}`,
  );
  const history = await watch(session, first);
  for (const orderid of orderids) expectSuccess(await follow(session, orderid), embedded);
  terminal.print('The other four have succeeded too.');
  watched({ orderid: first, status: 'SUCCEEDED', history });

  const read = step('Read the order', 'GET /order?accountid=a0&vendorid=v0', 'By its primary key, as JSON.');
  const placed = await readOrder(session, 'a0', 'v0');
  read({ placed });

  const opened = step(
    'Open its invoice',
    `GET /invoice?objectKey=${plain(placed.invoice)}`,
    'A signed link that anyone can open for a while, and what it shows.',
  );
  const link = await server.api.getInvoice(placed.invoice);
  const invoice = await server.api.openInvoice(link.url);
  terminal.print([...describeLink(link), '', ...describeInvoice(invoice, terminal)]);
  opened({ link, invoice });

  const placedAnother = step(
    'Place another order',
    'POST /order',
    'task_notify sends a single message once the order is stored and on its invoice.',
  );
  const last = await place(session, 100);
  terminal.print('');
  const lastHistory = await watch(session, last);
  placedAnother({ orderid: last, status: 'SUCCEEDED', history: lastHistory });

  const mailed = step(
    'Read the mail',
    embedded ? `GET /mailbox?orderid=${last}` : 'your inbox',
    'One order, one message.',
  );
  mailed({ mails: await readMails(session, last) });

  const returned = step('Return the order', 'GET /order?accountid=a100&vendorid=v100', 'The order placed last.');
  returned({ placed: await readOrder(session, 'a100', 'v100') });
}

/** `coffee demo`: the whole system, step by step. */
export const demoCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('demo')
      .summary('show the whole system at work, step by step')
      .description(
        'Shows the whole system at work: five orders, an execution, an order, its invoice, and the message of a sixth.',
      ),
  )
    .addHelpText('after', '\nExample, with "npx pnpm start" in another terminal:\n  $ coffee demo')
    .action((options) => demonstrate(openSession(surroundings, options)));
