import type { PlacedOrder } from '@coffee/domain';
import { isSamePlacedOrder } from '@coffee/domain';
import type { OrderRepository, PutOutcome } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import type { SqliteDatabase } from './sqlite-database.ts';

const upsert = `
INSERT INTO orders (accountid, vendorid, accepted_at, orderid, placed) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (accountid, vendorid) DO UPDATE
SET accepted_at = excluded.accepted_at, orderid = excluded.orderid, placed = excluded.placed
WHERE excluded.orderid <> orders.orderid
  AND (excluded.accepted_at, excluded.orderid) > (orders.accepted_at, orders.orderid)`;

const select = 'SELECT placed FROM orders WHERE accountid = ? AND vendorid = ?';

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
}
