import type { Menu } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import { pythonDateTime } from '../terminal/text.ts';

/** The names of the flags: those of the fields of an order. */
export const fieldNames = [
  'accountid',
  'vendorid',
  'coffeetype',
  'coffeesize',
  'quantity',
  'city',
  'orderdate',
  'unitprice',
  'eventtype',
] as const;

/** The fields of an order on the command line. */
export type OrderFields = {
  readonly [name in (typeof fieldNames)[number]]?: (name extends 'eventtype' ? readonly string[] : string) | undefined;
};

/** A command with a flag for each field of an order. */
export const withOrderFields = (name: string) =>
  new Command(name)
    .option('--accountid <id>', 'who orders, like a0')
    .option('--vendorid <id>', 'who makes the coffee, like v0')
    .option('--coffeetype <type>', 'a coffee of the menu, like Latte')
    .option('--coffeesize <size>', 'a size of the menu, like Small')
    .option('--quantity <number>', 'how many cups')
    .option('--city <city>', 'where, like Adelaide')
    .option('--orderdate <date>', 'when, as Python prints it or in ISO 8601 (default: now)')
    .option('--unitprice <price>', 'the price of a cup (default: the list price of the size)')
    .option('--eventtype <type...>', 'what subscribers filter by (default: new_order)');

/** The time as an order date: local, to the microsecond. */
export const now = () => pythonDateTime(new Date(), Math.floor((performance.now() % 1) * 1000));

/** The order that the flags make; the menu has the price when they do not. The server checks it: what is missing is left out, what is wrong is sent as it is. */
export function orderOf(fields: OrderFields, menu?: Menu): unknown {
  const { accountid, vendorid, coffeetype, coffeesize, quantity, city } = fields;
  const listPrice = menu?.coffeesizes.find((size) => size.coffeesize === coffeesize)?.unitprice;
  return {
    accountid,
    vendorid,
    orderdate: fields.orderdate ?? now(),
    city,
    details: {
      coffeetype,
      coffeesize,
      unitprice: fields.unitprice ?? listPrice,
      quantity: quantity !== undefined && /^-?\d+(\.\d+)?$/.test(quantity) ? Number(quantity) : quantity,
    },
    eventtype: fields.eventtype ?? ['new_order'],
  };
}
