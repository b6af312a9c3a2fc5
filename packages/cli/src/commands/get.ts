import type { Order } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import { openSession, withServerOptions } from '../session.ts';
import { fields } from '../terminal/table.ts';
import type { Surroundings } from '../terminal/terminal.ts';
import { localDateTime, plain } from '../terminal/text.ts';

/** An order in a few words, like `2 x Latte, Small`. */
export function describeOrder({ details }: Pick<Order, 'details'>): string {
  return plain(`${details.quantity} x ${details.coffeetype}, ${details.coffeesize}`);
}

export const getCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('get')
      .summary('show the newest order of an account at a vendor')
      .description('Shows the newest order of an account at a vendor: the two are the primary key.')
      .argument('<accountid>', 'like a0')
      .argument('<vendorid>', 'like v0'),
  )
    .addHelpText('after', '\nExample:\n  $ coffee get a0 v0')
    .action(async (accountid, vendorid, options) => {
      const { server, terminal } = openSession(surroundings, options);
      const placed = await server.api.getOrder({ accountid, vendorid });
      const { orderid, acceptedAt, order, total, currency, invoice } = placed;
      terminal.show(placed, () =>
        fields(terminal.label, [
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
        ]),
      );
    });
