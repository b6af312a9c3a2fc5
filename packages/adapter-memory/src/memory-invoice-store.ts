import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { assertLineBelongs, defaultMenu, InvoiceLineRejected, invoiceOf, isSameLine } from '@coffee/domain';
import type { InvoiceStore } from '@coffee/ports';
import { Conflict } from '@coffee/ports';

/** Invoices in memory, a map of lines each, so that the thousandth line costs what the first did. */
export class MemoryInvoiceStore implements InvoiceStore {
  readonly #lines = new Map<string, Map<string, InvoiceLine>>();
  readonly #currency: string;

  constructor(options: { readonly currency?: string } = {}) {
    this.#currency = options.currency ?? defaultMenu.currency;
  }

  async addLine(key: InvoiceKey, line: InvoiceLine): Promise<void> {
    try {
      assertLineBelongs(key, line);
    } catch (error) {
      if (error instanceof InvoiceLineRejected) throw new Conflict(error.message, { cause: error });
      throw error;
    }
    let lines = this.#lines.get(key.objectKey);
    if (lines === undefined) {
      lines = new Map();
      this.#lines.set(key.objectKey, lines);
    }
    const present = lines.get(line.orderid);
    if (present === undefined) lines.set(line.orderid, structuredClone(line));
    else if (!isSameLine(present, line)) {
      const message = `order ${line.orderid} is on invoice ${key.objectKey} with other content`;
      throw new Conflict(message, { cause: structuredClone(present) });
    }
  }

  async get(key: InvoiceKey): Promise<Invoice | undefined> {
    const lines = this.#lines.get(key.objectKey);
    return lines === undefined ? undefined : invoiceOf(key, this.#currency, structuredClone([...lines.values()]));
  }

  async exists(key: InvoiceKey): Promise<boolean> {
    return this.#lines.has(key.objectKey);
  }
}
