import type { PlacedOrder } from '@coffee/domain';
import type { CallOptions, OrderRepository } from '@coffee/ports';

/** No order has this primary key. */
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
   * @throws OrderNotFound
   * @throws Unavailable
   */
  async execute(accountid: string, vendorid: string, options?: CallOptions): Promise<PlacedOrder> {
    const placed = await this.#orders.get(accountid, vendorid, options);
    if (placed === undefined) throw new OrderNotFound(accountid, vendorid);
    return placed;
  }
}
