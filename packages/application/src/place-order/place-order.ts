import type { Menu, PlacedOrder } from '@coffee/domain';
import { placeOrder } from '@coffee/domain';
import type { OrderRepository } from '@coffee/ports';

/** What the workflow knows of an order when it arrives. `acceptedAt` is UTC, ISO 8601 with milliseconds. */
export interface PlaceOrderCommand {
  readonly orderid: string;
  readonly acceptedAt: string;
  readonly order: unknown;
}

/** Checks and prices an order and stores it. Idempotent by order id. */
export class PlaceOrder {
  readonly #orders: OrderRepository;
  readonly #menu: Menu;

  constructor(orders: OrderRepository, menu: Menu) {
    this.#orders = orders;
    this.#menu = menu;
  }

  /**
   * Answers the placed order, even when a newer order of the same primary key is stored: this one was placed too.
   *
   * @throws OrderRejected with every issue; nothing is stored.
   * @throws Conflict when the order id is stored with different content.
   * @throws Unavailable when it may or may not be stored; executing again is safe.
   */
  async execute(command: PlaceOrderCommand): Promise<PlacedOrder> {
    const placed = placeOrder(command, this.#menu);
    await this.#orders.put(placed);
    return placed;
  }
}
