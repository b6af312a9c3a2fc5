import type { Menu } from './menu.ts';

const freeze = Object.freeze;

/**
 * The seed's menu: four coffees, four sizes, prices in Australian dollars. Written as `parseMenu` would return it, so that
 * a program that only reads it does not pay for checking it.
 */
export const defaultMenu: Menu = freeze({
  currency: 'AUD',
  coffeetypes: freeze(['Short Black', 'Flat White', 'Latte', 'Long Black']),
  coffeesizes: freeze([
    freeze({ coffeesize: 'Small', unitprice: '3.50' }),
    freeze({ coffeesize: 'Medium', unitprice: '4.00' }),
    freeze({ coffeesize: 'Large', unitprice: '4.50' }),
    freeze({ coffeesize: 'x-Large', unitprice: '5.00' }),
  ]),
});
