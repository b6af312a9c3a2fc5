/** What is in the cup: a coffee, a size, that size's list price in one of its spellings, and how many (1 to 100). */
export interface OrderDetails {
  coffeetype: string;
  coffeesize: string;
  /** `"3.5"`, `"3.50"` and `3.5` are the same price. It must be the list price: the customer never sets it. */
  unitprice: string | number;
  quantity: number;
}

/** An order as the customer sent it. The names are the seed's, from the request to the table and the invoice. */
export interface Order {
  accountid: string;
  vendorid: string;
  /** The customer's own clock, as written. See `isOrderDate`. */
  orderdate: string;
  city: string;
  details: OrderDetails;
  eventtype: string[];
}
