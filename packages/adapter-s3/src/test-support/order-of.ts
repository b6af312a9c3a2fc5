import type { Order } from '@coffee/domain';

/** The order of the tests: two small lattes. */
export function orderOf(overrides: Partial<Order> = {}): Order {
  return {
    accountid: 'a0',
    vendorid: 'v0',
    orderdate: '2026-11-24 09:30:00.123456',
    city: "L'Aquila \u2615",
    details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: 3.5, quantity: 2 },
    eventtype: ['order', 'coffee'],
    ...overrides,
  };
}
