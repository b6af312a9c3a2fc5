import type { Menu, Order } from '@coffee/domain';

/** The cities of the demonstration's script. */
const cities = [
  'Adelaide',
  'Brisbane',
  'Canberra',
  'Darwin',
  'Geelong',
  'Gold Coast',
  'Hobart',
  'Melbourne',
  'Perth',
  'Sydney',
  'Wollongong',
] as const;

/** A date as Python's `str(datetime.now())` prints it: local time, six places. */
export function orderDate(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  return `${day} ${time}.${String(now.getMilliseconds()).padStart(3, '0')}000`;
}

/**
 * The nth order of the demonstration's script: accounts a0 to a4, each with the vendor of the same number, then the next
 * vendor; city, coffee, size and quantity (1 to 10) by chance. `random` answers from 0 up to, not including, 1.
 */
export function randomOrder(n: number, menu: Menu, now: Date, random: () => number = Math.random): Order {
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new RangeError('there is nothing to choose from');
    return item;
  };
  const account = n % 5;
  const size = one(menu.coffeesizes);
  return {
    accountid: `a${account}`,
    vendorid: `v${account + Math.floor(n / 5)}`,
    orderdate: orderDate(now),
    city: one(cities),
    details: {
      coffeetype: one(menu.coffeetypes),
      coffeesize: size.coffeesize,
      unitprice: size.unitprice,
      quantity: Math.floor(random() * 10) + 1,
    },
    eventtype: ['new_order'],
  };
}
