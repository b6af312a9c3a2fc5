import type { InvoiceLine } from '@coffee/domain';
import { invoiceKeyOf, invoiceLineOf } from '@coffee/domain';
import type { InvoiceList, InvoiceQuery, InvoiceSummary } from '../invoice-list.ts';
import type { InvoiceStore } from '../invoice-store.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { sampleOrder, samplePlaced, uniqueId, yenMenu } from './samples.ts';
import type { Suite } from './suite.ts';
import { contractSuite, everyItem } from './suite.ts';

/** The harness of the {@link InvoiceList} suite: the list, and the store whose invoices it lists. */
export interface InvoiceListHarness extends Harness {
  readonly invoices: InvoiceStore;
  readonly list: InvoiceList;
}

/** The manifest of an adapter of {@link InvoiceList}. */
export type InvoiceListManifest = Manifest<InvoiceListHarness, readonly [], 'unavailable'>;

function clauses({ expect, harness, clause }: Suite<InvoiceListHarness, never>): void {
  const add = (accountid: string, month: string, menu?: typeof yenMenu): Promise<InvoiceLine> => {
    const order = sampleOrder({ accountid, orderdate: `${month}-15 09:30:00` });
    const line = invoiceLineOf(samplePlaced(order, {}, menu));
    return harness()
      .invoices.add(line)
      .then(() => line);
  };
  const page = (query: InvoiceQuery) => harness().list.page(query);
  const all = (query: InvoiceQuery) =>
    everyItem(expect, async (before?: InvoiceQuery['before']) => {
      const { invoices, next } = await page({ ...query, before });
      return [invoices, next];
    });
  const keys = (invoices: readonly InvoiceSummary[]) => invoices.map(({ objectKey }) => objectKey);

  clause('totals each invoice as the store does, per currency', async () => {
    const accountid = uniqueId('a');
    const line = await add(accountid, '2026-11');
    await add(accountid, '2026-11');
    await add(accountid, '2026-11', yenMenu);
    const key = invoiceKeyOf(line.order);
    const invoice = await harness().invoices.get(key);
    expect(await page({ accountid })).toEqual({
      invoices: [{ ...key, lineCount: 3, totals: invoice?.totals }],
    });
    expect(invoice?.totals).toEqual([
      { currency: 'AUD', total: '16.00' },
      { currency: 'JPY', total: '8' },
    ]);
  });

  clause('returns an empty page when nothing matches', async () => {
    const accountid = uniqueId('a');
    expect(await page({ accountid })).toEqual({ invoices: [] });
    await add(accountid, '2026-11');
    expect(await page({ accountid, month: 12 })).toEqual({ invoices: [] });
    expect(await page({ accountid, year: 2025 })).toEqual({ invoices: [] });
  });

  clause('lists the newest month first, the months as numbers, and the invoices of a month by account', async () => {
    const [a, b] = [uniqueId('a'), uniqueId('b')];
    for (const month of ['2026-09', '2025-12', '2026-10', '2026-01']) {
      await add(b, month);
      await add(a, month);
    }
    const sorted = ['2026/10', '2026/9', '2026/1', '2025/12'].flatMap((month) => [`${month}/${a}`, `${month}/${b}`]);
    const ours = (invoices: readonly InvoiceSummary[]) =>
      keys(invoices).filter((key) => key.endsWith(a) || key.endsWith(b));
    expect(ours(await all({}))).toEqual(sorted);
    for (const limit of [1, 2, 3]) expect(ours(await all({ limit }))).toEqual(sorted);
    expect(keys(await all({ accountid: b, limit: 3 }))).toEqual(sorted.filter((key) => key.endsWith(b)));
    expect(keys(await all({ accountid: b, limit: 1 }))).toEqual(sorted.filter((key) => key.endsWith(b)));
    expect(ours(await all({ year: 2026, month: 9 }))).toEqual([`2026/9/${a}`, `2026/9/${b}`]);
    expect(keys(await all({ accountid: a, year: 2025 }))).toEqual([`2025/12/${a}`]);
    expect(keys(await all({ accountid: a, month: 1 }))).toEqual([`2026/1/${a}`]);
  });

  clause('continues after an invoice, even one outside the query', async () => {
    const accountid = uniqueId('a');
    for (const month of ['2026-11', '2026-10', '2026-09']) await add(accountid, month);
    const before = invoiceKeyOf(sampleOrder({ accountid, orderdate: '2026-10-15 09:30:00' }));
    expect(keys((await page({ accountid, before })).invoices)).toEqual([`2026/9/${accountid}`]);
    const other = invoiceKeyOf(sampleOrder({ accountid: 'A', orderdate: '2026-10-15 09:30:00' }));
    const after = keys((await page({ accountid, before: other })).invoices);
    expect(after).toEqual([`2026/10/${accountid}`, `2026/9/${accountid}`]);
  });
}

/** Registers the contract tests of {@link InvoiceList}. */
export function invoiceListContract(manifest: InvoiceListManifest, runner: TestRunner): void {
  contractSuite('InvoiceList', runner, manifest, [], clauses, { page: ({ list }, options) => list.page({}, options) });
}
