import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { invoiceKeyOf, invoiceOf, isSameLine, parseInvoiceLine } from '@coffee/domain';
import type { CallOptions, InvoiceStore } from '@coffee/ports';
import { Conflict, readBack } from '@coffee/ports';
import { currencyOfVersion1 } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const insert = 'INSERT INTO invoice_lines (object_key, orderid, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const selectLine = 'SELECT line FROM invoice_lines WHERE object_key = ? AND orderid = ?';
const selectLines = 'SELECT orderid, line FROM invoice_lines WHERE object_key = ?';
const selectAny = 'SELECT 1 FROM invoice_lines WHERE object_key = ? LIMIT 1';

const toLine = (objectKey: string, orderid: unknown, line: unknown): InvoiceLine =>
  readBack(`line ${orderid} of invoice ${objectKey}`, () =>
    parseInvoiceLine(JSON.parse(String(line)), currencyOfVersion1),
  );

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
    const { objectKey } = key;
    const rows = await this.#database.all(selectLines, [objectKey], options);
    if (rows.length === 0) return undefined;
    const lines = rows.map(({ orderid, line }) => toLine(objectKey, orderid, line));
    return readBack(`invoice ${objectKey}`, () => invoiceOf(key, lines));
  }

  async prepare(key: InvoiceKey, options?: CallOptions): Promise<boolean> {
    return (await this.#database.get(selectAny, [key.objectKey], options)) !== undefined;
  }
}
