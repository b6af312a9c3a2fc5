import type { PlacedOrder } from '@coffee/domain';
import { compareAccepted, isSamePlacedOrder } from '@coffee/domain';
import type { OrderRepository, PutOutcome } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import type { OrderPage, OrderPageOptions } from './order-page.ts';

/** Orders in memory. What it keeps and answers are copies: changing an object later changes nothing here. */
export class MemoryOrderRepository implements OrderRepository {
  readonly #orders = new Map<string, PlacedOrder>();

  async put(placed: PlacedOrder): Promise<PutOutcome> {
    const { accountid, vendorid } = placed.order;
    const present = this.#orders.get(keyOf(accountid, vendorid));
    if (present?.orderid === placed.orderid) {
      if (isSamePlacedOrder(present, placed)) return 'stored';
      throw new Conflict(`order ${placed.orderid} is stored with other content`, { cause: structuredClone(present) });
    }
    if (present !== undefined && compareAccepted(placed, present) < 0) return 'superseded';
    this.#orders.delete(keyOf(accountid, vendorid)); // so that the map is nearly in the order of acceptance
    this.#orders.set(keyOf(accountid, vendorid), structuredClone(placed));
    return 'stored';
  }

  async get(accountid: string, vendorid: string): Promise<PlacedOrder | undefined> {
    return structuredClone(this.#orders.get(keyOf(accountid, vendorid)));
  }

  /** A page of orders, newest first. */
  async page(options: OrderPageOptions = {}): Promise<OrderPage> {
    const { accountid, vendorid, limit = 100, before } = options;
    const found = [...this.#orders.values()]
      .filter(
        (placed) =>
          (accountid === undefined || placed.order.accountid === accountid) &&
          (vendorid === undefined || placed.order.vendorid === vendorid) &&
          (before === undefined || compareAccepted(placed, before) < 0),
      )
      .sort(compareAccepted)
      .slice(-limit - 1)
      .reverse();
    const orders = structuredClone(found.slice(0, limit));
    const last = orders.at(-1);
    if (found.length <= limit || last === undefined) return { orders };
    return { orders, next: { acceptedAt: last.acceptedAt, orderid: last.orderid } };
  }
}

/** The slash is in neither id. */
const keyOf = (accountid: string, vendorid: string): string => `${accountid}/${vendorid}`;
