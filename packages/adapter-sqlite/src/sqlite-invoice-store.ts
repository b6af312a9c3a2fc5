import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { assertLineBelongs, defaultMenu, InvoiceLineRejected, invoiceOf, isSameLine } from '@coffee/domain';
import type { InvoiceStore } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import type { SqliteDatabase } from './sqlite-database.ts';

const insert = 'INSERT INTO invoice_lines (object_key, orderid, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const selectLine = 'SELECT line FROM invoice_lines WHERE object_key = ? AND orderid = ?';
const selectLines = 'SELECT line FROM invoice_lines WHERE object_key = ?';
const selectAny = 'SELECT 1 FROM invoice_lines WHERE object_key = ? LIMIT 1';

/** Invoices in SQLite: one row a line, so that an account's thousandth line of the month costs what its first did. */
export class SqliteInvoiceStore implements InvoiceStore {
  readonly #database: SqliteDatabase;
  readonly #currency: string;

  constructor(database: SqliteDatabase, options: { readonly currency?: string } = {}) {
    this.#database = database;
    this.#currency = options.currency ?? defaultMenu.currency;
  }

  async addLine(key: InvoiceKey, line: InvoiceLine): Promise<void> {
    try {
      assertLineBelongs(key, line);
    } catch (error) {
      if (error instanceof InvoiceLineRejected) throw new Conflict(error.message, { cause: error });
      throw error;
    }
    const { objectKey } = key;
    if ((await this.#database.run(insert, objectKey, line.orderid, JSON.stringify(line))) === 1) return;
    const row = await this.#database.get(selectLine, objectKey, line.orderid);
    const present = row === undefined ? undefined : (JSON.parse(String(row.line)) as InvoiceLine);
    if (present !== undefined && isSameLine(present, line)) return;
    throw new Conflict(`order ${line.orderid} is on invoice ${objectKey} with other content`, { cause: present });
  }

  async get(key: InvoiceKey): Promise<Invoice | undefined> {
    const rows = await this.#database.all(selectLines, key.objectKey);
    if (rows.length === 0) return undefined;
    const lines = rows.map((row) => JSON.parse(String(row.line)) as InvoiceLine);
    return invoiceOf(key, this.#currency, lines);
  }

  async exists(key: InvoiceKey): Promise<boolean> {
    return (await this.#database.get(selectAny, key.objectKey)) !== undefined;
  }
}
