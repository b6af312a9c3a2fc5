import { randomBytes, randomInt } from 'node:crypto';
import type { Order } from '@coffee/domain';

const sizes = [
  { coffeesize: 'Small', unitprice: '3.5' },
  { coffeesize: 'Medium', unitprice: '4.0' },
  { coffeesize: 'Large', unitprice: '4.5' },
  { coffeesize: 'x-Large', unitprice: '5.0' },
] as const;
const coffeetypes = ['Short Black', 'Flat White', 'Latte', 'Long Black'] as const;
const cities = 'Adelaide,Brisbane,Canberra,Darwin,Geelong,Gold Coast,Hobart,Melbourne,Perth,Sydney,Wollongong'.split(
  ',',
);

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;
const padded = (value: number, places = 2): string => String(value).padStart(places, '0');

/** Now on this machine's clock, as Python's `str(datetime.datetime.now())` prints it. */
function pythonNow(now = new Date()): string {
  const day = `${now.getFullYear()}-${padded(now.getMonth() + 1)}-${padded(now.getDate())}`;
  const time = `${padded(now.getHours())}:${padded(now.getMinutes())}:${padded(now.getSeconds())}`;
  return `${day} ${time}.${padded(now.getMilliseconds(), 3)}${padded(randomInt(1000), 3)}`;
}

/** An order with the seed's random choices. */
export function randomOrder(accountid: string, vendorid: string, overrides: Partial<Order> = {}): Order {
  return {
    accountid,
    vendorid,
    orderdate: pythonNow(),
    city: pick(cities),
    details: { coffeetype: pick(coffeetypes), ...pick(sizes), quantity: randomInt(1, 11) },
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
