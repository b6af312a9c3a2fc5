import type { ExecutionState, Mail } from '@coffee/api';
import { Command, Option } from '@commander-js/extra-typings';
import { pagesOf } from '../client/coffee-server.ts';
import { describeError, describeStatus, tookOf } from '../executions/describe.ts';
import { numberFrom, openSession, withServerOptions } from '../session.ts';
import { fields, table } from '../terminal/table.ts';
import type { Surroundings, Terminal } from '../terminal/terminal.ts';
import { localDateTime, plain } from '../terminal/text.ts';

const limitOption = () =>
  new Option('--limit <number>', 'how many at most').argParser(numberFrom(1, 1_000_000)).default(20);

/** Writes a list for a script as it is read; for people, returns it whole. */
async function recordOrCollect<T>(items: AsyncIterable<T>, terminal: Terminal): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    terminal.record(item);
    if (!terminal.json) found.push(item);
    await terminal.drained();
  }
  return found;
}

function describeExecutions(executions: readonly ExecutionState[], terminal: Terminal): string[] {
  const rows = executions.map((state) => [
    localDateTime(new Date(state.startDate * 1000)),
    plain(state.orderid),
    describeStatus(state.status, terminal),
    tookOf(state) ?? '',
  ]);
  const [heading = '', ...lines] = table(['Started', 'Order', 'Status', { right: 'Took' }], rows, terminal.layout);
  const withErrors = lines.flatMap((line, index) => {
    const error = describeError(executions[index] ?? {});
    return error === undefined ? [line] : [line, `    ${error}`];
  });
  return [heading, ...withErrors];
}

export const executionsCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('executions')
      .summary('list executions, newest first')
      .description('Lists executions, newest first. Embedded servers only.')
      .addOption(new Option('--status <status>', 'only these').choices(['RUNNING', 'SUCCEEDED', 'FAILED'] as const))
      .addOption(limitOption()),
  )
    .addHelpText('after', '\nExample:\n  $ coffee executions --status FAILED --limit 5')
    .action(async ({ status, limit, ...options }) => {
      const { server, terminal } = openSession(surroundings, options);
      const instead = 'see them in the Step Functions console; for a single one: coffee status ORDERID';
      await server.expectEmbedded('executions', instead);
      const all = pagesOf(limit, async (page) => {
        const { executions, next } = await server.api.listExecutions({ ...(status && { status }), ...page });
        return { items: executions, next };
      });
      const found = await recordOrCollect(all, terminal);
      if (found.length > 0) terminal.print(describeExecutions(found, terminal));
      else if (!terminal.json) terminal.note(status ? `no execution is ${status}` : 'no order has been placed yet');
    });

/** A message as people read it. */
export function describeMail(mail: Mail, terminal: Terminal): string[] {
  const head = fields(terminal.label, [
    ['Subject', plain(mail.subject)],
    ['Sent', localDateTime(new Date(mail.sentAt))],
    ['Order', plain(mail.id)],
  ]);
  return [...head, '', ...mail.text.trimEnd().split('\n').map(plain)];
}

export const mailboxCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('mailbox')
      .summary('list the messages, or show that of one order')
      .description('Lists the messages, newest first, or shows that of one order. Embedded servers only.')
      .option('--orderid <orderid>', 'show the message of this order')
      .addOption(limitOption()),
  )
    .addHelpText('after', '\nExamples:\n  $ coffee mailbox --limit 5\n  $ coffee mailbox --orderid my-order-1')
    .action(async ({ orderid, limit, ...options }) => {
      const { server, terminal } = openSession(surroundings, options);
      await server.expectEmbedded('messages', 'they went to the subscribers of its topic: check your own inbox');
      const all = pagesOf(limit, async (page) => {
        const { mails, next } = await server.api.listMails({ ...(orderid !== undefined && { orderid }), ...page });
        return { items: mails, next };
      });
      const found = await recordOrCollect(all, terminal);
      const rows = found.map(({ id, sentAt, subject }) => [localDateTime(new Date(sentAt)), plain(id), plain(subject)]);
      if (terminal.json) return;
      if (found.length === 0)
        terminal.note(orderid === undefined ? 'no message yet' : `no message for order ${plain(orderid)} yet`);
      else if (orderid === undefined) terminal.print(table(['Sent', 'Order', 'Subject'], rows, terminal.layout));
      else terminal.print(found.flatMap((mail) => describeMail(mail, terminal)));
    });
