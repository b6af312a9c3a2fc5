import type { InvoiceKey, InvoicePeriod } from '@coffee/domain';
import { formatMoney, parseInvoiceKey } from '@coffee/domain';
import type { CallOptions, InvoiceList, InvoicePage, InvoiceQuery, InvoiceSummary } from '@coffee/ports';
import { readBack } from '@coffee/ports';
import type { Row } from './protocol.ts';
import { currencyOfVersion1 } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

// The key of the table begins with the month as text ("2026/9/", "2026/11/"), which does not sort by the calendar.
// Jumping to the first key after each month finds the months that exist, however many lines they have. '0' is the
// character after '/'.
const monthOf = "substr(object_key, 1, 5 + instr(substr(object_key, 6), '/'))";
const selectMonths = `
WITH RECURSIVE months (month) AS (
  SELECT (SELECT ${monthOf} FROM invoice_lines ORDER BY object_key LIMIT 1)
  UNION ALL
  SELECT (
    SELECT ${monthOf} FROM invoice_lines
    WHERE object_key > substr(months.month, 1, length(months.month) - 1) || '0' ORDER BY object_key LIMIT 1
  ) FROM months WHERE months.month IS NOT NULL
)
SELECT month FROM months WHERE month IS NOT NULL`;

// Amounts of one currency have the same decimal places, so their digits can be added.
const sums = `
SELECT object_key, coalesce(line ->> '$.currency', '${currencyOfVersion1}') AS currency, count(*) AS line_count,
  sum(CAST(replace(line ->> '$.amount', '.', '') AS INTEGER)) AS amount`;

// The same jump, from invoice to invoice of a month; then the lines of those.
const selectInvoices = `
WITH RECURSIVE keys (object_key) AS (
  SELECT (SELECT min(object_key) FROM invoice_lines WHERE object_key > ?1 AND object_key < ?2)
  UNION ALL
  SELECT (SELECT min(object_key) FROM invoice_lines WHERE object_key > keys.object_key AND object_key < ?2)
  FROM keys WHERE keys.object_key IS NOT NULL
  LIMIT ?3
)
${sums} FROM keys CROSS JOIN invoice_lines USING (object_key)
GROUP BY object_key, currency ORDER BY object_key, currency`;
const selectInvoice = `
${sums} FROM invoice_lines WHERE object_key = ? GROUP BY object_key, currency ORDER BY currency`;

/** A month as the keys of its invoices begin, like `2026/11/`. */
interface Month extends InvoicePeriod {
  readonly prefix: string;
}

const isBehind = (month: InvoicePeriod, other: InvoicePeriod): boolean =>
  month.year < other.year || (month.year === other.year && month.month < other.month);

/** Browses the invoices in SQLite, without reading more of them than a page holds. */
export class SqliteInvoiceList implements InvoiceList {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async page(query: InvoiceQuery = {}, options?: CallOptions): Promise<InvoicePage> {
    const { accountid, limit = 100, before } = query;
    const invoices: InvoiceSummary[] = [];
    for (const month of await this.#months(query, options)) {
      if (invoices.length > limit) break;
      const from = before !== undefined && !isBehind(month, before.period) ? before : undefined;
      const wanted = limit + 1 - invoices.length;
      const rows =
        accountid === undefined
          ? await this.#invoicesOf(month, from, wanted, options)
          : await this.#invoiceOf(month, from, accountid, options);
      invoices.push(...toSummaries(rows));
    }
    const last = invoices[limit - 1];
    if (invoices.length <= limit || last === undefined) return { invoices };
    return { invoices: invoices.slice(0, limit), next: parseInvoiceKey(last.objectKey) };
  }

  /** The months whose invoices may be on the page, newest first. */
  async #months({ year, month, before }: InvoiceQuery, options?: CallOptions): Promise<readonly Month[]> {
    const rows = await this.#database.all(selectMonths, [], options);
    return rows
      .map((row): Month => {
        const prefix = String(row.month);
        const [years, months] = prefix.split('/');
        return { prefix, year: Number(years), month: Number(months) };
      })
      .filter((found) => year === undefined || found.year === year)
      .filter((found) => month === undefined || found.month === month)
      .filter((found) => before === undefined || !isBehind(before.period, found))
      .sort((a, b) => b.year - a.year || b.month - a.month);
  }

  #invoicesOf({ prefix }: Month, from: InvoiceKey | undefined, limit: number, options?: CallOptions): Promise<Row[]> {
    const end = `${prefix.slice(0, -1)}0`;
    return this.#database.all(selectInvoices, [from?.objectKey ?? prefix, end, limit], options);
  }

  async #invoiceOf(
    { prefix }: Month,
    from: InvoiceKey | undefined,
    accountid: string,
    options?: CallOptions,
  ): Promise<Row[]> {
    if (from !== undefined && accountid <= from.accountid) return [];
    return this.#database.all(selectInvoice, [`${prefix}${accountid}`], options);
  }
}

/** One summary from the rows of an invoice, which has one per currency. */
function toSummaries(rows: readonly Row[]): InvoiceSummary[] {
  const summaries: InvoiceSummary[] = [];
  for (const row of rows) {
    const objectKey = String(row.object_key);
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
