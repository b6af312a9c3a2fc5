import type { PlacedOrder } from '@coffee/domain';
import { isSamePlacedOrder, parsePlacedOrder, toInstant } from '@coffee/domain';
import type { CallOptions, OrderList, OrderPage, OrderQuery, OrderRepository, PutOutcome } from '@coffee/ports';
import { Conflict, readBack } from '@coffee/ports';
import type { Row, RowPage } from './protocol.ts';
import { writeKeys } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const upsert = `
INSERT INTO orders (accountid, vendorid, accepted_at, orderid, placed) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (accountid, vendorid) DO UPDATE
SET accepted_at = excluded.accepted_at, orderid = excluded.orderid, placed = excluded.placed
WHERE excluded.orderid <> orders.orderid
  AND (excluded.accepted_at, excluded.orderid) > (orders.accepted_at, orders.orderid)`;

const columns = 'accountid, vendorid, placed';
const select = `SELECT ${columns} FROM orders WHERE accountid = ? AND vendorid = ?`;
const selectBy = (where: string) => `
SELECT ${columns} FROM orders WHERE ${where} (accepted_at, orderid) < (?, ?)
ORDER BY accepted_at DESC, orderid DESC LIMIT ?`;
const selectAny = selectBy('');
const selectByAccount = selectBy('accountid = ? AND');
const selectByBoth = selectBy('accountid = ? AND vendorid = ? AND');
const selectByVendor = `
SELECT ${columns} FROM (
  SELECT accountid, vendorid, accepted_at, orderid FROM orders_by_vendor
  WHERE vendorid = ? AND (accepted_at, orderid) < (?, ?) ORDER BY accepted_at DESC, orderid DESC LIMIT ?
) AS found CROSS JOIN orders USING (accountid, vendorid)
ORDER BY found.accepted_at DESC, found.orderid DESC`;

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

  async put(given: PlacedOrder, options?: CallOptions): Promise<PutOutcome> {
    const acceptedAt = toInstant(given.acceptedAt);
    const placed = { ...given, acceptedAt };
    const { orderid, order } = placed;
    const { accountid, vendorid } = order;
    const row = [accountid, vendorid, Date.parse(acceptedAt), orderid, JSON.stringify(placed)];
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
    const { rows, isCut } = await this.#find(query, limit + 1, options);
    const orders = rows.slice(0, limit).map(toPlaced);
    const last = orders.at(-1);
    if (!(isCut || rows.length > limit) || last === undefined) return { orders };
    return { orders, next: { acceptedAt: last.acceptedAt, orderid: last.orderid } };
  }

  async #find({ accountid, vendorid, before }: OrderQuery, limit: number, options?: CallOptions): Promise<RowPage> {
    // By default after every time.
    const [acceptedAt, orderid] = before
      ? [Date.parse(before.acceptedAt), before.orderid]
      : [Number.MAX_SAFE_INTEGER, ''];
    const place = [acceptedAt, orderid, limit];
    if (accountid !== undefined && vendorid !== undefined) {
      return this.#database.page(selectByBoth, [accountid, vendorid, ...place], options);
    }
    if (accountid !== undefined) return this.#database.page(selectByAccount, [accountid, ...place], options);
    if (vendorid === undefined) return this.#database.page(selectAny, place, options);
    await this.#database.run(writeKeys.orders, [], options);
    return this.#database.page(selectByVendor, [vendorid, ...place], options);
  }
}
