import type { AcceptedOrder, Problem } from '@coffee/api';
import { describe, expect, it } from 'vitest';
import type { BadRequest } from './bad-requests.ts';
import { badRequests } from './bad-requests.ts';
import { Customer, read } from './customer.ts';
import { expectProblem } from './expectations.ts';
import { freshAccounts, objectKeyOf, randomOrder } from './random-orders.ts';
import { forEachTarget } from './targets.ts';

/** Registers what is refused: bad orders and bad questions. Their accounts are fresh in every run. */
await forEachTarget((target) => {
  const customer = new Customer(target);
  const { client } = customer;
  const account = freshAccounts();
  const isEmbedded = target.edge === 'embedded';

  /** Expects that nothing is known of an account. */
  async function expectNothing(accountid: string, vendorid: string, orderdate: string): Promise<void> {
    await expectProblem(await customer.get('/order', { accountid, vendorid }), 404, 'OrderNotFound');
    const objectKey = objectKeyOf({ accountid, orderdate });
    await expectProblem(await customer.get('/invoice', { objectKey }), 404, 'InvoiceNotFound');
  }

  describe('a bad order is refused and changes nothing', () => {
    for (const [index, { title }] of badRequests(randomOrder('a', 'v')).entries()) {
      it(title, async () => {
        const order = randomOrder(account(`bad-${index}`), 'v0');
        const { body, headers, status, code, path, apiGateway } = badRequests(order)[index] as BadRequest;
        const response = await customer.post(body, headers);
        if (isEmbedded || apiGateway === undefined) {
          await expectProblem(response, status, code, isEmbedded ? path : undefined);
        } else if (apiGateway.answer === 'refused') {
          await expectProblem(response, 400, apiGateway.code);
        } else {
          await customer.waitUntilEnded((await read<AcceptedOrder>(response, 202)).orderid);
          return; // whether it fails is not known
        }
        await expectNothing(order.accountid, order.vendorid, order.orderdate);
      });
    }

    it('leaves an order that is there as it is', async () => {
      const order = randomOrder(account('there'), 'v0');
      const orderid = await customer.placeAndFinish(order);
      const bad = { ...order, details: { ...order.details, unitprice: '0.01' } };
      const path = isEmbedded ? ['order', 'details', 'unitprice'] : undefined;
      await expectProblem(await customer.post({ order: bad }), 400, 'OrderRejected', path);
      expect(await client.getOrder({ accountid: order.accountid, vendorid: order.vendorid })).toMatchObject({
        orderid,
        order,
      });
      expect((await customer.getInvoice(objectKeyOf(order))).lines).toHaveLength(1);
    });

    it(isEmbedded ? 'lists every issue at once' : 'says what is wrong as one text', async () => {
      const { detail, issues = [] } = await read<Problem>(await customer.post({ order: { accountid: '../x' } }), 400);
      if (!isEmbedded) return expect(detail).toMatch(/\w+ \w+/);
      const paths = issues.map(({ path }) => path.join('.'));
      for (const name of ['accountid', 'vendorid', 'orderdate', 'city', 'details', 'eventtype']) {
        expect(paths).toContain(`order.${name}`);
      }
    });
  });

  describe('a bad question', () => {
    const name = account('question');
    for (const path of [
      '/order',
      `/order?accountid=${name}`,
      '/order?vendorid=v0',
      '/order?accountid=&vendorid=v0',
      `/order?accountid=${name}&accountid=${name}&vendorid=v0`,
      `/order?accountid=${name}&accountid=a0&vendorid=v0`,
      '/order?accountid=..%2Fx&vendorid=v0',
      `/order?accountid=${name}&vendorid=v%200`,
      '/invoice',
      `/invoice?objectKey=2026/1/${name}&objectKey=2026/1/${name}`,
    ]) {
      it(`GET ${path.replaceAll(name, 'a0')} is refused`, async () => {
        await expectProblem(await customer.get(path), 400, 'ParameterRejected');
      });
    }

    const keys = ['2026/01/a0', '2026/1/a0/x', '../2026/1/a0', '2026/1/../a0', '2026/1/..', '2026/0/a0', '2026/13/a0'];
    for (const objectKey of [...keys, '26/1/a0', '/2026/1/a0', '2026/1/', '2026/1/a b', '2026/1/a0\n', 'a0']) {
      it(`the invoice key ${JSON.stringify(objectKey)} is refused`, async () => {
        await expectProblem(await customer.get('/invoice', { objectKey }), 400, 'InvoiceKeyRejected');
      });
    }

    it('an order, an invoice or an execution that is not there is not found', async () => {
      await expectNothing(account('nobody'), 'v0', '2026-11-24 09:30:00');
      await expectProblem(await customer.get(`/order/${account('nobody')}`), 404, 'ExecutionNotFound');
    });
  });
});
