import type { AcceptedOrder } from '@coffee/api';
import type { Order } from '@coffee/domain';
import { describe, expect, it } from 'vitest';
import { Customer, read } from './customer.ts';
import { amountOf, currency, expectInvoiceLine } from './expectations.ts';
import { objectKeyOf, randomOrder } from './random-orders.ts';
import { forEachTarget } from './targets.ts';

/**
 * Registers the seed's demonstration. Its accounts are the seed's (a0 to a4, a100) and may have lines of earlier runs:
 * everything is looked up by order id.
 */
await forEachTarget((target) => {
  const customer = new Customer(target);
  const { client } = customer;

  async function order(accountid: string, vendorid: string): Promise<{ orderid: string; order: Order }> {
    const order = randomOrder(accountid, vendorid);
    const response = await customer.post({ order });
    const answer = await read<AcceptedOrder>(response, 202);
    expect(response.headers.get('location')).toBe(customer.location(answer.orderid));
    expect(answer.executionArn).toMatch(new RegExp(`:${answer.orderid}$`));
    expect(Math.abs(answer.startDate - Date.now() / 1000)).toBeLessThan(300);
    return { orderid: answer.orderid, order };
  }

  async function expectStored(orderid: string, order: Order): Promise<void> {
    const stored = await client.getOrder({ accountid: order.accountid, vendorid: order.vendorid });
    expect(stored).toMatchObject({ orderid, total: amountOf(order), currency, invoice: objectKeyOf(order) });
    expect(stored.order).toEqual(order);
  }

  describe('the demonstration', () => {
    for (const number of [0, 1, 2, 3, 4]) {
      it(`places an order of a${number} at v${number}, sees it succeed, reads it back and finds it on the invoice`, async () => {
        const placed = await order(`a${number}`, `v${number}`);
        const state = await customer.waitUntilEnded(placed.orderid);
        expect(state).toMatchObject({ orderid: placed.orderid, status: 'SUCCEEDED' });
        expect(state.stopDate).toBeGreaterThanOrEqual(state.startDate);
        await expectStored(placed.orderid, placed.order);

        const objectKey = objectKeyOf(placed.order);
        const link = await client.getInvoice(objectKey);
        expect(link.objectKey).toBe(objectKey);
        expect(Date.parse(link.expiresAt)).toBeGreaterThan(Date.now());
        const download = await fetch(link.url);
        expect(download.status).toBe(200);
        expect(download.headers.get('content-type')).toMatch(/^application\/json\b/);
        expect(download.headers.get('content-disposition')).toMatch(/\bfilename="?[\w.-]+\.json"?/);
        expectInvoiceLine(await read(download, 200), placed.orderid, placed.order);
      });
    }

    it('places an order of a100 at v100 and returns it', async () => {
      const placed = await order('a100', 'v100');
      await customer.finish(placed.orderid);
      await expectStored(placed.orderid, placed.order);
    });

    if (target.mailbox === undefined) {
      it('(mails cannot be read on this target: one mail an order is not checked)', () => {
        expect(target.mailbox).toBeUndefined();
      });
    } else {
      it('sends a single mail for an order', async () => {
        const placed = await order('a100', 'v100');
        await customer.finish(placed.orderid);
        await expect
          .poll(() => customer.mails(placed.orderid), { timeout: 10_000 })
          .toMatchObject([{ id: placed.orderid }]);
        const mails = await customer.mails(placed.orderid);
        const { accountid, vendorid, eventtype, details, city } = placed.order;
        expect(mails[0]?.attributes).toEqual({ accountid, vendorid, eventtype });
        expect(mails[0]?.subject).toMatch(/^[\x20-\x7e]{1,99}$/);
        for (const part of [details.coffeetype, details.coffeesize, city, amountOf(placed.order), placed.orderid]) {
          expect(mails[0]?.text).toContain(part);
        }
      });
    }
  });
});
