import type { PlacedOrder } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import { describeOrder } from '../orders/describe-order.ts';
import { jsonOption, openSession, retryOption, urlOption } from '../session.ts';
import { localDateTime } from '../terminal/local-time.ts';
import { plain } from '../terminal/plain.ts';
import { fields } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** An order as it is stored, as lines for people. */
function describePlaced(placed: PlacedOrder, terminal: Terminal): string[] {
  const { orderid, acceptedAt, order, total, currency, invoice } = placed;
  return fields(
    [
      ['Order', plain(orderid)],
      ['Account', plain(order.accountid)],
      ['Vendor', plain(order.vendorid)],
      ['Coffee', describeOrder(order)],
      ['Total', plain(`${total} ${currency}`)],
      ['City', plain(order.city)],
      ['Order date', plain(order.orderdate)],
      ['Event type', plain(order.eventtype.join(', '))],
      ['Accepted', localDateTime(new Date(acceptedAt))],
      ['Invoice', plain(invoice)],
    ],
    (text) => terminal.style('bold', text),
  );
}

/** `coffee get ACCOUNTID VENDORID`: the newest order of an account at a vendor. */
export const getCommand = () =>
  new Command('get')
    .summary('read the newest order of an account at a vendor')
    .description('Reads the newest order of an account at a vendor: the two are the primary key.')
    .argument('<accountid>', 'like a0')
    .argument('<vendorid>', 'like v0')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addOption(retryOption())
    .addHelpText('after', '\nExample:\n  $ coffee get a0 v0')
    .action(async (accountid, vendorid, options) => {
      const { server, terminal } = openSession(options);
      const placed = await server.order(accountid, vendorid);
      terminal.show(placed, () => describePlaced(placed, terminal));
    });
