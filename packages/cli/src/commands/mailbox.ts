import type { Mail } from '@coffee/api';
import { Command, Option } from '@commander-js/extra-typings';
import { numberFrom, openSession, withServerOptions } from '../session.ts';
import type { Surroundings } from '../surroundings.ts';
import { fields, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { localDateTime, plain } from '../terminal/text.ts';

const columns = [{ heading: 'Sent' }, { heading: 'Order' }, { heading: 'Subject' }] as const;

/** A message as people read it. */
export function describeMail(mail: Mail, terminal: Terminal): string[] {
  const head = fields(
    [
      ['Subject', plain(mail.subject)],
      ['Sent', localDateTime(new Date(mail.sentAt))],
      ['Order', plain(mail.id)],
    ],
    terminal.label,
  );
  return [...head, '', ...mail.text.trimEnd().split('\n').map(plain)];
}

function describeMails(mails: readonly Mail[], terminal: Terminal): string[] {
  const rows = mails.map((mail) => [localDateTime(new Date(mail.sentAt)), plain(mail.id), plain(mail.subject)]);
  return table(columns, rows, terminal.layout);
}

/** `coffee mailbox`: the messages of an embedded server. */
export const mailboxCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('mailbox')
      .summary('list the messages, or show that of one order')
      .description('Lists the messages, newest first, or shows that of one order. Embedded servers only.')
      .option('--orderid <orderid>', 'show the message of this order')
      .addOption(new Option('--limit <number>', 'how many at most').argParser(numberFrom(1, 1_000_000)).default(20)),
  )
    .addHelpText('after', '\nExamples:\n  $ coffee mailbox --limit 5\n  $ coffee mailbox --orderid my-order-1')
    .action(async ({ orderid, limit, ...options }) => {
      const { server, terminal } = openSession(surroundings, options);
      await server.expectEmbedded('messages', 'they went to the subscribers of its topic: check your own inbox');
      const mails: Mail[] = [];
      for await (const mail of server.mails(limit, orderid === undefined ? {} : { orderid })) mails.push(mail);
      if (terminal.json) for (const mail of mails) terminal.record(mail);
      else if (mails.length === 0)
        terminal.note(orderid === undefined ? 'no message yet' : `no message for order ${plain(orderid)} yet`);
      else if (orderid === undefined) terminal.print(describeMails(mails, terminal));
      else terminal.print(mails.flatMap((mail) => describeMail(mail, terminal)));
    });
