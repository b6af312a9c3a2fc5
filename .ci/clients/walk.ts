import { setTimeout } from 'node:timers/promises';

/** What a generated client must be able to do, each call with the types that its generator wrote. */
export interface Calls {
  place(accountid: string): Promise<{ readonly orderid: string } | undefined>;
  state(orderid: string): Promise<{ readonly status: string } | undefined>;
  read(accountid: string): Promise<{ readonly orderid: string; readonly invoice: string } | undefined>;
  link(objectKey: string): Promise<{ readonly url: string } | undefined>;
}

/** The invoice that every generator has a type of. */
export interface Invoice {
  readonly lines: readonly { readonly orderid: string; readonly amount: string; readonly currency: string }[];
  readonly totals: readonly { readonly currency: string; readonly total: string }[];
}

/** The address of the server, from the environment. */
export const origin = process.env.ORIGIN ?? '';

/** The parts of an order that the types must let through. */
export const order = {
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00.123456',
  city: "L'Aquila",
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.50', quantity: 2 },
  eventtype: ['new_order'],
} as const;

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}

/** Places an order, waits until it has succeeded, reads it, and opens its invoice; prints one line. */
export async function walk(name: string, calls: Calls): Promise<void> {
  const accountid = `${name}-${Date.now()}`;
  const { orderid } = needed(await calls.place(accountid), 'answer to the order');
  const deadline = Date.now() + 30_000;
  let status = 'RUNNING';
  while (status === 'RUNNING' && Date.now() < deadline) {
    ({ status } = needed(await calls.state(orderid), 'state'));
    await setTimeout(20);
  }
  if (status !== 'SUCCEEDED') throw new Error(`the order ended ${status}`);
  const placed = needed(await calls.read(accountid), 'order');
  if (placed.orderid !== orderid) throw new Error(`read the order ${placed.orderid}`);
  const { url } = needed(await calls.link(placed.invoice), 'link');
  const invoice = (await (await fetch(url)).json()) as Invoice;
  const [total] = invoice.totals;
  if (invoice.lines[0]?.orderid !== orderid || total?.total !== '7.00') throw new Error('the invoice lacks the order');
  console.log(`${name}: placed ${orderid}, read it, and its invoice of ${total.total} ${total.currency}`);
}
