import { defineMenu, placeOrder } from '@coffee/domain';

export const menu = defineMenu({
  currency: 'AUD',
  coffeetypes: ['Latte'],
  coffeesizes: [{ coffeesize: 'Small', unitprice: '3.50' }],
});

export const order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00',
  city: 'Adelaide',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.50', quantity: 2 },
  eventtype: ['new_order'],
};

export const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order }, menu);
