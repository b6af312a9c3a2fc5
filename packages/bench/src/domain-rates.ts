import type { Order } from '@coffee/domain';
import { defineMenu, invoiceKeyOf, orderSchema, parseOrder, priceOrder } from '@coffee/domain';
import * as z from 'zod/mini';
import { orderBody, sizes } from './load.ts';
import { median } from './rounds.ts';

/** A baseline: the shape of an order, without its rules. */
const plainSchema = z.strictObject({
  accountid: z.string(),
  vendorid: z.string(),
  orderdate: z.string(),
  city: z.string(),
  details: z.strictObject({
    coffeetype: z.string(),
    coffeesize: z.string(),
    unitprice: z.union([z.string(), z.number()]),
    quantity: z.number(),
  }),
  eventtype: z.array(z.string()),
});

function rate(work: (order: Order) => unknown, orders: readonly Order[]): number {
  const since = performance.now();
  for (const order of orders) work(order);
  return orders.length / ((performance.now() - since) / 1000);
}

const menu = defineMenu({
  currency: 'AUD',
  coffeetypes: ['Latte', 'Cappuccino', 'Flat White'],
  coffeesizes: sizes.map(([coffeesize, unitprice]) => ({ coffeesize, unitprice })),
});
const schema = orderSchema(menu);
const works = {
  own: (order: Order) => {
    const parsed = parseOrder(order, menu);
    return [priceOrder(parsed, menu), invoiceKeyOf(parsed)];
  },
  schema: (order: Order) => schema.parse(order),
  plain: (order: Order) => plainSchema.parse(order),
};

/**
 * Orders a second through parse, price and key, and through zod alone: with the same schema, and with a plain one. In turns,
 * once to warm up and nine times more; the medians count.
 */
export function domainRates(amount: number): { readonly own: number; readonly schema: number; readonly plain: number } {
  const orders = Array.from({ length: amount }, () => (JSON.parse(orderBody()) as { order: Order }).order);
  const rounds = Array.from({ length: 10 }, () => ({
    own: rate(works.own, orders),
    schema: rate(works.schema, orders),
    plain: rate(works.plain, orders),
  })).slice(1);
  const of = (name: keyof typeof works) => median(rounds.map((round) => round[name]));
  return { own: of('own'), schema: of('schema'), plain: of('plain') };
}
