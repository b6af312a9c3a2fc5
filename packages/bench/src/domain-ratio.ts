import type { Order } from '@coffee/domain';
import { invoiceKeyOf, parseOrder, priceOrder } from '@coffee/domain';
import * as z from 'zod/mini';
import { orderBody } from './load.ts';

/** The baseline: the shape of an order, without its rules. */
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
  for (const order of orders.slice(0, 1000)) work(order);
  const since = performance.now();
  for (const order of orders) work(order);
  return orders.length / ((performance.now() - since) / 1000);
}

/** Orders per second through parse, price and key, against plain zod parsing of the same values. */
export function domainRatio(amount: number): { readonly ratio: number; readonly own: number; readonly plain: number } {
  const orders = Array.from({ length: amount }, () => (JSON.parse(orderBody()) as { order: Order }).order);
  const plain = rate((order) => plainSchema.parse(order), orders);
  const own = rate((order) => {
    const parsed = parseOrder(order);
    return [priceOrder(parsed), invoiceKeyOf(parsed)];
  }, orders);
  return { ratio: own / plain, own, plain };
}
