import type { InvoiceKey, InvoiceLine, InvoiceTotal } from '@coffee/domain';
import { compareAccepted, parseInvoiceLine, totalsOf } from '@coffee/domain';
import type { CallOptions } from '@coffee/ports';
import { readBack } from '@coffee/ports';
import { currencyOfVersion1, writeKeys } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** An invoice whose lines are read as they are asked for, in slices. */
export interface SlicedInvoice extends InvoiceKey {
  readonly totals: readonly InvoiceTotal[];
  /** Sorted by `acceptedAt`, then `orderid`. */
  readonly lines: AsyncIterable<readonly InvoiceLine[]>;
}

/** How many lines are read at once. */
const sliceLength = 500;

const field = (name: string) => `CASE WHEN json_valid(line) THEN line ->> '$.${name}' END`;
const lines = 'lines_by_invoice AS keys CROSS JOIN invoice_lines USING (sequence)';
const place = 'keys.accountid = ? AND keys.period = -(? * 100 + ?) AND keys.orderid';
const selectEntries = `
SELECT keys.orderid, ${field('acceptedAt')} AS accepted_at, ${field('amount')} AS amount,
  coalesce(${field('currency')}, '${currencyOfVersion1}') AS currency
FROM ${lines} WHERE ${place} > ? ORDER BY keys.orderid LIMIT 2000`;
const selectLines = `SELECT keys.orderid, line FROM ${lines} WHERE ${place} IN (SELECT value FROM json_each(?))`;

/** Reads a line back. */
export const toLine = (objectKey: string, orderid: unknown, line: unknown): InvoiceLine =>
  readBack(`line ${orderid} of invoice ${objectKey}`, () =>
    parseInvoiceLine(JSON.parse(String(line)), currencyOfVersion1),
  );

/**
 * The invoice of a key, or `undefined` without lines. Its order and its totals are those of now, read without the lines; a
 * line that is added later is left out.
 *
 * @throws Damaged
 * @throws Unavailable
 */
export async function openInvoice(
  database: SqliteDatabase,
  key: InvoiceKey,
  options?: CallOptions,
): Promise<SlicedInvoice | undefined> {
  await database.run(writeKeys.lines, [], options);
  const { objectKey, accountid, period } = key;
  const place = [accountid, period.year, period.month];
  const entries: { readonly orderid: string; readonly acceptedAt: string }[] = [];
  let totals: InvoiceTotal[] = [];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const { rows } = await database.page(selectEntries, [...place, after], options);
    const damaged = rows.find(({ amount, accepted_at }) => amount === null || accepted_at === null);
    if (damaged !== undefined) await linesOf(database, key, [String(damaged.orderid)], options);
    const amounts = rows.map(({ amount, currency }) => ({ amount: String(amount), currency: String(currency) }));
    const before = totals.map(({ currency, total }) => ({ currency, amount: total }));
    totals = readBack(`invoice ${objectKey}`, () => totalsOf([...before, ...amounts]));
    for (const { orderid, accepted_at } of rows) {
      entries.push({ orderid: String(orderid), acceptedAt: String(accepted_at) });
    }
    after = rows.length === 0 ? undefined : String(rows.at(-1)?.orderid);
  }
  if (entries.length === 0) return undefined;
  const orderids = entries.sort(compareAccepted).map(({ orderid }) => orderid);
  return { objectKey, accountid, period, totals, lines: slicesOf(database, key, orderids, options) };
}

async function* slicesOf(
  database: SqliteDatabase,
  key: InvoiceKey,
  orderids: readonly string[],
  options?: CallOptions,
): AsyncGenerator<readonly InvoiceLine[]> {
  for (let start = 0; start < orderids.length; start += sliceLength) {
    yield linesOf(database, key, orderids.slice(start, start + sliceLength), options);
  }
}

async function linesOf(
  database: SqliteDatabase,
  key: InvoiceKey,
  orderids: readonly string[],
  options?: CallOptions,
): Promise<readonly InvoiceLine[]> {
  const place = [key.accountid, key.period.year, key.period.month];
  const lines = new Map<string, InvoiceLine>();
  for (let wanted = orderids; wanted.length > 0; wanted = wanted.filter((orderid) => !lines.has(orderid))) {
    const { rows } = await database.page(selectLines, [...place, JSON.stringify(wanted)], options);
    if (rows.length === 0) break;
    for (const { orderid, line } of rows) lines.set(String(orderid), toLine(key.objectKey, orderid, line));
  }
  return orderids.flatMap((orderid) => lines.get(orderid) ?? []);
}
