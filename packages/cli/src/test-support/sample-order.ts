import type { Order } from '@coffee/domain';

/** An order that the default menu sells. */
export function orderOf(accountid: string, vendorid: string): Order {
  return {
    accountid,
    vendorid,
    orderdate: '2026-11-24 09:30:00',
    city: "L'Aquila",
    details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 },
    eventtype: ['new_order'],
  };
}

/** The same as flags. */
export function flagsOf(accountid: string, vendorid: string): string[] {
  const { orderdate, city } = orderOf(accountid, vendorid);
  const flags = { accountid, vendorid, orderdate, city, coffeetype: 'Latte', coffeesize: 'Small', quantity: '2' };
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
}
