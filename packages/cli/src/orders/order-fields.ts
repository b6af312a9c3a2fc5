import type { Menu } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import { pythonNow } from './python-now.ts';

/** The fields of an order as they stand on the command line, each under the name the seed gave it. */
export interface OrderFields {
  readonly accountid?: string | undefined;
  readonly vendorid?: string | undefined;
  readonly coffeetype?: string | undefined;
  readonly coffeesize?: string | undefined;
  readonly quantity?: string | undefined;
  readonly city?: string | undefined;
  readonly orderdate?: string | undefined;
  readonly unitprice?: string | undefined;
  readonly eventtype?: readonly string[] | undefined;
}

/** The names of the flags. */
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
] as const satisfies readonly (keyof OrderFields)[];

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
    .option('--eventtype <type...>', 'what the mail is filtered by (default: new_order)');

/**
 * The order that the flags make. It is not checked here: what is missing is left out and what is wrong is sent as it
 * is, for the server to say so.
 */
export function orderOf(fields: OrderFields, menu: Menu): unknown {
  const { accountid, vendorid, coffeetype, coffeesize, quantity, city } = fields;
  const listPrice = menu.coffeesizes.find((size) => size.coffeesize === coffeesize)?.unitprice;
  return {
    accountid,
    vendorid,
    orderdate: fields.orderdate ?? pythonNow(),
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
