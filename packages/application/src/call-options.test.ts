import {
  MemoryInvoiceLinks,
  MemoryInvoiceStore,
  MemoryMailbox,
  MemoryNotificationLog,
  MemoryOrderRepository,
} from '@coffee/adapter-memory';
import { defaultMenu, placeOrder } from '@coffee/domain';
import type { CallOptions } from '@coffee/ports';
import { expect, it } from 'vitest';
import { AnnounceOrder, FindOrder, IssueInvoiceLine, LinkInvoice, OncePerOrder, PlaceOrder } from './index.ts';
import { customer, orderOf } from './test-support/orders.ts';

const accepted = { orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() };
const refused = { ...accepted, order: orderOf({ city: ' ' }) };
const placed = placeOrder(accepted);
const [orders, invoices, mailbox] = [new MemoryOrderRepository(), new MemoryInvoiceStore(), new MemoryMailbox()];
const links = new MemoryInvoiceLinks({ invoices });
const once = new OncePerOrder(mailbox, new MemoryNotificationLog());

it.each<[string, (options: CallOptions) => Promise<unknown>]>([
  ['PlaceOrder', (options) => new PlaceOrder(orders, defaultMenu).execute(accepted, options)],
  ['PlaceOrder, refused', (options) => new PlaceOrder(orders, defaultMenu).execute(refused, options)],
  ['IssueInvoiceLine', (options) => new IssueInvoiceLine(invoices).execute(placed, options)],
  ['AnnounceOrder', (options) => new AnnounceOrder(mailbox).execute(placed, options)],
  ['AnnounceOrder, once', (options) => new AnnounceOrder(once).execute(placed, options)],
  ['FindOrder', (options) => new FindOrder(orders).execute(customer, 'a0', 'v0', options)],
  ['LinkInvoice', (options) => new LinkInvoice(invoices, links).execute(customer, '2026/11/a0', options)],
])('%s hands its signal to its ports', async (_, execute) => {
  const signal = AbortSignal.abort(new Error('timed out'));
  await expect(execute({ signal })).rejects.toMatchObject({ name: 'Unavailable', cause: signal.reason });
});
