import { randomBytes, randomInt } from 'node:crypto';
import type { Order } from '@coffee/domain';

/** The menu of the seed. */
const sizes = { Small: '3.5', Medium: '4.0', Large: '4.5', 'x-Large': '5.0' };
const coffeetypes = ['Short Black', 'Flat White', 'Latte', 'Long Black'];
const cities = ['Adelaide', 'Brisbane', 'Canberra', 'Darwin', 'Gold Coast', 'Hobart', 'Melbourne', 'Perth', 'Sydney'];

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;

/** Now on this machine's clock, as Python's `str(datetime.datetime.now())` prints it. */
function pythonNow(now = new Date()): string {
  const local = new Date(now.getTime() - 60_000 * now.getTimezoneOffset()).toISOString();
  return `${local.slice(0, 23).replace('T', ' ')}${String(randomInt(1000)).padStart(3, '0')}`;
}

/** An order with the seed's random choices. */
export function randomOrder(accountid: string, vendorid: string, overrides: Partial<Order> = {}): Order {
  const [coffeesize, unitprice] = pick(Object.entries(sizes));
  return {
    accountid,
    vendorid,
    orderdate: pythonNow(),
    city: pick(cities),
    details: { coffeetype: pick(coffeetypes), coffeesize, unitprice, quantity: randomInt(1, 11) },
    eventtype: ['new_order'],
    ...overrides,
  };
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
