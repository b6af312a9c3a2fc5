import type { PlacedOrder } from '@coffee/domain';
import { compareAccepted, isSamePlacedOrder } from '@coffee/domain';
import type { OrderRepository, PutOutcome } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import type { OrderPage, OrderPageOptions, OrderPosition } from './order-page.ts';
import type { Row } from './protocol.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const upsert = `
INSERT INTO orders (accountid, vendorid, accepted_at, orderid, placed) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (accountid, vendorid) DO UPDATE
SET accepted_at = excluded.accepted_at, orderid = excluded.orderid, placed = excluded.placed
WHERE excluded.orderid <> orders.orderid
  AND (excluded.accepted_at, excluded.orderid) > (orders.accepted_at, orders.orderid)`;

const select = 'SELECT placed FROM orders WHERE accountid = ? AND vendorid = ?';
const selectByAccount = `
SELECT placed FROM orders WHERE accountid = ? AND (accepted_at, orderid) < (?, ?)
ORDER BY accepted_at DESC, orderid DESC LIMIT ?`;
// The index holds the ids of account and vendor too, so that only the orders of the page are looked up.
const selectNewest = (where: string) => `
SELECT placed FROM (
  SELECT accountid, vendorid FROM orders INDEXED BY orders_by_time WHERE ${where} (accepted_at, orderid) < (?, ?)
  ORDER BY accepted_at DESC, orderid DESC LIMIT ?
) CROSS JOIN orders USING (accountid, vendorid)
ORDER BY accepted_at DESC, orderid DESC`;
const selectAny = selectNewest('');
const selectByVendor = selectNewest('vendorid = ? AND');

/** Above every time and every order id. */
const newest: OrderPosition = { acceptedAt: '~', orderid: '~' };

/** Orders in SQLite: one row a primary key, the newest order in it. */
export class SqliteOrderRepository implements OrderRepository {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async put(placed: PlacedOrder): Promise<PutOutcome> {
    const { orderid, acceptedAt, order } = placed;
    const { accountid, vendorid } = order;
    const json = JSON.stringify(placed);
    if ((await this.#database.run(upsert, accountid, vendorid, acceptedAt, orderid, json)) === 1) return 'stored';
    const present = await this.get(accountid, vendorid);
    if (present?.orderid !== orderid) return 'superseded';
    if (isSamePlacedOrder(present, placed)) return 'stored';
    throw new Conflict(`order ${orderid} is stored with other content`, { cause: present });
  }

  async get(accountid: string, vendorid: string): Promise<PlacedOrder | undefined> {
    const row = await this.#database.get(select, accountid, vendorid);
    return row === undefined ? undefined : (JSON.parse(String(row.placed)) as PlacedOrder);
  }

  /** A page of orders, newest first. */
  async page(options: OrderPageOptions = {}): Promise<OrderPage> {
    const { accountid, vendorid, limit = 100, before = newest } = options;
    const position = [before.acceptedAt, before.orderid, limit + 1] as const;
    const found = await this.#find(accountid, vendorid, position);
    const orders = found.slice(0, limit);
    const last = orders.at(-1);
    if (found.length <= limit || last === undefined) return { orders };
    return { orders, next: { acceptedAt: last.acceptedAt, orderid: last.orderid } };
  }

  async #find(
    accountid: string | undefined,
    vendorid: string | undefined,
    position: readonly [acceptedAt: string, orderid: string, limit: number],
  ): Promise<PlacedOrder[]> {
    if (accountid !== undefined && vendorid !== undefined) {
      const placed = await this.get(accountid, vendorid);
      const [acceptedAt, orderid] = position;
      return placed !== undefined && compareAccepted(placed, { acceptedAt, orderid }) < 0 ? [placed] : [];
    }
    let rows: Row[];
    if (accountid !== undefined) rows = await this.#database.all(selectByAccount, accountid, ...position);
    else if (vendorid !== undefined) rows = await this.#database.all(selectByVendor, vendorid, ...position);
    else rows = await this.#database.all(selectAny, ...position);
    return rows.map((row) => JSON.parse(String(row.placed)) as PlacedOrder);
  }
}
