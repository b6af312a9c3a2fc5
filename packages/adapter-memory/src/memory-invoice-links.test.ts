import { buildInvoiceKey } from '@coffee/domain';
import { expect, it } from 'vitest';
import { MemoryInvoiceLinks } from './memory-invoice-links.ts';
import { MemoryInvoiceStore } from './memory-invoice-store.ts';

const key = buildInvoiceKey('a0', { year: 2026, month: 11 });

it('names the invoice and when the link expires', async () => {
  const invoices = new MemoryInvoiceStore();
  const ports = ['8080', '9090'];
  const links = new MemoryInvoiceLinks({
    invoices,
    baseUrl: () => `http://127.0.0.1:${ports.shift()}`,
    clock: () => 0,
    lifetimeMilliseconds: 1_000,
  });
  const first = await links.link(key);
  expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:8080\/invoices\/2026\/11\/a0\?token=[0-9a-f]{32}$/);
  expect(first.expiresAt).toBe('1970-01-01T00:00:01.000Z');
  const second = await links.link(key);
  expect(second.url).toContain(':9090/');
  expect(new URL(second.url).search).not.toBe(new URL(first.url).search);
});

it('opens nothing for a text that is not a URL', async () => {
  expect(await new MemoryInvoiceLinks({ invoices: new MemoryInvoiceStore() }).open('invoices')).toBeUndefined();
});
