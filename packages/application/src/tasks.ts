import type { Menu, NotificationText, Order, PlacedOrder, Principal } from '@coffee/domain';
import {
  composeNotification,
  defaultNotificationText,
  invoiceLineOf,
  isIdentifier,
  isSamePlacedOrder,
  mayPlace,
  OrderForbidden,
  placeOrder,
} from '@coffee/domain';
import type { CallOptions, InvoiceStore, Notifier, OrderRepository } from '@coffee/ports';
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
   * @param caller In whose name the order is placed. Checked against the order as it is read here, before any effect.
   * @throws OrderRejected with every issue; nothing is stored.
   * @throws OrderForbidden when the caller may not order for this account; nothing is read or stored.
   * @throws Conflict when the order id is stored with different content.
   * @throws Unavailable when it may or may not be stored; executing again is safe.
   */
  async execute(caller: Principal, command: PlaceOrderCommand, options?: CallOptions): Promise<PlacedOrder> {
    try {
      const placed = placeOrder(command, this.#menu);
      if (!mayPlace(caller, placed.order)) throw new OrderForbidden(placed.order.accountid);
      await this.#orders.put(placed, options);
      return placed;
    } catch (error) {
      if (!isConflict(error) && (error as Error).name !== 'OrderRejected') throw error;
      const stored = await this.#stored(caller, command, options);
      if (stored === undefined) throw error;
      return stored;
    }
  }

  /** The same order, stored by an earlier attempt whose answer was lost, perhaps under another menu. */
  async #stored(
    caller: Principal,
    command: PlaceOrderCommand,
    options?: CallOptions,
  ): Promise<PlacedOrder | undefined> {
    const { orderid, acceptedAt } = command;
    const order = Object(command.order) as Order; // as it was sent, which may be anything
    if (!isIdentifier(order.accountid) || !isIdentifier(order.vendorid) || !mayPlace(caller, order)) return undefined;
    const stored = await this.#orders.get(order.accountid, order.vendorid, options);
    return stored && isSamePlacedOrder(stored, { ...stored, orderid, acceptedAt, order }) ? stored : undefined;
  }
}

/** Adds a placed order to its account's invoice of the month. Idempotent by order id. */
export class IssueInvoiceLine {
  readonly #invoices: InvoiceStore;

  constructor(invoices: InvoiceStore) {
    this.#invoices = invoices;
  }

  /**
   * @throws Conflict when the order id is on the invoice with different content.
   * @throws Unavailable when it may or may not be added; executing again is safe.
   */
  async execute(placed: PlacedOrder, options?: CallOptions): Promise<{ readonly objectKey: string }> {
    await this.#invoices.add(invoiceLineOf(placed), options);
    return { objectKey: placed.invoice };
  }
}

/** Publishes the message about a placed order: once, with a notifier that deduplicates. */
export class AnnounceOrder {
  readonly #notifier: Notifier;
  readonly #write: NotificationText;

  /** @param write Writes subject and text. Defaults to the domain's. */
  constructor(notifier: Notifier, write: NotificationText = defaultNotificationText) {
    this.#notifier = notifier;
    this.#write = write;
  }

  /**
   * @throws Unavailable when it may or may not be sent; executing again is safe with a notifier that deduplicates.
   * @throws NotificationInProgress, with {@link OncePerOrder}, while another sender is at it; execute again later.
   * @throws NotificationRefused when the provider refuses it for good.
   */
  async execute(placed: PlacedOrder, options?: CallOptions): Promise<{ readonly id: string }> {
    const notification = composeNotification(placed, this.#write);
    await this.#notifier.publish(notification, options);
    return { id: notification.id };
  }
}
