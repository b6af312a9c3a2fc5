import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AcceptedOrder } from '@coffee/api';
import type { Order } from '@coffee/domain';
import { startLocal } from '@coffee/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestIssuer } from '../../../adapter-oidc/src/test-support/test-issuer.ts';
import type { Target } from '../suite/customer.ts';
import { Customer, read } from '../suite/customer.ts';
import { expectInvoiceLine, expectProblem } from '../suite/expectations.ts';
import { freshAccounts, objectKeyOf, randomOrder } from '../suite/random-orders.ts';
import { embedded, findTarget } from '../suite/targets.ts';
import type { Callers } from './callers.ts';
import { readCallers } from './callers.ts';

const { COFFEE_URL: url = '', COFFEE_CALLERS: file = '' } = process.env;

/** Embedded systems, and an issuer that they trust. */
async function startSystems() {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-callers-'));
  const trusted = await TestIssuer.start();
  const issuer = { url: trusted.url, audience: trusted.audience };
  const memory = await startLocal({ issuer });
  const sqlite = await startLocal({ issuer, data: join(folder, 'coffee.sqlite') });
  afterAll(async () => {
    await Promise.all([memory.close(), sqlite.close(), trusted.close()]);
    await rm(folder, { recursive: true });
  });
  const [accountid, otherid, vendorid] = ['a1', 'a2', 'v1'];
  const operator = { role: 'operator' };
  const callers: Callers = {
    customer: { accountid, token: await trusted.issue({ accountid }) },
    other: { accountid: otherid, token: await trusted.issue({ accountid: otherid }) },
    vendor: { vendorid, token: await trusted.issue({ vendorid }) },
    operator: { token: await trusted.issue(operator) },
    refused: {
      expired: await trusted.issue(operator, { flaw: 'expired' }),
      'for another audience': await trusted.issue(operator, { flaw: 'other-audience' }),
      'of another key': await trusted.issue(operator, { flaw: 'unknown-key' }),
      'of no one': await trusted.issue({}),
    },
  };
  return { callers, targets: { 'in memory': embedded(memory.url), 'on a SQLite file': embedded(sqlite.url) } };
}

const { callers, targets } =
  url === '' || file === ''
    ? await startSystems()
    : { callers: await readCallers(file), targets: { [url]: await findTarget(url) } };

/** A body that names its account twice: each reader takes one of them. */
const twice = (order: Order, other: string) =>
  JSON.stringify({ order }).replace('"accountid":', `"accountid":"${other}","accountid":`);

