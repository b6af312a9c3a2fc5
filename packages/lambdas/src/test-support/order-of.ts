import type { Order } from '@coffee/domain';

/** An order of November 2026, two small lattes for 7.00. */
export function orderOf(changes: Partial<Order> = {}): Order {
  return {
    accountid: 'a0',
    vendorid: 'v0',
    orderdate: '2026-11-24 09:30:00.123456',
    city: 'Adelaide',
    details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 },
    eventtype: ['new_order'],
    ...changes,
  };
}
