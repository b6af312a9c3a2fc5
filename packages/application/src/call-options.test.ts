import {
  MemoryInvoiceLinks,
  MemoryInvoiceStore,
  MemoryMailbox,
  MemoryNotificationLog,
  MemoryOrderRepository,
} from '@coffee/adapter-memory';
import type { Order } from '@coffee/domain';
import { defaultMenu, placeOrder } from '@coffee/domain';
import type { CallOptions } from '@coffee/ports';
import { expect, it } from 'vitest';
import { AnnounceOrder, FindOrder, IssueInvoiceLine, LinkInvoice, OncePerOrder, PlaceOrder } from './index.ts';
import { customer, orderOf } from './test-support/orders.ts';

const started = { orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z' };
const commandOf = (order: Order) => ({ ...started, input: { body: JSON.stringify({ order }), caller: customer } });
const placed = placeOrder({ ...started, order: orderOf() });
const [orders, invoices, mailbox] = [new MemoryOrderRepository(), new MemoryInvoiceStore(), new MemoryMailbox()];
const links = new MemoryInvoiceLinks({ invoices });
const once = new OncePerOrder(mailbox, new MemoryNotificationLog());

it.each<[string, (options: CallOptions) => Promise<unknown>]>([
  ['PlaceOrder', (options) => new PlaceOrder(orders, defaultMenu).execute(commandOf(orderOf()), options)],
  [
    'PlaceOrder, refused',
    (options) => new PlaceOrder(orders, defaultMenu).execute(commandOf(orderOf({ city: ' ' })), options),
  ],
  ['IssueInvoiceLine', (options) => new IssueInvoiceLine(invoices).execute(placed, options)],
  ['AnnounceOrder', (options) => new AnnounceOrder(mailbox).execute(placed, options)],
  ['AnnounceOrder, once', (options) => new AnnounceOrder(once).execute(placed, options)],
  ['FindOrder', (options) => new FindOrder(orders).execute(customer, 'a0', 'v0', options)],
  ['LinkInvoice', (options) => new LinkInvoice(invoices, links).execute(customer, '2026/11/a0', options)],
])('%s hands its signal to its ports', async (_, execute) => {
  const signal = AbortSignal.abort(new Error('timed out'));
  await expect(execute({ signal })).rejects.toMatchObject({ name: 'Unavailable', cause: signal.reason });
});
