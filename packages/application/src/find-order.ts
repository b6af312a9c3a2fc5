import type { PlacedOrder, Principal } from '@coffee/domain';
import { mayReadOrder } from '@coffee/domain';
import type { CallOptions, OrderRepository } from '@coffee/ports';

/** No order has this primary key, or the caller may not read it. The error does not say which. */
export class OrderNotFound extends Error {
  override readonly name = 'OrderNotFound';
  readonly code = 'OrderNotFound';

  constructor(accountid: string, vendorid: string) {
    super(`account ${accountid} has no order at vendor ${vendorid}`);
  }
}

/** Reads the newest order of a primary key. */
export class FindOrder {
  readonly #orders: OrderRepository;

  constructor(orders: OrderRepository) {
    this.#orders = orders;
  }

  /**
   * @param caller Who asks. What belongs to others is not looked up.
   * @throws OrderNotFound
   * @throws Unavailable
   */
  async execute(caller: Principal, accountid: string, vendorid: string, options?: CallOptions): Promise<PlacedOrder> {
    const mayRead = mayReadOrder(caller, { accountid, vendorid });
    const placed = mayRead ? await this.#orders.get(accountid, vendorid, options) : undefined;
    if (placed === undefined) throw new OrderNotFound(accountid, vendorid);
    return placed;
  }
}
