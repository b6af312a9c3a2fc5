import type { Mail } from '@coffee/api';
import { Command } from '@commander-js/extra-typings';
import { pagesOf } from '../client/coffee-server.ts';
import { openSession, withServerOptions } from '../session.ts';
import { fields, table } from '../terminal/table.ts';
import type { Surroundings, Terminal } from '../terminal/terminal.ts';
import { localDateTime, plain } from '../terminal/text.ts';
import { limitOption, recordOrCollect } from './executions.ts';

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
