import type { Invoice, InvoiceKey, InvoiceLine, Order } from '@coffee/domain';
import { addLine, defaultMenu, emptyInvoice, invoiceKeyOf, invoiceLineOf } from '@coffee/domain';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { InvoiceStore } from '../invoice-store.ts';
import type { Harness, Manifest } from './manifest.ts';
import { acceptedAt, hostileOrder, sampleOrder, samplePlaced, withKeysReversed } from './samples.ts';
import { always, contractSuite } from './suite.ts';

/** What the suite of {@link InvoiceStore} works on. Its currency must be the default menu's. */
export interface InvoiceStoreHarness extends Harness {
  readonly invoices: InvoiceStore;
}

/** What an adapter of {@link InvoiceStore} says about itself. `limits.concurrency` is 200 by default. */
export type InvoiceStoreManifest = Manifest<InvoiceStoreHarness, readonly [], 'unavailable'>;

const lineOf = (order: Order, accepted: { orderid?: string; acceptedAt?: string } = {}): InvoiceLine =>
  invoiceLineOf(samplePlaced(order, accepted));

const invoiceOf = (key: InvoiceKey, lines: readonly InvoiceLine[]): Invoice =>
  lines.reduce(addLine, emptyInvoice(key, defaultMenu.currency));

/** Registers the tests that hold an adapter to the promises of {@link InvoiceStore}. Call it in a vitest file. */
export function invoiceStoreContract(manifest: InvoiceStoreManifest): void {
  contractSuite<InvoiceStoreHarness, readonly [], never>(
    'InvoiceStore',
    manifest,
    [],
    ({ harness, clause, parameters, concurrency }) => {
      const add = (key: InvoiceKey, line: InvoiceLine) => harness().invoices.addLine(key, line);
      const get = (key: InvoiceKey) => harness().invoices.get(key);

      clause('knows nothing of an invoice without lines', async () => {
        const key = invoiceKeyOf(sampleOrder());
        expect(await get(key)).toBeUndefined();
        expect(await harness().invoices.exists(key)).toBe(false);
      });

      clause('creates the invoice with its first line, to the last character', async () => {
        await always(hostileOrder, parameters(), async (order) => {
          const key = invoiceKeyOf(order);
          const line = lineOf(order);
          await add(key, line);
          expect(await get(key)).toEqual(invoiceOf(key, [line]));
          expect(await harness().invoices.exists(key)).toBe(true);
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
        for (const line of lines.toReversed()) await add(key, line);
        expect(await get(key)).toMatchObject({ lines, total: '32.00', currency: defaultMenu.currency });
      });

      clause('is idempotent by order id, whatever the order of the keys', async () => {
        const order = sampleOrder();
        const key = invoiceKeyOf(order);
        const line = lineOf(order);
        await add(key, line);
        await add(key, line);
        await add(key, withKeysReversed(line));
        expect(await get(key)).toEqual(invoiceOf(key, [line]));
      });

      clause('refuses the same order id with other content as Conflict, and changes nothing', async () => {
        const order = sampleOrder();
        const key = invoiceKeyOf(order);
        const line = lineOf(order);
        await add(key, line);
        const others: InvoiceLine[] = [
          { ...line, amount: '9.00' },
          { ...line, acceptedAt: acceptedAt(1) },
          { ...line, order: { ...order, city: 'Perth' } },
          { ...line, order: { ...order, details: { ...order.details, unitprice: 4 } } },
        ];
        for (const other of others) {
          await expect(add(key, other)).rejects.toMatchObject({ name: 'Conflict' });
          expect(await get(key)).toEqual(invoiceOf(key, [line]));
        }
      });

      clause('refuses the order of another account or month as Conflict, and creates nothing', async () => {
        const order = sampleOrder();
        const others = [
          { ...order, accountid: `${order.accountid}x` },
          { ...order, orderdate: '2026-12-01 00:00:00' },
        ];
        for (const other of others) {
          await expect(add(invoiceKeyOf(order), lineOf(other))).rejects.toMatchObject({ name: 'Conflict' });
          expect(await harness().invoices.exists(invoiceKeyOf(order))).toBe(false);
          expect(await harness().invoices.exists(invoiceKeyOf(other))).toBe(false);
        }
      });

      clause('keeps accounts and months apart', async () => {
        const order = sampleOrder();
        const all = [
          order,
          { ...order, orderdate: '2026-01-24 09:30:00' },
          { ...order, orderdate: '2025-11-24 09:30:00' },
          { ...order, accountid: `${order.accountid}.1` },
          { ...order, accountid: order.accountid.toUpperCase() },
        ].map((each) => ({ key: invoiceKeyOf(each), line: lineOf(each, { orderid: 'the-same' }) }));
        for (const { key, line } of all) await add(key, line);
        for (const { key, line } of all) expect(await get(key)).toEqual(invoiceOf(key, [line]));
      });

      clause('loses no line of concurrent calls, and counts those that come twice once', async () => {
        const order = sampleOrder();
        const key = invoiceKeyOf(order);
        const lines = Array.from({ length: concurrency(200) }, (_, index) =>
          lineOf(order, { acceptedAt: acceptedAt((index * 37) % 101) }),
        );
        const twice = lines.filter((_, index) => index % 5 === 0);
        await Promise.all([...lines, ...twice].map((line) => add(key, line)));
        expect(await get(key)).toEqual(invoiceOf(key, lines));
      });

      clause('gives one of two concurrent lines with the same order id and other content a Conflict', async () => {
        const order = sampleOrder();
        const key = invoiceKeyOf(order);
        const [one, two] = [lineOf(order, { orderid: 'o' }), lineOf({ ...order, city: 'Perth' }, { orderid: 'o' })];
        if (!one || !two) throw new Error('two lines');
        const outcomes = await Promise.allSettled([add(key, one), add(key, two)]);
        const kept = [one, two].filter((_, index) => outcomes[index]?.status === 'fulfilled');
        expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'Conflict' } });
        expect(kept).toHaveLength(1);
        expect(await get(key)).toEqual(invoiceOf(key, kept));
      });

      clause('gives the same invoice whatever the order of the lines: the one the domain builds', async () => {
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
          for (const line of all) await add(key, line);
          expect(await get(key)).toEqual(invoiceOf(key, all.toReversed()));
        });
      });
    },
    {
      addLine: ({ invoices }) => {
        const order = sampleOrder();
        return invoices.addLine(invoiceKeyOf(order), lineOf(order));
      },
      get: ({ invoices }) => invoices.get(invoiceKeyOf(sampleOrder())),
      exists: ({ invoices }) => invoices.exists(invoiceKeyOf(sampleOrder())),
    },
  );
}
