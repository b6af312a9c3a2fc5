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

/** Presents the steps of a demonstration: for people a title and the call, then the outcome; one object per step under `--json`. */
class Narrator {
  readonly #terminal: Terminal;
  #step = 0;
  #title = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Begins a step. `why` says what to look at. */
  begin(title: string, call: string, why: string): void {
    this.#step += 1;
    this.#title = title;
    const terminal = this.#terminal;
    if (this.#step > 1) terminal.print('');
    const heading = terminal.style('bold', `${this.#step}. ${title}`);
    terminal.print([`${heading}  ${terminal.style('cyan', call)}`, terminal.style('dim', why), '']);
  }

  /** The outcome of the step, for a script. Each step has one. */
  result(value: Readonly<Record<string, unknown>>): void {
    this.#terminal.record({ step: this.#step, title: this.#title, ...value });
  }
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON on several lines; keys, strings and numbers in different colours where the terminal has colours. */
export function renderJson(value: unknown, terminal: Terminal): string {
  return JSON.stringify(value, null, 2).replace(token, (all: string, text?: string, colon?: string) => {
    if (colon !== undefined) return `${terminal.style('cyan', text ?? '')}${colon}`;
    return terminal.style(text === undefined ? 'yellow' : 'green', all);
  });
}

type Stage = Session & { readonly narrator: Narrator };

/** Places the random order of this number and says so; resolves to its id. */
async function place({ server, terminal }: Stage, number: number): Promise<string> {
  const { menu } = await server.menu();
  const order = randomOrder(number, menu);
  const { orderid } = await server.place(order);
  const who = `${plain(order.accountid)} at ${plain(order.vendorid)}`.padEnd(12);
  const what = `${describeOrder(order)}, ${plain(order.city)}`.padEnd(36);
  terminal.print(`${terminal.style('green', '202')}  ${who}  ${what}  ${plain(orderid)}`);
  return orderid;
}

/** Shows an execution state by state, as it happens; resolves to what happened. */
async function watch(stage: Stage, orderid: string): Promise<HistoryEvent[]> {
  const { server, terminal } = stage;
  const events: HistoryEvent[] = [];
  const onEvent = (event: HistoryEvent) => {
    events.push(event);
    terminal.print(describeEvent(event, terminal));
  };
  const state = await follow(stage, orderid, onEvent);
  terminal.print(`${describeStatus(state.status, terminal)} in ${tookOf(state) ?? 'no time'}`);
  expectSuccess(state, await server.embedded());
  return events;
}

async function readOrder(
  { server, terminal, narrator }: Stage,
  accountid: string,
  vendorid: string,
): Promise<PlacedOrder> {
  const placed = await server.api.getOrder({ accountid, vendorid });
  terminal.print(renderJson(placed, terminal));
  narrator.result({ placed });
  return placed;
}

async function readMails({ server, terminal }: Stage, orderid: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  if (!(await server.embedded())) {
    terminal.print('The message went to the subscribers of the topic: check your inbox.');
    return mails;
  }
  for await (const mail of server.mails(10, { orderid })) mails.push(mail);
  terminal.print(mails.flatMap((mail) => describeMail(mail, terminal)));
  return mails;
}

async function demonstrate(stage: Stage): Promise<void> {
  const { server, terminal, narrator } = stage;
  const embedded = await server.embedded();
  const console = embedded ? `${server.origin}/` : 'the Step Functions console';

  narrator.begin(
    'Place five orders',
    'POST /order',
    'Each is answered once it is stored durably; its execution runs on its own.',
  );
  const orderids: string[] = [];
  for (let number = 0; number < 5; number++) orderids.push(await place(stage, number));
  narrator.result({ orderids });
  const [first = ''] = orderids;

  narrator.begin(
    'Watch the first execution',
    'GET /order/{orderid}',
    `State by state. See it as a graph in ${console}`,
  );
  const history = await watch(stage, first);
  for (const orderid of orderids) expectSuccess(await follow(stage, orderid), embedded);
  terminal.print('The other four have succeeded too.');
  narrator.result({ orderid: first, status: 'SUCCEEDED', history });

  narrator.begin('Read the order', 'GET /order?accountid=a0&vendorid=v0', 'By its primary key, as JSON.');
  const { invoice: objectKey } = await readOrder(stage, 'a0', 'v0');

  narrator.begin(
    'Open its invoice',
    `GET /invoice?objectKey=${plain(objectKey)}`,
    'A signed link that anyone can open for a while, and what it shows.',
  );
  const link = await server.api.getInvoice(objectKey);
  const invoice = await server.api.openInvoice(link.url);
  terminal.print([...describeLink(link), '', ...describeInvoice(invoice, terminal)]);
  narrator.result({ link, invoice });

  narrator.begin(
    'Place another order',
    'POST /order',
    'task_notify sends a single message once the order is stored and on its invoice.',
  );
  const last = await place(stage, 100);
  terminal.print('');
  const lastHistory = await watch(stage, last);
  narrator.result({ orderid: last, status: 'SUCCEEDED', history: lastHistory });

  narrator.begin('Read the mail', embedded ? `GET /mailbox?orderid=${last}` : 'your inbox', 'One order, one message.');
  narrator.result({ mails: await readMails(stage, last) });

  narrator.begin('Return the order', 'GET /order?accountid=a100&vendorid=v100', 'The order placed last.');
  await readOrder(stage, 'a100', 'v100');
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
    .action((options) => {
      const session = openSession(surroundings, options);
      return demonstrate({ ...session, narrator: new Narrator(session.terminal) });
    });
