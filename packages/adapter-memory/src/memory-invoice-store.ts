import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import {
  assertLineBelongs,
  defaultMenu,
  formatMoney,
  InvoiceLineRejected,
  invoiceOf,
  isSameLine,
  parseInvoiceKey,
  parseMoney,
} from '@coffee/domain';
import type { InvoiceStore } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import type { InvoicePage, InvoicePageOptions, InvoiceSummary } from './invoice-page.ts';

/** Invoices in memory, a map of lines each, so that the thousandth line costs what the first did. */
export class MemoryInvoiceStore implements InvoiceStore {
  readonly #lines = new Map<string, Map<string, InvoiceLine>>();
  readonly #currency: string;
  #sorted: readonly InvoiceKey[] | undefined;

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
      this.#sorted = undefined;
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

  /** A page of invoices, the newest month first, then by account. */
  async page(options: InvoicePageOptions = {}): Promise<InvoicePage> {
    const { year, month, accountid, limit = 100, before } = options;
    this.#sorted ??= [...this.#lines.keys()].map(parseInvoiceKey).sort(compareKeys);
    const invoices: InvoiceSummary[] = [];
    let last: InvoiceKey | undefined;
    for (const key of this.#sorted) {
      if (accountid !== undefined && key.accountid !== accountid) continue;
      if (year !== undefined && key.period.year !== year) continue;
      if (month !== undefined && key.period.month !== month) continue;
      if (before !== undefined && compareKeys(key, before) <= 0) continue;
      if (invoices.length === limit && last !== undefined) return { invoices, next: last };
      invoices.push(this.#summary(key));
      last = key;
    }
    return { invoices };
  }

  #summary({ objectKey, accountid, period }: InvoiceKey): InvoiceSummary {
    const lines = [...(this.#lines.get(objectKey)?.values() ?? [])];
    const cents = lines.reduce((sum, line) => sum + parseMoney(line.amount), 0);
    const total = formatMoney(cents);
    return { objectKey, accountid, period: { ...period }, currency: this.#currency, lineCount: lines.length, total };
  }
}

/** The newest month first, then by account. */
function compareKeys(a: InvoiceKey, b: InvoiceKey): number {
  const months = b.period.year - a.period.year || b.period.month - a.period.month;
  if (months !== 0 || a.accountid === b.accountid) return months;
  return a.accountid < b.accountid ? -1 : 1;
}
