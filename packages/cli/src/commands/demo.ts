import type { PlacedOrder } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import type { HistoryEvent, Mail } from '../client/answers.ts';
import { Narrator } from '../demo/narrator.ts';
import { describeEvent } from '../executions/describe-event.ts';
import { describeStatus, expectSuccess, tookOf } from '../executions/describe-state.ts';
import { follow } from '../executions/follow.ts';
import { describeOrder } from '../orders/describe-order.ts';
import { randomOrder } from '../orders/random-order.ts';
import type { Session } from '../session.ts';
import { jsonOption, openSession, retryOption, urlOption } from '../session.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { plain } from '../terminal/plain.ts';
import { renderJson } from '../terminal/render-json.ts';
import { describeInvoice, describeLink } from './invoice.ts';
import { describeMail } from './mailbox.ts';

type Stage = Session & { readonly narrator: Narrator; readonly signal: AbortSignal };

/** Places the seed's random order of this number and says so; answers its id. */
async function place({ server, terminal }: Stage, number: number): Promise<string> {
  const { menu } = await server.menu();
  const order = randomOrder(number, menu);
  const { orderid } = await server.place(order);
  const who = `${plain(order.accountid)} at ${plain(order.vendorid)}`.padEnd(12);
  const what = `${describeOrder(order)}, ${plain(order.city)}`.padEnd(36);
  terminal.print(`${terminal.style('green', '202')}  ${who}  ${what}  ${plain(orderid)}`);
  return orderid;
}

/** Shows an execution state by state, as it happens; answers what happened. */
async function watch({ server, terminal, signal }: Stage, orderid: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  const onEvent = (event: HistoryEvent) => {
    events.push(event);
    terminal.print(describeEvent(event, terminal));
  };
  const state = await follow(server, orderid, { signal, onEvent });
  terminal.print(`${describeStatus(state.status, terminal)} in ${tookOf(state) ?? 'no time'}`);
  expectSuccess(state, await server.embedded());
  return events;
}

async function readOrder(
  { server, terminal, narrator }: Stage,
  accountid: string,
  vendorid: string,
): Promise<PlacedOrder> {
  const placed = await server.order(accountid, vendorid);
  terminal.print(renderJson(placed, terminal));
  narrator.result({ placed });
  return placed;
}

async function readMails({ server, terminal }: Stage, orderid: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  if (!(await server.embedded())) {
    terminal.print('The mail went to the subscribers of the topic: look into your inbox.');
    return mails;
  }
  for await (const mail of server.mails(10, { orderid })) mails.push(mail);
  terminal.print(mails.flatMap((mail) => describeMail(mail, terminal)));
  return mails;
}

async function demonstrate(stage: Stage): Promise<void> {
  const { server, terminal, narrator, signal } = stage;
  const embedded = await server.embedded();
  const console = embedded ? `${server.origin}/` : 'the Step Functions console';

  narrator.begin(
    'Place five orders',
    'POST /order',
    'Each is answered as soon as it is safely taken; its execution goes on by itself.',
  );
  const orderids: string[] = [];
  for (let number = 0; number < 5; number++) orderids.push(await place(stage, number));
  narrator.result({ orderids });
  const [first = ''] = orderids;

  narrator.begin('Watch the first execution', 'GET /order/{orderid}', `State by state. It is drawn at ${console}`);
  const history = await watch(stage, first);
  for (const orderid of orderids) expectSuccess(await follow(server, orderid, { signal }), embedded);
  terminal.print('The other four have succeeded too.');
  narrator.result({ orderid: first, status: 'SUCCEEDED', history });

  narrator.begin(
    'Read the order',
    'GET /order?accountid=a0&vendorid=v0',
    'By its primary key, as JSON that can be read.',
  );
  const { invoice: objectKey } = await readOrder(stage, 'a0', 'v0');

  narrator.begin(
    'Open its invoice',
    `GET /invoice?objectKey=${plain(objectKey)}`,
    'A signed link that anyone can open for a while, and what it leads to.',
  );
  const link = await server.invoiceLink(objectKey);
  const invoice = await server.invoice(link);
  terminal.print([...describeLink(link), '', ...describeInvoice(invoice, terminal)]);
  narrator.result({ link, invoice });

  narrator.begin(
    'Place another order',
    'POST /order',
    'task_notify sends a single mail once the order is stored and stands on its invoice.',
  );
  const last = await place(stage, 100);
  terminal.print('');
  const lastHistory = await watch(stage, last);
  narrator.result({ orderid: last, status: 'SUCCEEDED', history: lastHistory });

  narrator.begin('Read the mail', embedded ? `GET /mailbox?orderid=${last}` : 'your inbox', 'One order, one mail.');
  narrator.result({ mails: await readMails(stage, last) });

  narrator.begin('Return the order', 'GET /order?accountid=a100&vendorid=v100', 'The order that was placed last.');
  await readOrder(stage, 'a100', 'v100');
}

/** `coffee demo`: the demonstration of the seed, step by step. */
export const demoCommand = () =>
  new Command('demo')
    .summary('show the whole system at work, step by step')
    .description(
      'Shows the whole system at work: five orders, an execution, an order, its invoice, and the mail of a sixth.',
    )
    .addOption(jsonOption())
    .addOption(urlOption())
    .addOption(retryOption())
    .addHelpText('after', '\nExample, with "npx pnpm start" in another terminal:\n  $ coffee demo')
    .action((options) =>
      interruptible((signal) => {
        const session = openSession(options, { signal });
        return demonstrate({ ...session, narrator: new Narrator(session.terminal), signal });
      }),
    );
