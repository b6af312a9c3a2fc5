import type { Invoice, InvoiceKey, InvoiceLine, InvoicePeriod } from '@coffee/domain';
import { invoiceKeyOf, isSameLine, parseMoney } from '@coffee/domain';
import type { CallOptions, InvoiceStore } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import { openInvoice, toLine } from './invoice-slices.ts';
import { addUp } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const insert = 'INSERT INTO invoice_lines (object_key, orderid, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const insertSummand = 'INSERT INTO new_lines (period, accountid, currency, amount) VALUES (?, ?, ?, ?)';
const selectLine = 'SELECT line FROM invoice_lines WHERE object_key = ? AND orderid = ?';
const selectAny = 'SELECT 1 FROM invoice_lines WHERE object_key = ? LIMIT 1';

/** A month as it is stored, counting down, so that the newest comes first: -202611. */
export const periodOf = ({ year, month }: InvoicePeriod): number => -(year * 100 + month);

/** How many new lines are added up at a time, unless a list asks for them earlier. */
const addUpAfter = 1000;

/** Invoices in SQLite: one row per line, so that an account's thousandth line costs no more than its first. */
export class SqliteInvoiceStore implements InvoiceStore {
  readonly #database: SqliteDatabase;
  #added = 0;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async add(line: InvoiceLine, options?: CallOptions): Promise<void> {
    const { objectKey, accountid, period } = invoiceKeyOf(line.order);
    const { orderid, currency } = line;
    const summand = [periodOf(period), accountid, currency, parseMoney(line.amount, currency)];
    const added = await this.#database.runBoth(
      [insert, [objectKey, orderid, JSON.stringify(line)]],
      [insertSummand, summand],
      options,
    );
    if (added === 1) {
      this.#added += 1;
      // If it fails, the next one adds these lines up too.
      if (this.#added % addUpAfter === 0) void this.#database.run(addUp, []).catch(() => undefined);
      return;
    }
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
