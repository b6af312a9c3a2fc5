import { MemoryInvoiceLinks, MemoryInvoiceStore } from '@coffee/adapter-memory';
import { invoiceLineOf, mayReadInvoice, parseInvoiceKey, placeOrder } from '@coffee/domain';
import { principals } from '@coffee/domain/arbitraries';
import type { InvoiceLinks, InvoiceStore } from '@coffee/ports';
import { Faults, unavailableBefore, withFaults } from '@coffee/ports/faults';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvoiceNotFound, LinkInvoice } from './link-invoice.ts';
import { customer, orderOf } from './test-support/orders.ts';

const key = parseInvoiceKey('2026/11/a0');
const line = invoiceLineOf(placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() }));

async function arrange() {
  const invoices = new MemoryInvoiceStore();
  await invoices.add(line);
  const clock = () => Date.UTC(2026, 10, 24, 9, 30);
  const links = new MemoryInvoiceLinks({ invoices, clock, lifetimeMilliseconds: 60_000 });
  const storeFaults = new Faults<InvoiceStore>();
  const linkFaults = new Faults<InvoiceLinks>();
  const linking = new LinkInvoice(
    withFaults<InvoiceStore>(invoices, storeFaults),
    withFaults<InvoiceLinks>(links, linkFaults),
  );
  return { invoices, links, linking, storeFaults, linkFaults };
}

describe('LinkInvoice', () => {
  it('answers a link that opens the invoice, and when it expires', async () => {
    const { invoices, links, linking } = await arrange();
    const { objectKey, url, expiresAt } = await linking.execute(customer, '2026/11/a0');
    expect(objectKey).toBe('2026/11/a0');
    expect(expiresAt).toBe('2026-11-24T09:31:00.000Z');
    expect(await links.open(url)).toEqual(await invoices.get(key));
  });

  it.each(['', 'a0', '2026/011/a0', '2026/13/a0', '2026/11/../a0', '2026/11/', '/2026/11/a0', '2026/11/a0\n'])(
    'refuses %j and calls no store',
    async (objectKey) => {
      const { linking, storeFaults } = await arrange();
      await expect(linking.execute(customer, objectKey)).rejects.toMatchObject({
        name: 'InvoiceKeyRejected',
        code: 'InvoiceKeyRejected',
      });
      expect(storeFaults.calls('prepare')).toBe(0);
    },
  );

  it('says that there is no invoice, and makes no link', async () => {
    const { linking, linkFaults } = await arrange();
    await expect(linking.execute(customer, '2026/12/a0')).rejects.toMatchObject({
      name: 'InvoiceNotFound',
      code: 'InvoiceNotFound',
      message: 'there is no invoice 2026/12/a0',
    });
    expect(linkFaults.calls('link')).toBe(0);
  });

  it('says the same to others, and touches nothing', async () => {
    const { linking, storeFaults, linkFaults } = await arrange();
    const calls = () => storeFaults.calls('prepare') + linkFaults.calls('link');
    await fc.assert(
      fc.asyncProperty(principals, async (caller) => {
        const before = calls();
        const linked = linking.execute(caller, '2026/11/a0');
        if (mayReadInvoice(caller, key)) expect(await linked).toMatchObject({ objectKey: '2026/11/a0' });
        else {
          await expect(linked).rejects.toEqual(new InvoiceNotFound('2026/11/a0'));
          expect(calls()).toBe(before);
        }
      }),
    );
  });

  it.each(['prepare', 'link'] as const)('passes on that %s is unavailable', async (method) => {
    const { linking, storeFaults, linkFaults } = await arrange();
    if (method === 'prepare') storeFaults.next(method, unavailableBefore());
    else linkFaults.next(method, unavailableBefore());
    await expect(linking.execute(customer, '2026/11/a0')).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(linking.execute(customer, '2026/11/a0')).resolves.toMatchObject({ objectKey: '2026/11/a0' });
  });
});
