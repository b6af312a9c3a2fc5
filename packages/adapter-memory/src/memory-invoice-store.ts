import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { invoiceKeyOf, invoiceOf, isSameLine, parseInvoiceKey, totalsOf } from '@coffee/domain';
import type { CallOptions, InvoiceList, InvoicePage, InvoiceQuery, InvoiceStore, InvoiceSummary } from '@coffee/ports';
import { abortable, Conflict } from '@coffee/ports';
import { copyOf, pageOf } from './copy.ts';

/** Invoices in memory, each a map of lines, so that the thousandth line costs no more than the first. */
export class MemoryInvoiceStore implements InvoiceStore, InvoiceList {
  readonly #lines = new Map<string, Map<string, InvoiceLine>>();
  #sorted: readonly InvoiceKey[] | undefined;

  add(line: InvoiceLine, options: CallOptions = {}): Promise<void> {
    return abortable(options, async () => {
      const { objectKey } = invoiceKeyOf(line.order);
      let lines = this.#lines.get(objectKey);
      if (lines === undefined) {
        lines = new Map();
        this.#lines.set(objectKey, lines);
        this.#sorted = undefined;
      }
      const present = lines.get(line.orderid);
      if (present === undefined) lines.set(line.orderid, copyOf(line));
      else if (!isSameLine(present, line)) {
        const message = `order ${line.orderid} is on invoice ${objectKey} with other content`;
        throw new Conflict(message, { cause: copyOf(present) });
      }
    });
  }

  get(key: InvoiceKey, options: CallOptions = {}): Promise<Invoice | undefined> {
    return abortable(options, async () => {
      const lines = this.#lines.get(key.objectKey);
      return lines === undefined ? undefined : copyOf(invoiceOf(key, [...lines.values()]));
    });
  }

  prepare(key: InvoiceKey, options: CallOptions = {}): Promise<boolean> {
    return abortable(options, async () => this.#lines.has(key.objectKey));
  }

  page(query: InvoiceQuery = {}, options: CallOptions = {}): Promise<InvoicePage> {
    const { year, month, accountid, limit = 100, before } = query;
    return abortable(options, async () => {
      this.#sorted ??= [...this.#lines.keys()].map(parseInvoiceKey).sort(compareKeys);
      const found = this.#sorted.filter(
        (key) =>
          (accountid === undefined || key.accountid === accountid) &&
          (year === undefined || key.period.year === year) &&
          (month === undefined || key.period.month === month) &&
          (before === undefined || compareKeys(key, before) > 0),
      );
      const { items, ...next } = pageOf(found, limit, copyOf);
      return { invoices: items.map((key) => this.#summary(key)), ...next };
    });
  }

  #summary({ objectKey, accountid, period }: InvoiceKey): InvoiceSummary {
    const lines = [...(this.#lines.get(objectKey)?.values() ?? [])];
    return { objectKey, accountid, period: { ...period }, lineCount: lines.length, totals: totalsOf(lines) };
  }
}

/** The newest month first, then by account. */
function compareKeys(a: InvoiceKey, b: InvoiceKey): number {
  const months = b.period.year - a.period.year || b.period.month - a.period.month;
  if (months !== 0 || a.accountid === b.accountid) return months;
  return a.accountid < b.accountid ? -1 : 1;
}
