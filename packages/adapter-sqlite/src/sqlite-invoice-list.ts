import { formatMoney, parseInvoiceKey } from '@coffee/domain';
import type { CallOptions, InvoiceList, InvoicePage, InvoiceQuery, InvoiceSummary } from '@coffee/ports';
import { readBack } from '@coffee/ports';
import type { Row } from './protocol.ts';
import { writeKeys } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { periodOf } from './sqlite-invoice-store.ts';

// An invoice has a row per currency; the first invoices are found by an index, then their rows.
const select = (where: string) => `
SELECT period, accountid, currency, line_count, amount FROM (
  SELECT DISTINCT period, accountid FROM invoices WHERE ${where} ORDER BY period, accountid LIMIT ?
) CROSS JOIN invoices USING (period, accountid) ORDER BY period, accountid, currency`;
const selectAll = select('(period, accountid) > (?, ?) AND period <= ?');
const selectOfAccount = select('accountid = ? AND period BETWEEN ? AND ?');
const selectOfAccountAndMonth = select('accountid = ? AND period BETWEEN ? AND ? AND -period % 100 = ?');

// Jumping from period to period, however many invoices they have.
const selectPeriods = `
WITH RECURSIVE periods (period) AS (
  SELECT min(period) FROM invoices WHERE period >= ?1
  UNION ALL
  SELECT (SELECT min(period) FROM invoices WHERE invoices.period > periods.period)
  FROM periods WHERE periods.period IS NOT NULL
)
SELECT period FROM periods WHERE -period % 100 = ?2`;

/** Before every period, and after every account. */
const beginning = -1_000_000;
const lastAccount = '~';

/** Browses the invoices in SQLite, by what their lines add up to. */
export class SqliteInvoiceList implements InvoiceList {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async page(query: InvoiceQuery = {}, options?: CallOptions): Promise<InvoicePage> {
    const { limit = 100 } = query;
    await this.#database.run(writeKeys.lines, [], options);
    const found = toSummaries(await this.#find(query, limit + 1, options));
    const invoices = found.slice(0, limit);
    const end = invoices.at(-1);
    if (found.length <= limit || end === undefined) return { invoices };
    return { invoices, next: parseInvoiceKey(end.objectKey) };
  }

  async #find(query: InvoiceQuery, limit: number, options?: CallOptions): Promise<readonly Row[]> {
    const { year, month, accountid } = query;
    if (year !== undefined) {
      const [newest, oldest] = [periodOf({ year, month: month ?? 12 }), periodOf({ year, month: month ?? 1 })];
      return this.#between(newest, oldest, query, limit, options);
    }
    if (month === undefined || accountid !== undefined) return this.#between(beginning, 0, query, limit, options);
    const begin = query.before === undefined ? beginning : periodOf(query.before.period);
    const rows: Row[] = [];
    let left = limit;
    for (const { period } of await this.#database.all(selectPeriods, [begin, month], options)) {
      if (left <= 0) break;
      const found = await this.#between(Number(period), Number(period), query, left, options);
      left -= new Set(found.map((row) => row.accountid)).size;
      rows.push(...found);
    }
    return rows;
  }

  /** The rows of the first invoices of these months that are on the page. */
  #between(newest: number, oldest: number, query: InvoiceQuery, limit: number, options?: CallOptions): Promise<Row[]> {
    const { accountid, before, year, month } = query;
    const begin = before === undefined ? beginning : periodOf(before.period);
    if (accountid !== undefined) {
      const from = before !== undefined && accountid <= before.accountid ? begin + 1 : begin;
      const parameters = [accountid, Math.max(newest, from), oldest];
      return year === undefined && month !== undefined
        ? this.#database.all(selectOfAccountAndMonth, [...parameters, month, limit], options)
        : this.#database.all(selectOfAccount, [...parameters, limit], options);
    }
    const after = before !== undefined && begin >= newest ? [begin, before.accountid] : [newest - 1, lastAccount];
    return this.#database.all(selectAll, [...after, oldest, limit], options);
  }
}

/** One summary from the rows of an invoice, which has one per currency. */
function toSummaries(rows: readonly Row[]): InvoiceSummary[] {
  const summaries: InvoiceSummary[] = [];
  for (const row of rows) {
    const [year, month] = [Math.floor(-Number(row.period) / 100), -Number(row.period) % 100];
    const objectKey = `${String(year).padStart(4, '0')}/${month}/${row.accountid}`;
    const lineCount = Number(row.line_count);
    const summary = readBack(`invoice ${objectKey}`, () => {
      const currency = String(row.currency);
      const totals = [{ currency, total: formatMoney(Number(row.amount), currency) }];
      return { ...parseInvoiceKey(objectKey), lineCount, totals };
    });
    const last = summaries.at(-1);
    if (last?.objectKey !== objectKey) summaries.push(summary);
    else {
      const totals = [...last.totals, ...summary.totals];
      summaries.splice(-1, 1, { ...last, lineCount: last.lineCount + lineCount, totals });
    }
  }
  return summaries;
}