describe.each(Object.entries(targets))('a system that knows its callers, %s', (_, target: Target) => {
  const as = ({ token }: { readonly token: string }) => new Customer(target, token);
  const [customer, other, vendor, operator] = [
    as(callers.customer),
    as(callers.other),
    as(callers.vendor),
    as(callers.operator),
  ];
  const { accountid } = callers.customer;
  const { vendorid } = callers.vendor;
  const account = freshAccounts();
  let count = 0;
  const fresh = (name: string) => account(`${name}-${count++}`);
  const ownOrder = () => randomOrder(accountid, vendorid);
  const othersOrder = () => randomOrder(callers.other.accountid, vendorid);

  /** Expects 403, or that the execution ends with this error: a gateway may leave the decision to the task. */
  async function expectForbidden(response: Response): Promise<void> {
    if (target.edge === 'embedded' || response.status !== 202) return expectProblem(response, 403, 'OrderForbidden');
    const { orderid } = await read<AcceptedOrder>(response, 202);
    expect(await operator.waitUntilEnded(orderid)).toMatchObject({ status: 'FAILED', error: 'OrderForbidden' });
  }

  /** Expects that an order is not the newest of its account and vendor, and not on its invoice. */
  async function expectNoEffect(order: Order): Promise<void> {
    await expectProblem(
      await operator.get('/order', { accountid: order.accountid, vendorid: order.vendorid }),
      404,
      'OrderNotFound',
    );
  }

  describe('an order', () => {
    let order: Order;
    let orderid: string;
    beforeAll(async () => {
      order = ownOrder();
      orderid = await customer.placeAndFinish(order);
    });

    it('is read by its customer, by the vendor at whose counter it is, and by an operator', async () => {
      const newest = ownOrder();
      const id = await customer.placeAndFinish(newest);
      for (const reader of [customer, vendor, operator]) {
        const state = { orderid: id, status: 'SUCCEEDED', order: newest };
        expect(await reader.client.getExecution(id)).toMatchObject(state);
        expect(await reader.client.getOrder({ accountid, vendorid })).toMatchObject({ orderid: id, order: newest });
      }
    });

    it('does not exist for another customer, nor does its invoice for the vendor', async () => {
      await expectProblem(await other.get(`/order/${orderid}`), 404, 'ExecutionNotFound');
      await expectProblem(await other.get('/order', { accountid, vendorid }), 404, 'OrderNotFound');
      for (const reader of [other, vendor]) {
        await expectProblem(await reader.get('/invoice', { objectKey: objectKeyOf(order) }), 404, 'InvoiceNotFound');
      }
      const counter = fresh('counter');
      const elsewhere = await customer.placeAndFinish(randomOrder(accountid, counter));
      await expectProblem(await vendor.get(`/order/${elsewhere}`), 404, 'ExecutionNotFound');
      await expectProblem(await vendor.get('/order', { accountid, vendorid: counter }), 404, 'OrderNotFound');
    });

    it('is on an invoice that its customer and an operator get a link to, which is for whoever has it', async () => {
      const stranger = new Customer(target);
      for (const reader of [customer, operator]) {
        const link = await reader.client.getInvoice(objectKeyOf(order));
        expectInvoiceLine(await stranger.client.openInvoice(link.url), orderid, order);
      }
    });

    it('is placed for a customer by an operator too, and the customer reads it', async () => {
      const placed = await operator.placeAndFinish(ownOrder());
      expect(await customer.client.getExecution(placed)).toMatchObject({ orderid: placed });
    });
  });

  describe('without a token, or with a bad one', () => {
    const bad: Readonly<Record<string, string | undefined>> = {
      ...callers.refused,
      'made up': 'x.y.z',
      none: undefined,
    };
    it.each(Object.entries(bad))('every call is refused: %s', async (_, token) => {
      const stranger = new Customer(target, token);
      const calls = [
        await stranger.post({ order: ownOrder() }),
        await stranger.get('/order', { accountid, vendorid }),
        await stranger.get('/order/none'),
        await stranger.get('/invoice', { objectKey: `2026/11/${accountid}` }),
      ];
      for (const answer of calls) {
        await expectProblem(answer, 401, 'Unauthorized');
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer\b/);
      }
    });

    it('a good one of another caller a moment before changes nothing', async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        expect((await customer.get('/order', { accountid, vendorid: fresh('none') })).status).toBe(404);
        await expectProblem(await new Customer(target).get('/order/none'), 401, 'Unauthorized');
        const orderid = await customer.placeAndFinish(ownOrder());
        await expectProblem(await other.get(`/order/${orderid}`), 404, 'ExecutionNotFound');
        await expectForbidden(await vendor.post({ order: ownOrder() }));
      }
    });
  });

  describe('in the name of another', () => {
    it('no customer and no vendor orders', async () => {
      const counter = fresh('counter');
      const order = randomOrder(accountid, counter);
      await expectForbidden(await other.post({ order }));
      await expectForbidden(await vendor.post({ order }));
      await expectForbidden(await vendor.post({ order: { ...order, accountid: vendorid } }));
      await expectNoEffect(order);
      await expectNoEffect({ ...order, accountid: vendorid });
    });

    it('nothing is ordered by an account that is named twice', async () => {
      const order = randomOrder(accountid, fresh('counter'));
      const { accountid: otherid } = callers.other;
      await expectForbidden(await other.post(twice(order, otherid)));
      await expectNoEffect(order);
      const { orderid } = await read<AcceptedOrder>(await customer.post(twice(order, otherid)), 202);
      await customer.finish(orderid);
      await expectNoEffect({ ...order, accountid: otherid });
    });

    it('nothing is ordered by a body that adds a caller', async () => {
      const caller = '"caller": {"kind": "operator"}';
      const order = randomOrder(callers.other.accountid, fresh('counter'));
      const good = JSON.stringify({ order });
      for (const body of [`${good}, ${caller}}`, `${good}", ${caller}, "x": "`, `${good.slice(0, -1)}, ${caller}}`]) {
        const answer = await customer.post(body);
        if (answer.status === 202) await expectForbidden(answer);
        else expect(answer.status).toBe(400);
      }
      await expectForbidden(await customer.post({ order: { ...order, city: `"}, ${caller}}` } }));
      await expectNoEffect(order);
    });
  });

  describe('an Idempotency-Key', () => {
    it('is that of its caller: another’s is another order, which no one reads by guessing', async () => {
      const key = fresh('key');
      const own = await customer.client.placeOrder(ownOrder(), { idempotencyKey: key });
      const others = await other.client.placeOrder(othersOrder(), { idempotencyKey: key });
      expect(others.orderid).not.toBe(own.orderid);
      for (const guess of [key, own.orderid]) {
        await expectProblem(await other.get(`/order/${guess}`), 404, 'ExecutionNotFound');
      }
      await expectProblem(await customer.get(`/order/${others.orderid}`), 404, 'ExecutionNotFound');
      await Promise.all([customer.finish(own.orderid), other.finish(others.orderid)]);
    });

    it('has at most 60 characters', async () => {
      const key = fresh('key').padEnd(60, 'x');
      const { orderid } = await customer.client.placeOrder(ownOrder(), { idempotencyKey: key });
      expect(orderid.endsWith(key)).toBe(true);
      const longer = await customer.post({ order: ownOrder() }, { 'idempotency-key': `${key}x` });
      await expectProblem(longer, 400, 'IdempotencyKeyRejected');
    });
  });
});
