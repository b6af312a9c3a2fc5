import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { invoiceKeyOf, isSameLine } from '@coffee/domain';
import type { CallOptions, InvoiceStore } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import { openInvoice, toLine } from './invoice-slices.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const insert = 'INSERT INTO invoice_lines (object_key, orderid, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const selectLine = 'SELECT line FROM invoice_lines WHERE object_key = ? AND orderid = ?';
const selectAny = 'SELECT 1 FROM invoice_lines WHERE object_key = ? LIMIT 1';

/** Invoices in SQLite: one row per line, so that an account's thousandth line costs no more than its first. */
export class SqliteInvoiceStore implements InvoiceStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async add(line: InvoiceLine, options?: CallOptions): Promise<void> {
    const { objectKey } = invoiceKeyOf(line.order);
    const { orderid } = line;
    if ((await this.#database.run(insert, [objectKey, orderid, JSON.stringify(line)], options)) === 1) return;
    const row = await this.#database.get(selectLine, [objectKey, orderid], options);
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
    return (await this.#database.get(selectAny, [key.objectKey], options)) !== undefined;
  }
}
