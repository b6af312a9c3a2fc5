import type { Menu, Order, PlacedOrder } from '@coffee/domain';
import { isIdentifier, isSamePlacedOrder, placeOrder } from '@coffee/domain';
import type { CallOptions, OrderRepository } from '@coffee/ports';
import { isConflict } from '@coffee/ports';

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
   * Answers the placed order, even when a newer order of the same primary key is stored: this one was placed too. An order
   * that is already stored is answered as it is stored, even if the menu no longer sells it.
   *
   * @throws OrderRejected with every issue; nothing is stored.
   * @throws Conflict when the order id is stored with different content.
   * @throws Unavailable when it may or may not be stored; executing again is safe.
   */
  async execute(command: PlaceOrderCommand, options?: CallOptions): Promise<PlacedOrder> {
    try {
      const placed = placeOrder(command, this.#menu);
      await this.#orders.put(placed, options);
      return placed;
    } catch (error) {
      if (!isConflict(error) && (error as Error).name !== 'OrderRejected') throw error;
      const stored = await this.#stored(command, options);
      if (stored === undefined) throw error;
      return stored;
    }
  }

  /** The same order, stored by an earlier attempt whose answer was lost, perhaps under another menu. */
  async #stored(command: PlaceOrderCommand, options?: CallOptions): Promise<PlacedOrder | undefined> {
    const { orderid, acceptedAt } = command;
    const order = Object(command.order) as Order; // as it was sent, which may be anything
    if (!isIdentifier(order.accountid) || !isIdentifier(order.vendorid)) return undefined;
    const stored = await this.#orders.get(order.accountid, order.vendorid, options);
    return stored && isSamePlacedOrder(stored, { ...stored, orderid, acceptedAt, order }) ? stored : undefined;
  }
}
