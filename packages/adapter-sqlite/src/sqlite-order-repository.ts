import type { PlacedOrder } from '@coffee/domain';
import { compareAccepted, isSamePlacedOrder, parsePlacedOrder } from '@coffee/domain';
import type {
  CallOptions,
  OrderList,
  OrderPage,
  OrderPosition,
  OrderQuery,
  OrderRepository,
  PutOutcome,
} from '@coffee/ports';
import { Conflict, readBack } from '@coffee/ports';
import type { Row } from './protocol.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const upsert = `
INSERT INTO orders (accountid, vendorid, accepted_at, orderid, placed) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (accountid, vendorid) DO UPDATE
SET accepted_at = excluded.accepted_at, orderid = excluded.orderid, placed = excluded.placed
WHERE excluded.orderid <> orders.orderid
  AND (excluded.accepted_at, excluded.orderid) > (orders.accepted_at, orders.orderid)`;

const columns = 'accountid, vendorid, placed';
const select = `SELECT ${columns} FROM orders WHERE accountid = ? AND vendorid = ?`;
const selectByAccount = `
SELECT ${columns} FROM orders WHERE accountid = ? AND (accepted_at, orderid) < (?, ?)
ORDER BY accepted_at DESC, orderid DESC LIMIT ?`;
// The index holds the ids of account and vendor too, so that only the orders of the page are looked up.
const selectNewest = (where: string) => `
SELECT ${columns} FROM (
  SELECT accountid, vendorid FROM orders INDEXED BY orders_by_time WHERE ${where} (accepted_at, orderid) < (?, ?)
  ORDER BY accepted_at DESC, orderid DESC LIMIT ?
) CROSS JOIN orders USING (accountid, vendorid)
ORDER BY accepted_at DESC, orderid DESC`;
const selectAny = selectNewest('');
const selectByVendor = selectNewest('vendorid = ? AND');

/** Greater than every time and every order id. */
const newest: OrderPosition = { acceptedAt: '~', orderid: '~' };

const toPlaced = ({ accountid, vendorid, placed }: Row): PlacedOrder =>
  readBack(`the order of account ${accountid} at vendor ${vendorid}`, () =>
    parsePlacedOrder(JSON.parse(String(placed))),
  );

/** Orders in SQLite: one row per primary key, with its newest order. */
export class SqliteOrderRepository implements OrderRepository, OrderList {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async put(placed: PlacedOrder, options?: CallOptions): Promise<PutOutcome> {
    const { orderid, acceptedAt, order } = placed;
    const { accountid, vendorid } = order;
    const row = [accountid, vendorid, acceptedAt, orderid, JSON.stringify(placed)];
    if ((await this.#database.run(upsert, row, options)) === 1) return 'stored';
    const present = await this.get(accountid, vendorid, options);
    if (present?.orderid !== orderid) return 'superseded';
    if (isSamePlacedOrder(present, placed)) return 'stored';
    throw new Conflict(`order ${orderid} is stored with other content`, { cause: present });
  }

  async get(accountid: string, vendorid: string, options?: CallOptions): Promise<PlacedOrder | undefined> {
    const row = await this.#database.get(select, [accountid, vendorid], options);
    return row === undefined ? undefined : toPlaced(row);
  }

  async page(query: OrderQuery = {}, options?: CallOptions): Promise<OrderPage> {
    const { limit = 100 } = query;
    const found = await this.#find(query, limit + 1, options);
    const orders = found.slice(0, limit);
    const last = orders.at(-1);
    if (found.length <= limit || last === undefined) return { orders };
    return { orders, next: { acceptedAt: last.acceptedAt, orderid: last.orderid } };
  }

  async #find(query: OrderQuery, limit: number, options?: CallOptions): Promise<PlacedOrder[]> {
    const { accountid, vendorid, before = newest } = query;
    const place = [before.acceptedAt, before.orderid, limit];
    if (accountid !== undefined && vendorid !== undefined) {
      const placed = await this.get(accountid, vendorid, options);
      return placed !== undefined && compareAccepted(placed, before) < 0 ? [placed] : [];
    }
    const [sql, parameters] =
      accountid !== undefined
        ? ([selectByAccount, [accountid, ...place]] as const)
        : vendorid !== undefined
          ? ([selectByVendor, [vendorid, ...place]] as const)
          : ([selectAny, place] as const);
    return (await this.#database.all(sql, parameters, options)).map(toPlaced);
  }
}
