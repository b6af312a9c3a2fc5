import type { Invoice, InvoiceKey, InvoiceLine, InvoicePeriod } from '@coffee/domain';
import { invoiceKeyOf, isSameLine, parseMoney } from '@coffee/domain';
import type { CallOptions, InvoiceStore } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import { openInvoice, toLine } from './invoice-slices.ts';
import { writeKeys } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const insert = `
INSERT INTO invoice_lines (accountid, period, orderid, currency, amount, line) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING`;
const selectLine = 'SELECT line FROM invoice_lines WHERE accountid = ? AND period = ? AND orderid = ?';
const selectAny = 'SELECT 1 FROM lines_by_invoice WHERE accountid = ? AND period = ? LIMIT 1';

/** A month as it is stored, counting down, so that the newest comes first: -202611. */
export const periodOf = ({ year, month }: InvoicePeriod): number => -(year * 100 + month);

/** Invoices in SQLite: one row per line, so that an account's thousandth line costs no more than its first. */
export class SqliteInvoiceStore implements InvoiceStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async add(line: InvoiceLine, options?: CallOptions): Promise<void> {
    const { objectKey, accountid, period } = invoiceKeyOf(line.order);
    const { orderid, currency } = line;
    const place = [accountid, periodOf(period), orderid];
    const amount = parseMoney(line.amount, currency);
    if ((await this.#database.run(insert, [...place, currency, amount, JSON.stringify(line)], options)) === 1) return;
    const row = await this.#database.get(selectLine, place, options);
    const present = row === undefined ? undefined : toLine(objectKey, orderid, row.line);
    if (present !== undefined && isSameLine(present, line)) return;
    throw new Conflict(`order ${orderid} is on invoice ${objectKey} with other content`, { cause: present });
  }

  async get(key: InvoiceKey, options?: CallOptions): Promise<Invoice | undefined> {
    const invoice = await openInvoice(this.#database, key, options);
    if (invoice === undefined) return undefined;
    const lines: InvoiceLine[] = [];
    for await (const slice of invoice.lines) lines.push(...slice);
    return { ...invoice, lines };
  }

  async prepare(key: InvoiceKey, options?: CallOptions): Promise<boolean> {
    await this.#database.run(writeKeys.lines, [], options);
    return (await this.#database.get(selectAny, [key.accountid, periodOf(key.period)], options)) !== undefined;
  }
}
