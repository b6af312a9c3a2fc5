import { MemoryInvoiceStore } from '@coffee/adapter-memory';
import { parseInvoiceKey, placeOrder } from '@coffee/domain';
import type { InvoiceStore } from '@coffee/ports';
import { Faults, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IssueInvoiceLine } from './tasks.ts';
import { orderOf, untilDone } from './test-support/orders.ts';

const key = parseInvoiceKey('2026/11/a0');
const placedOf = (index: number, changes: Parameters<typeof orderOf>[0] = {}) =>
  placeOrder({
    orderid: `o${index}`,
    acceptedAt: new Date(Date.UTC(2026, 10, 24, 9, 30, index)).toISOString(),
    order: orderOf(changes),
  });

/** Up to four calls that fail, before their effect or after it. */
const faultScript = fc
  .array(fc.constantFrom(unavailableBefore, unavailableAfter), { maxLength: 4 })
  .map((script) => script.map((fault) => fault()));

describe('IssueInvoiceLine', () => {
  it('adds a line with the order and its amount to the invoice of the account and month', async () => {
    const invoices = new MemoryInvoiceStore();
    await expect(new IssueInvoiceLine(invoices).execute(placedOf(1))).resolves.toEqual({ objectKey: '2026/11/a0' });
    expect(await invoices.get(key)).toEqual({
      objectKey: '2026/11/a0',
      accountid: 'a0',
      period: { year: 2026, month: 11 },
      lines: [
        { orderid: 'o1', acceptedAt: '2026-11-24T09:30:01.000Z', order: orderOf(), amount: '7.00', currency: 'AUD' },
      ],
      totals: [{ currency: 'AUD', total: '7.00' }],
    });
  });

  it('refuses the same order id with different content', async () => {
    const issuing = new IssueInvoiceLine(new MemoryInvoiceStore());
    await issuing.execute(placedOf(1));
    await expect(issuing.execute(placedOf(1, { city: 'Perth' }))).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('adds one line per order, however often it runs, in whatever order, and whatever fails', async () => {
    const run = fc.record({ index: fc.nat({ max: 4 }), faults: faultScript });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 12 }), async (runs) => {
        const invoices = new MemoryInvoiceStore();
        const faults = new Faults<InvoiceStore>();
        const issuing = new IssueInvoiceLine(withFaults<InvoiceStore>(invoices, faults));
        for (const { index, faults: script } of runs) {
          faults.next('add', ...script);
          await untilDone(() => issuing.execute(placedOf(index)));
        }
        const distinct = [...new Set(runs.map(({ index }) => index))].sort();
        const invoice = await invoices.get(key);
        expect(invoice?.lines.map(({ orderid }) => orderid)).toEqual(distinct.map((index) => `o${index}`));
        expect(invoice?.totals).toEqual([{ currency: 'AUD', total: `${7 * distinct.length}.00` }]);
      }),
    );
  });
});
