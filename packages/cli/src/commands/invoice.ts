import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { InvoiceLink } from '@coffee/api';
import type { Invoice } from '@coffee/domain';
import { formatMoney, parseMoney } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import { exitCodes, Failure, UsageError } from '../failure.ts';
import { openSession, withServerOptions } from '../session.ts';
import { table } from '../terminal/table.ts';
import type { Surroundings, Terminal } from '../terminal/terminal.ts';
import { duration, localDateTime, plain } from '../terminal/text.ts';

/** An invoice as a table of its lines, with a total for each currency. Amounts name their currency if there are several. */
export function describeInvoice({ accountid, period, lines, totals }: Invoice, terminal: Terminal): string[] {
  const [first, ...others] = totals;
  const only = others.length === 0 ? first?.currency : undefined;
  const money = (amount: string, currency: string) => plain(only === undefined ? `${amount} ${currency}` : amount);
  const rows = lines.map(({ order, amount, currency }) => {
    const { coffeetype, coffeesize, unitprice, quantity } = order.details;
    const each = formatMoney(parseMoney(String(unitprice), currency), currency);
    const cells = [order.orderdate.slice(0, 19), order.vendorid, coffeetype, coffeesize].map(plain);
    return [...cells, money(each, currency), String(quantity), money(amount, currency)];
  });
  const sums = totals.map(({ currency, total }, index) =>
    ['', '', '', '', '', index === 0 ? 'Total' : '', money(total, currency)].map(terminal.label),
  );
  const month = `${period.year}-${String(period.month).padStart(2, '0')}`;
  const heading = `Invoice of account ${plain(accountid)}, ${month}${only === undefined ? '' : `, in ${plain(only)}`}`;
  const right = ['Each', 'Quantity', 'Amount'].map((right) => ({ right }));
  const columns = ['Order date', 'Vendor', 'Coffee', 'Size', ...right];
  return [terminal.label(heading), '', ...table(columns, [...rows, ...sums], terminal.layout)];
}

/** A link and how long it works. */
export function describeLink({ url, expiresAt }: InvoiceLink): string[] {
  const date = new Date(expiresAt);
  return [plain(url), `valid for ${duration(date.getTime() - Date.now())}, until ${localDateTime(date)}`];
}

function keyOf(objectKey: string | undefined, accountid: string | undefined, month: string | undefined): string {
  if (objectKey !== undefined) {
    if (accountid === undefined && month === undefined) return objectKey;
    throw new UsageError('give OBJECTKEY, or --accountid and --month, not both');
  }
  if (accountid === undefined) throw new UsageError('which invoice? Give OBJECTKEY, or --accountid and --month');
  const now = new Date();
  const [, year, number] = /^(\d{4})[-/](\d{1,2})$/.exec(month ?? `${now.getFullYear()}-${now.getMonth() + 1}`) ?? [];
  if (year === undefined)
    throw new UsageError(`--month ${JSON.stringify(month)} is not a month; write it like 2026-11`);
  return `${year}/${Number(number)}/${accountid}`;
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens a web address in the default browser, without a shell in between; resolves to whether that worked. */
async function openInBrowser(url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (!/^https?:$/.test(new URL(url).protocol)) return false;
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, env });
  try {
    const [code] = (await once(child, 'exit', { signal: AbortSignal.timeout(2000) })) as [number | null];
    return code === 0;
  } catch (error) {
    return (error as Error).name === 'AbortError'; // what is still running has become the browser itself
  } finally {
    child.unref();
  }
}

export const invoiceCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('invoice')
      .summary("show an account's invoice of a month")
      .description("Shows an account's invoice of a month, by its object key or by account and month.")
      .argument('[objectkey]', 'like 2026/11/a0, the month not padded')
      .option('--accountid <accountid>', 'the account, instead of OBJECTKEY')
      .option('--month <month>', 'its month, like 2026-11 (default: this month)')
      .option('--open', 'open the signed link in the browser')
      .option('--save <file>', 'write the invoice to a file, as JSON'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  $ coffee invoice 2026/11/a0\n  $ coffee invoice --accountid a0 --save invoice.json',
    )
    .action(async (objectKey, { accountid, month, open, save, ...options }) => {
      const key = keyOf(objectKey, accountid, month);
      const { server, terminal } = openSession(surroundings, options);
      const link = await server.api.getInvoice(key);
      const invoice = await server.api.openInvoice(link.url);
      if (save !== undefined) {
        await writeFile(save, `${JSON.stringify(invoice, null, 2)}\n`).catch((error: Error) => {
          const message = `the invoice could not be saved: ${error.message}`;
          throw new Failure(exitCodes.failed, message, { code: 'NotSaved', cause: error });
        });
        terminal.note(`saved to ${save}`);
      }
      terminal.show({ ...link, invoice }, () => [...describeInvoice(invoice, terminal), '', ...describeLink(link)]);
      if (open && !(await openInBrowser(link.url, surroundings.env)))
        terminal.note('no browser could be opened; the link is above');
    });
