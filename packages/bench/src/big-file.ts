import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { orderBody } from './load.ts';
import { Server } from './server.ts';

/** Places the order `NAME-order` of the account `NAME-account` at the vendor `NAME-vendor`. */
async function place(server: Server, name: string): Promise<void> {
  const response = await fetch(`${server.origin}/prod/order`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `${name}-order` },
    body: orderBody(`${name}-account`, `${name}-vendor`),
  });
  if (response.status !== 202) throw new Error(`the order ${name} was answered ${response.status}`);
}

/** Places an order whose message fails after every retry, none of which waits. */
async function placeFailed(server: Server, name: string): Promise<void> {
  await server.fault({ port: 'Notifier', method: 'publish' });
  await place(server, name);
  for (let status = ''; status !== 'FAILED'; ) {
    await setTimeout(10);
    ({ status } = await server.read<{ status: string }>(`/prod/order/${name}-order`));
    if (status === 'RUNNING') await fetch(`${server.origin}/executions/${name}-order/redrive`, { method: 'POST' });
  }
  await server.heal();
}

/** Copies a row of the order `NAME-order`. The n-th copy has instead of each text what the SQL beside it answers. */
function copyRow(
  database: DatabaseSync,
  table: string,
  name: string,
  copies: number,
  changes: Readonly<Record<string, string>>,
): void {
  const columns = database.prepare("SELECT name, type FROM pragma_table_info(?) WHERE name <> 'sequence'").all(table);
  const names = columns.map((column) => String(column.name));
  const copied = Object.entries({ ...changes, [`${name}-order`]: `'${name}-' || n` });
  const values = columns.map(({ name: column, type }) =>
    type === 'TEXT' || column === 'period'
      ? copied.reduce((value, [text, sql]) => `replace(${value}, '${text}', ${sql})`, `${column}`)
      : column,
  );
  database.exec(`
WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < ${copies})
INSERT INTO ${table} (${names.join()}) SELECT ${values.join()} FROM copies CROSS JOIN ${table}
WHERE ${names.includes('orderid') ? 'orderid' : 'id'} = '${name}-order'`);
}

/** How much a file holds. */
export interface Amounts {
  /** A tenth of them failed. */
  readonly orders: number;
  /** Defaults to one for 20 orders. */
  readonly accounts?: number;
  /** The numbers of lines of invoices, that of the account `linesN-account` for N lines. */
  readonly lines?: readonly number[];
  /** The months that the account `months-account` has invoices of. */
  readonly months?: number;
}

/** Makes a file: the server writes an order of each kind, and SQLite copies what it has written. */
export async function makeFile(data: string, amounts: Amounts): Promise<void> {
  const { orders, accounts = Math.ceil(orders / 20), lines = [], months = 0 } = amounts;
  const server = await Server.start(data);
  for (const name of ['done', 'months', ...lines.map((count) => `lines${count}`)]) await place(server, name);
  await server.untilEnded();
  await placeFailed(server, 'failed');
  await server.end();
  const database = new DatabaseSync(data);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN');
  const copy = (name: string, copies: number, changes: Readonly<Record<string, string>>, ...tables: string[]) => {
    for (const table of tables) copyRow(database, table, name, copies, changes);
  };
  const failed = Math.floor(orders / 10);
  const ids = (name: string) => ({
    [`${name}-account`]: `'a' || (n % ${accounts})`,
    [`${name}-vendor`]: `'${name}' || (n / ${accounts})`,
  });
  copy('done', orders - failed, ids('done'), 'orders', 'executions', 'invoice_lines', 'mails');
  copy('failed', failed, ids('failed'), 'orders', 'executions', 'invoice_lines');
  for (const count of lines) copy(`lines${count}`, count, {}, 'invoice_lines');
  const month = {
    '-202611': '-(100 * (1000 + n / 12) + 1 + n % 12)',
    '"orderdate":"2026-11': `printf('"orderdate":"%d-%02d', 1000 + n / 12, 1 + n % 12)`,
  };
  if (months > 0) copy('months', months, month, 'invoice_lines');
  // The server had added its own lines up already.
  database.exec(`
UPDATE keyed SET sequence = (SELECT max(sequence) FROM orders) WHERE name = 'orders';
UPDATE keyed SET sequence = (SELECT max(sequence) FROM invoice_lines) WHERE name = 'invoice_lines';
UPDATE keyed SET sequence = (SELECT max(sequence) FROM executions) WHERE name = 'executions';
COMMIT`);
  database.close();
}
