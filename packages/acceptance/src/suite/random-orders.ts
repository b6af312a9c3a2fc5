import { randomBytes, randomInt } from 'node:crypto';
import type { Menu, Order } from '@coffee/domain';
import * as domain from '@coffee/domain';

/** The menu of the seed, its prices as the seed writes them. */
const menu: Menu = {
  currency: 'AUD',
  coffeetypes: ['Short Black', 'Flat White', 'Latte', 'Long Black'],
  coffeesizes: [
    { coffeesize: 'Small', unitprice: '3.5' },
    { coffeesize: 'Medium', unitprice: '4.0' },
    { coffeesize: 'Large', unitprice: '4.5' },
    { coffeesize: 'x-Large', unitprice: '5.0' },
  ],
};

/** An order with the seed's random choices, of this moment. */
export function randomOrder(accountid: string, vendorid: string, overrides: Partial<Order> = {}): Order {
  const orderdate = domain.orderDateOf(new Date(), randomInt(1000));
  return domain.randomOrder(menu, Math.random, { accountid, vendorid, orderdate, ...overrides });
}

/** The key of the invoice an order is a line of, built as the seed builds it: the month not padded. */
export function objectKeyOf(order: Pick<Order, 'accountid' | 'orderdate'>): string {
  return `${order.orderdate.slice(0, 4)}/${Number(order.orderdate.slice(5, 7))}/${order.accountid}`;
}

/** Account ids that no earlier run has used. */
export function freshAccounts(): (name: string) => string {
  const prefix = `t${randomBytes(5).toString('hex')}`;
  return (name) => `${prefix}-${name}`;
}
