import type { PlacedOrder } from '@coffee/domain';
import { compareAccepted, isSamePlacedOrder } from '@coffee/domain';
import type { OrderRepository, PutOutcome } from '@coffee/ports';
import { Conflict } from '@coffee/ports';

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
    this.#orders.set(keyOf(accountid, vendorid), structuredClone(placed));
    return 'stored';
  }

  async get(accountid: string, vendorid: string): Promise<PlacedOrder | undefined> {
    return structuredClone(this.#orders.get(keyOf(accountid, vendorid)));
  }
}

/** The slash is in neither id. */
const keyOf = (accountid: string, vendorid: string): string => `${accountid}/${vendorid}`;
