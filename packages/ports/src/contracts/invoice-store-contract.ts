import type { Invoice, InvoiceKey, InvoiceLine, Order } from '@coffee/domain';
import { addLine, emptyInvoice, invoiceKeyOf, invoiceLineOf } from '@coffee/domain';
import * as fc from 'fast-check';
import type { InvoiceStore } from '../invoice-store.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { acceptedAt, anyPlaced, sampleOrder, samplePlaced, withKeysReversed, yenMenu } from './samples.ts';
import type { Suite } from './suite.ts';
import { always, contractSuite } from './suite.ts';

/** The harness of the {@link InvoiceStore} suite. */
export interface InvoiceStoreHarness extends Harness {
  readonly invoices: InvoiceStore;
}

/** The manifest of an adapter of {@link InvoiceStore}. `limits.concurrency` defaults to 200. */
export type InvoiceStoreManifest = Manifest<InvoiceStoreHarness, readonly [], 'unavailable'>;

const lineOf = (order: Order, accepted: { orderid?: string; acceptedAt?: string } = {}): InvoiceLine =>
  invoiceLineOf(samplePlaced(order, accepted));

const invoiceOf = (key: InvoiceKey, lines: readonly InvoiceLine[]): Invoice => lines.reduce(addLine, emptyInvoice(key));

function clauses({ expect, harness, clause, parameters, concurrency }: Suite<InvoiceStoreHarness, never>): void {
  const add = (line: InvoiceLine) => harness().invoices.add(line);
  const get = (key: InvoiceKey) => harness().invoices.get(key);

  clause('has no invoice before its first line', async () => {
    const key = invoiceKeyOf(sampleOrder());
    expect(await get(key)).toBeUndefined();
    expect(await harness().invoices.prepare(key)).toBe(false);
  });

  clause('creates the invoice with its first line, to the last character', async () => {
    await always(anyPlaced, parameters(), async (placed) => {
      const key = invoiceKeyOf(placed.order);
      const line = invoiceLineOf(placed);
      await add(line);
      expect(await get(key)).toEqual(invoiceOf(key, [line]));
      expect(await harness().invoices.prepare(key)).toBe(true);
    });
  });

  clause('sorts lines by acceptedAt, then order id, and adds them up', async () => {
    const order = sampleOrder();
    const key = invoiceKeyOf(order);
    const lines = [
      lineOf(order, { orderid: 'a', acceptedAt: acceptedAt(0) }),
      lineOf(order, { orderid: 'B', acceptedAt: acceptedAt(1) }),
      lineOf(order, { orderid: 'a-later', acceptedAt: acceptedAt(1) }),
      lineOf(order, { orderid: '0', acceptedAt: acceptedAt(2) }),
    ];
    for (const line of lines.toReversed()) await add(line);
    expect(await get(key)).toMatchObject({ lines, totals: [{ currency: 'AUD', total: '32.00' }] });
  });

  clause('is idempotent by order id, whatever the order of keys', async () => {
    const order = sampleOrder();
    const key = invoiceKeyOf(order);
    const line = lineOf(order);
    await add(line);
    await add(line);
    await add(withKeysReversed(line));
    expect(await get(key)).toEqual(invoiceOf(key, [line]));
  });

  clause('rejects the same order id with different content as Conflict, and changes nothing', async () => {
    const order = sampleOrder();
    const key = invoiceKeyOf(order);
    const line = lineOf(order);
    await add(line);
    const others: InvoiceLine[] = [
      { ...line, amount: '9.00' },
      { ...line, currency: 'EUR' },
      { ...line, acceptedAt: acceptedAt(1) },
      { ...line, order: { ...order, city: 'Perth' } },
      { ...line, order: { ...order, details: { ...order.details, unitprice: '4.00' } } },
    ];
    for (const other of others) {
      await expect(add(other)).rejects.toMatchObject({ name: 'Conflict' });
      expect(await get(key)).toEqual(invoiceOf(key, [line]));
    }
  });

  clause('totals each currency separately', async () => {
    const order = sampleOrder();
    const key = invoiceKeyOf(order);
    const yen = (quantity: number) =>
      invoiceLineOf(samplePlaced({ ...order, details: { ...order.details, quantity } }, {}, yenMenu));
    const lines = [yen(100), lineOf(order), yen(3), lineOf(order)];
    await Promise.all(lines.map(add));
    expect(await get(key)).toEqual(invoiceOf(key, lines));
    expect((await get(key))?.totals).toEqual([
      { currency: 'AUD', total: '16.00' },
      { currency: 'JPY', total: '412' },
    ]);
  });

  clause('keeps accounts and months apart', async () => {
    const order = sampleOrder();
    const all = [
      order,
      { ...order, orderdate: '2026-01-24 09:30:00' },
      { ...order, orderdate: '2025-11-24 09:30:00' },
      { ...order, accountid: `${order.accountid}.1` },
      { ...order, accountid: `${order.accountid}0` },
      { ...order, accountid: order.accountid.toUpperCase() },
    ].map((each) => ({ key: invoiceKeyOf(each), line: lineOf(each, { orderid: 'the-same' }) }));
    for (const { line } of all) await add(line);
    for (const { key, line } of all) expect(await get(key)).toEqual(invoiceOf(key, [line]));
  });

  clause('loses no line of concurrent calls, and counts repeated ones once', async () => {
    const order = sampleOrder();
    const key = invoiceKeyOf(order);
    const lines = Array.from({ length: concurrency(200) }, (_, index) =>
      lineOf(order, { acceptedAt: acceptedAt((index * 37) % 101) }),
    );
    const twice = lines.filter((_, index) => index % 5 === 0);
    await Promise.all([...lines, ...twice].map((line) => add(line)));
    expect(await get(key)).toEqual(invoiceOf(key, lines));
  });

  clause('rejects one of two concurrent lines with the same order id and different content as Conflict', async () => {
    const order = sampleOrder();
    const key = invoiceKeyOf(order);
    const [one, two] = [lineOf(order, { orderid: 'o' }), lineOf({ ...order, city: 'Perth' }, { orderid: 'o' })];
    if (!one || !two) throw new Error('two lines');
    const outcomes = await Promise.allSettled([add(one), add(two)]);
    const kept = [one, two].filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'Conflict' } });
    expect(kept).toHaveLength(1);
    expect(await get(key)).toEqual(invoiceOf(key, kept));
  });

  clause('builds the same invoice as the domain, whatever the order of the lines', async () => {
    const lines = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 100 })), {
      minLength: 1,
      maxLength: 8,
    });
    await always(lines, parameters(0.5), async (drawn) => {
      const order = sampleOrder();
      const key = invoiceKeyOf(order);
      const all = drawn.map(([step, quantity]) =>
        lineOf({ ...order, details: { ...order.details, quantity } }, { acceptedAt: acceptedAt(step) }),
      );
      for (const line of all) await add(line);
      expect(await get(key)).toEqual(invoiceOf(key, all.toReversed()));
    });
  });
}

/** Registers the contract tests of {@link InvoiceStore}. */
export function invoiceStoreContract(manifest: InvoiceStoreManifest, runner: TestRunner): void {
  contractSuite('InvoiceStore', runner, manifest, [], clauses, {
    add: ({ invoices }, options) => invoices.add(lineOf(sampleOrder()), options),
    get: ({ invoices }, options) => invoices.get(invoiceKeyOf(sampleOrder()), options),
    prepare: ({ invoices }, options) => invoices.prepare(invoiceKeyOf(sampleOrder()), options),
  });
}
