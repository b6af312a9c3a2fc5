import type { PlacedOrder } from '@coffee/domain';
import { compareAccepted, isSamePlacedOrder, toInstant } from '@coffee/domain';
import type { CallOptions, OrderList, OrderPage, OrderQuery, OrderRepository, PutOutcome } from '@coffee/ports';
import { abortable, Conflict } from '@coffee/ports';
import { copyOf, pageOf } from './copy.ts';

/** Orders in memory. */
export class MemoryOrderRepository implements OrderRepository, OrderList {
  readonly #orders = new Map<string, PlacedOrder>();

  put(given: PlacedOrder, options: CallOptions = {}): Promise<PutOutcome> {
    return abortable(options, async () => {
      const placed = { ...given, acceptedAt: toInstant(given.acceptedAt) };
      const { accountid, vendorid } = placed.order;
      const present = this.#orders.get(keyOf(accountid, vendorid));
      if (present?.orderid === placed.orderid) {
        if (isSamePlacedOrder(present, placed)) return 'stored';
        throw new Conflict(`order ${placed.orderid} is stored with other content`, { cause: copyOf(present) });
      }
      if (present !== undefined && compareAccepted(placed, present) < 0) return 'superseded';
      this.#orders.delete(keyOf(accountid, vendorid)); // keeps the map nearly in order of acceptance
      this.#orders.set(keyOf(accountid, vendorid), copyOf(placed));
      return 'stored';
    });
  }

  get(accountid: string, vendorid: string, options: CallOptions = {}): Promise<PlacedOrder | undefined> {
    return abortable(options, async () => copyOf(this.#orders.get(keyOf(accountid, vendorid))));
  }

  page(query: OrderQuery = {}, options: CallOptions = {}): Promise<OrderPage> {
    const { accountid, vendorid, limit = 100, before } = query;
    return abortable(options, async () => {
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
      const { items, ...next } = pageOf(found, limit, ({ acceptedAt, orderid }) => ({ acceptedAt, orderid }));
      return { orders: copyOf(items), ...next };
    });
  }
}

/** Neither id contains a slash. */
const keyOf = (accountid: string, vendorid: string): string => `${accountid}/${vendorid}`;
