import { Command, Option } from '@commander-js/extra-typings';
import type { Mail } from '../client/answers.ts';
import { NotServed } from '../failures/not-served.ts';
import { jsonOption, numberFrom, openSession, retryOption, urlOption } from '../session.ts';
import { localDateTime } from '../terminal/local-time.ts';
import { plain } from '../terminal/plain.ts';
import { fields, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const columns = [{ heading: 'Sent' }, { heading: 'Order' }, { heading: 'Subject' }] as const;

/** A mail as a person reads it. */
export function describeMail(mail: Mail, terminal: Terminal): string[] {
  const head = fields(
    [
      ['Subject', plain(mail.subject)],
      ['Sent', localDateTime(new Date(mail.sentAt))],
      ['Order', plain(mail.id)],
    ],
    (text) => terminal.style('bold', text),
  );
  return [...head, '', ...mail.text.trimEnd().split('\n').map(plain)];
}

function describeMails(mails: readonly Mail[], terminal: Terminal): string[] {
  const rows = mails.map((mail) => [localDateTime(new Date(mail.sentAt)), plain(mail.id), plain(mail.subject)]);
  return table(columns, rows, terminal.layout);
}

/** `coffee mailbox`: the mails of an embedded server. */
export const mailboxCommand = () =>
  new Command('mailbox')
    .summary('list the mails, or read that of one order')
    .description('Lists the mails, the newest first, or shows the mail of one order. Embedded servers only.')
    .option('--orderid <orderid>', 'show the mail of this order')
    .addOption(new Option('--limit <number>', 'how many at most').argParser(numberFrom(1, 1_000_000)).default(20))
    .addOption(jsonOption())
    .addOption(urlOption())
    .addOption(retryOption())
    .addHelpText('after', '\nExamples:\n  $ coffee mailbox --limit 5\n  $ coffee mailbox --orderid my-order-1')
    .action(async ({ orderid, limit, ...options }) => {
      const { server, terminal } = openSession(options);
      if (!(await server.embedded())) {
        throw new NotServed(
          'mails',
          server.origin,
          'they went to the subscribers of its topic: look into your own inbox',
        );
      }
      const mails: Mail[] = [];
      for await (const mail of server.mails(limit, orderid === undefined ? {} : { orderid })) mails.push(mail);
      if (terminal.json) for (const mail of mails) terminal.record(mail);
      else if (mails.length === 0)
        terminal.note(orderid === undefined ? 'no mail yet' : `no mail of order ${plain(orderid)} yet`);
      else if (orderid === undefined) terminal.print(describeMails(mails, terminal));
      else terminal.print(mails.flatMap((mail) => describeMail(mail, terminal)));
    });
