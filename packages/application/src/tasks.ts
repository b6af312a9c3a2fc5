import type { Menu, NotificationText, Order, PlacedOrder, Principal } from '@coffee/domain';
import {
  composeNotification,
  defaultNotificationText,
  invoiceLineOf,
  isIdentifier,
  isSamePlacedOrder,
  mayPlace,
  OrderForbidden,
  OrderRejected,
  placeOrder,
  principalSchema,
} from '@coffee/domain';
import type { CallOptions, InvoiceStore, Notifier, OrderRepository } from '@coffee/ports';
import { isConflict } from '@coffee/ports';

/** The input of an execution: the body of `POST /order` as it was sent, `{ "order": … }` in JSON, and who sent it. */
export interface ExecutionInput {
  readonly body: string;
  readonly caller: Principal;
}

/** What an execution that an earlier version started has instead. It is anyone's: there were no others. */
interface EarlierInput {
  readonly order: unknown;
}

/**
 * What the workflow knows of an order when it arrives. `acceptedAt` is UTC, ISO 8601 with milliseconds. Executions and
 * definitions of earlier versions pass `{ order }` as the input or beside the other two, and are still read.
 */
export interface PlaceOrderCommand {
  readonly orderid: string;
  readonly acceptedAt: string;
  readonly input: ExecutionInput;
}

/** The caller is of a kind that this version does not know. A retry does not help; a later version may know it. */
export class CallerUnknown extends Error {
  override readonly name = 'CallerUnknown';
}

/** The input of an execution in JSON, for a body as it was sent. */
export const inputOf = (body: string, caller: Principal): string =>
  `{"body": ${JSON.stringify(body)}, "caller": ${JSON.stringify(caller)}}`;

/**
 * What the names of a caller's executions begin with where callers are known, so that those of two callers never meet: the
 * first 16 hexadecimal digits of the SHA-256 of its JSON, and `-`. Empty for anyone.
 */
export async function callerPrefix(caller: Principal): Promise<string> {
  if (caller.kind === 'anyone') return '';
  const canonical = JSON.stringify(caller, ['kind', 'accountid', 'vendorid']); // which orders the fields too
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical)));
  return `${Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')}-`;
}

/** @throws SyntaxError for a body that is not JSON. */
function orderIn(input: unknown): unknown {
  const { body, order } = Object(input) as Partial<ExecutionInput & EarlierInput>;
  return typeof body === 'string' ? (Object(JSON.parse(body)) as Partial<EarlierInput>).order : order;
}

/** The order in the JSON of an execution's input, as it was sent; `undefined` where that or the body is not JSON. */
export function orderOf(input: string): unknown {
  try {
    return orderIn(JSON.parse(input));
  } catch {
    return undefined;
  }
}

const anyone: Principal = { kind: 'anyone' };

/** The order of a command, as it was sent, and who sent it. */
function sentIn(command: PlaceOrderCommand): { readonly caller: Principal; readonly order: unknown } {
  const input: object = Object('input' in command ? command.input : command);
  const { caller = 'order' in input ? anyone : undefined } = input as Partial<ExecutionInput>;
  const { data } = principalSchema.safeParse(caller);
  if (data === undefined) {
    throw new CallerUnknown('the caller in the input is of a kind that this version does not know');
  }
  try {
    return { caller: data, order: orderIn(input) };
  } catch {
    throw new OrderRejected([{ path: [], code: 'wrong_type', message: 'the body must be JSON' }]);
  }
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
   * @throws OrderForbidden when the caller may not order for this account, by the order as it is read here; nothing is read
   * or stored.
   * @throws CallerUnknown for a caller that is not a `Principal`, or for none; nothing is stored.
   * @throws Conflict when the order id is stored with different content.
   * @throws Unavailable when it may or may not be stored; executing again is safe.
   */
  async execute(command: PlaceOrderCommand, options?: CallOptions): Promise<PlacedOrder> {
    const { orderid, acceptedAt } = command;
    const { caller, order } = sentIn(command);
    const sent = { orderid, acceptedAt, order };
    try {
      const placed = placeOrder(sent, this.#menu);
      if (!mayPlace(caller, placed.order)) throw new OrderForbidden(placed.order.accountid);
      await this.#orders.put(placed, options);
      return placed;
    } catch (error) {
      if (!isConflict(error) && (error as Error).name !== 'OrderRejected') throw error;
      const stored = await this.#stored(caller, sent, options);
      if (stored === undefined) throw error;
      return stored;
    }
  }

  /** The same order, stored by an earlier attempt whose answer was lost, perhaps under another menu. */
  async #stored(
    caller: Principal,
    { orderid, acceptedAt, order: sent }: Parameters<typeof placeOrder>[0],
    options?: CallOptions,
  ): Promise<PlacedOrder | undefined> {
    const order = Object(sent) as Order; // which may be anything
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
