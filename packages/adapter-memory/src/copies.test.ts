import type { PlacedOrder } from '@coffee/domain';
import { composeNotification, invoiceKeyOf, invoiceLineOf, placeOrder } from '@coffee/domain';
import { expect, it } from 'vitest';
import { MemoryInvoiceLinks, MemoryInvoiceStore, MemoryMailbox, MemoryOrderRepository } from './index.ts';

const placed = (): PlacedOrder =>
  placeOrder({
    orderid: 'o0',
    acceptedAt: '2026-11-24T09:30:00.000Z',
    order: {
      accountid: 'a0',
      vendorid: 'v0',
      orderdate: '2026-11-24 09:30:00',
      city: 'Sydney',
      details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.50', quantity: 1 },
      eventtype: ['order'],
    },
  });

const spoil = ({ order }: Pick<PlacedOrder, 'order'>) => {
  order.city = 'Perth';
  order.details.quantity = 99;
  order.eventtype.push('spoilt');
};

it('keeps an order as it was put and hands out copies', async () => {
  const orders = new MemoryOrderRepository();
  const given = placed();
  await orders.put(given);
  spoil(given);
  for (const _ of ['first', 'second']) {
    const read = await orders.get('a0', 'v0');
    expect(read).toEqual(placed());
    if (read !== undefined) spoil(read);
  }
});

it('keeps an invoice line as it was added and hands out copies', async () => {
  const invoices = new MemoryInvoiceStore();
  const links = new MemoryInvoiceLinks({ invoices });
  const key = invoiceKeyOf(placed().order);
  const given = invoiceLineOf(placed());
  await invoices.addLine(key, given);
  spoil(given);
  const { url } = await links.link(key);
  for (const read of [() => invoices.get(key), () => invoices.get(key), () => links.open(url)]) {
    const line = (await read())?.lines[0];
    expect(line).toEqual(invoiceLineOf(placed()));
    if (line !== undefined) spoil(line);
  }
});

it('keeps a mail as it was published and hands out copies', async () => {
  const mailbox = new MemoryMailbox({ clock: () => 0 });
  const eventtype = ['order'];
  const notification = composeNotification(placed());
  await mailbox.publish({ ...notification, attributes: { ...notification.attributes, eventtype } });
  eventtype.push('spoilt');
  for (const _ of ['first', 'second']) {
    const [mail] = (await mailbox.mails()).mails;
    expect(mail).toEqual({ ...notification, sentAt: '1970-01-01T00:00:00.000Z', sequence: 1 });
    if (mail !== undefined) (mail.attributes.eventtype as string[]).push('spoilt');
  }
});
