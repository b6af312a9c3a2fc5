import type { AcceptedOrder } from '@coffee/api';
import { describe, expect, it } from 'vitest';
import { Customer, read } from './customer.ts';
import { amountOf, expectInvoiceLine, expectProblem, totalsOf } from './expectations.ts';
import { freshAccounts, objectKeyOf, randomOrder } from './random-orders.ts';
import { forEachTarget } from './targets.ts';

const hostileCities = [
  "L'Aquila",
  'a "quoted" city',
  'back\\slash \\n \\u0041',
  `@@city@@ $input.body \${x} {{x}} $$.Execution.Name`,
  'Zürich ☕️ 👩‍🚀',
  "States.Format('{}', $.x)",
  '<script>alert(1)</script>',
  '__proto__',
  '"}, "caller": {"kind": "operator"}}',
];

/** Registers the edge cases. Their accounts are fresh in every run. */
await forEachTarget((target) => {
  const customer = new Customer(target);
  const { client } = customer;
  const account = freshAccounts();

  async function expectOneMail(orderid: string): Promise<void> {
    if (target.mailbox === undefined) return;
    await expect.poll(() => customer.mails(orderid), { timeout: 10_000 }).toMatchObject([{ id: orderid }]);
  }

  describe('invoices', () => {
    it('holds two orders of one account and month as two lines', async () => {
      const orders = [randomOrder(account('two'), 'v0'), randomOrder(account('two'), 'v1')] as const;
      const ids = [await customer.placeAndFinish(orders[0]), await customer.placeAndFinish(orders[1])] as const;
      const invoice = await customer.getInvoice(objectKeyOf(orders[0]));
      expect(invoice.lines.map(({ orderid }) => orderid)).toEqual(ids);
      expectInvoiceLine(invoice, ids[0], orders[0]);
      expectInvoiceLine(invoice, ids[1], orders[1]);
    });

    it('holds the same order placed twice as two lines', async () => {
      const order = randomOrder(account('again'), 'v0');
      const ids = [await customer.placeAndFinish(order), await customer.placeAndFinish(order)];
      expect(new Set(ids).size).toBe(2);
      const invoice = await customer.getInvoice(objectKeyOf(order));
      expect(invoice.lines.map(({ orderid }) => orderid)).toEqual(ids);
      expect((await client.getOrder({ accountid: order.accountid, vendorid: 'v0' })).orderid).toBe(ids[1]);
    });

    it('goes by the month as the customer wrote it', async () => {
      const order = randomOrder(account('month'), 'v0', { orderdate: '2026-01-31T23:30:00-11:00' });
      const orderid = await customer.placeAndFinish(order);
      expectInvoiceLine(await customer.getInvoice(`2026/1/${order.accountid}`), orderid, order);
    });

    it('holds 200 orders of one account placed at once as 200 lines', { timeout: 300_000 }, async () => {
      const accountid = account('many');
      const orderdate = '2026-11-24 09:30:00'; // one month, whenever this runs
      const orders = Array.from({ length: 200 }, (_, index) => randomOrder(accountid, `v${index}`, { orderdate }));
      const ids = await Promise.all(orders.map((order) => customer.placeAndFinish(order)));
      const { lines, totals } = await customer.getInvoice(`2026/11/${accountid}`);
      expect(lines.map(({ orderid }) => orderid).sort()).toEqual([...ids].sort());
      expect(totals).toEqual(totalsOf(orders.map(amountOf)));
      for (const orderid of ids) await expectOneMail(orderid);
    });
  });

  describe('Idempotency-Key', () => {
    it('places one order, however often and however concurrently it is sent', async () => {
      const order = randomOrder(account('same'), 'v0');
      const key = account('key-same');
      const headers = { 'idempotency-key': key };
      const responses = await Promise.all(Array.from({ length: 10 }, () => customer.post({ order }, headers)));
      const statuses = responses.map(({ status }) => status);
      expect(statuses).toContain(202);
      const answers = new Set<string>();
      for (const response of responses) {
        expect(response.headers.get('location')).toBe(customer.location(key));
        if (response.status === 202) answers.add(JSON.stringify(await read<AcceptedOrder>(response, 202)));
        else await expectProblem(response, 409, 'ExecutionAlreadyExists'); // it had ended already
      }
      expect(answers.size).toBe(1);
      await customer.finish(key);

      const late = await customer.post({ order }, headers);
      expect(late.headers.get('location')).toBe(customer.location(key));
      await expectProblem(late, 409, 'ExecutionAlreadyExists');
      expect((await client.getExecution(key)).order).toEqual(order);
      const invoice = await customer.getInvoice(objectKeyOf(order));
      expect(invoice.lines).toHaveLength(1);
      expectInvoiceLine(invoice, key, order);
      await expectOneMail(key);
    });

    it('is refused with another body, and the first order stays', async () => {
      const order = randomOrder(account('other'), 'v0', { city: 'Perth' });
      const key = account('key-other');
      const headers = { 'idempotency-key': key };
      await client.placeOrder(order, { idempotencyKey: key });
      const conflict = await customer.post({ order: { ...order, city: 'Hobart' } }, headers);
      expect(conflict.headers.get('location')).toBe(customer.location(key));
      await expectProblem(conflict, 409, 'ExecutionAlreadyExists');
      await customer.finish(key);
      expect((await client.getOrder({ accountid: order.accountid, vendorid: order.vendorid })).order).toEqual(order);
      expect((await customer.getInvoice(objectKeyOf(order))).lines).toHaveLength(1);
      await expectOneMail(key);
    });

    it('is the same in quotes', async () => {
      const key = account('key-quoted');
      const order = randomOrder(account('quoted'), 'v0');
      const response = await customer.post({ order }, { 'idempotency-key': `"${key}"` });
      expect((await read<AcceptedOrder>(response, 202)).orderid).toBe(key);
      await customer.finish(key);
    });

    it('takes 80 characters', async () => {
      const key = account('k').padEnd(80, '_');
      expect(await customer.placeAndFinish(randomOrder(account('long'), 'v0'), { idempotencyKey: key })).toBe(key);
    });
  });

  describe('what is stored is what was sent', () => {
    for (const [index, city] of hostileCities.entries()) {
      it(`a city like ${JSON.stringify(city)} comes back exactly`, async () => {
        const order = randomOrder(account(`city-${index}`), 'v0', { city });
        const orderid = await customer.placeAndFinish(order);
        expect((await client.getOrder({ accountid: order.accountid, vendorid: order.vendorid })).order).toEqual(order);
        expect((await client.getExecution(orderid)).order).toEqual(order);
        expectInvoiceLine(await customer.getInvoice(objectKeyOf(order)), orderid, order);
        await expectOneMail(orderid);
      });
    }

    it('a price keeps the spelling in which it was sent', async () => {
      for (const [index, unitprice] of (['3.5', '3.50', 3.5] as const).entries()) {
        const details = { coffeetype: 'Latte', coffeesize: 'Small', unitprice, quantity: 100 };
        const order = randomOrder(account(`price-${index}`), 'v0', { details });
        await customer.placeAndFinish(order);
        const stored = await client.getOrder({ accountid: order.accountid, vendorid: order.vendorid });
        expect(stored.order).toEqual(order);
        expect(stored.total).toBe('350.00');
      }
    });

    it('an account called __proto__-like or dotted is an account like any other', async () => {
      for (const name of ['constructor', 'x..y', 'z.-_']) {
        const order = randomOrder(account(name), 'constructor');
        const orderid = await customer.placeAndFinish(order);
        expectInvoiceLine(await customer.getInvoice(objectKeyOf(order)), orderid, order);
      }
    });
  });

  describe('CORS', () => {
    const origin = 'http://localhost:5173'; // the embedded server shares with loopback origins only
    const allows = (response: Response) => {
      expect(['*', origin]).toContain(response.headers.get('access-control-allow-origin'));
    };

    it('lets other origins send an order', async () => {
      const preflight = await customer.get('/order', undefined, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type, idempotency-key',
        },
      });
      expect([200, 204]).toContain(preflight.status);
      allows(preflight);
      expect(preflight.headers.get('access-control-allow-methods')).toMatch(/\bPOST\b/);
      const headers = preflight.headers.get('access-control-allow-headers')?.toLowerCase();
      expect(headers).toContain('content-type');
      expect(headers).toContain('idempotency-key');
      allows(await customer.post({ order: randomOrder(account('cors'), 'v0') }, { origin }));
    });

    it('lets other origins read answers and errors', async () => {
      const order = randomOrder(account('cors-read'), 'v0');
      await customer.placeAndFinish(order);
      const init = { headers: { origin } };
      allows(await customer.get('/order', { accountid: order.accountid, vendorid: 'v0' }, init));
      allows(await customer.get('/invoice', { objectKey: objectKeyOf(order) }, init));
      for (const path of ['/order', '/invoice', `/order/${account('nobody')}`]) {
        const response = await customer.get(path, {}, init);
        expect(response.ok).toBe(false);
        allows(response);
      }
      for (const response of [await customer.post('{', { origin }), await customer.post({}, { origin })]) {
        expect(response.status).toBe(400);
        allows(response);
      }
    });
  });

  describe('a signed link', () => {
    it('opens with a plain GET, and not once it was changed', async () => {
      const order = randomOrder(account('link'), 'v0');
      const other = randomOrder(account('link-other'), 'v0');
      await customer.placeAndFinish(order);
      await customer.placeAndFinish(other);
      const { url } = await client.getInvoice(objectKeyOf(order));
      expect((await fetch(url)).status).toBe(200);

      const forged = new URL(url);
      const names = [...forged.searchParams.keys()];
      const name = names.find((text) => /signature$/i.test(text)) ?? names.find((text) => /token$/i.test(text)) ?? '';
      const signature = forged.searchParams.get(name) ?? '';
      const middle = Math.floor(signature.length / 2);
      const letter = signature[middle] === '0' ? '1' : '0';
      forged.searchParams.set(name, `${signature.slice(0, middle)}${letter}${signature.slice(middle + 1)}`);
      expect(signature).not.toBe('');
      expect((await fetch(forged)).status).toBeGreaterThanOrEqual(400);

      const moved = new URL(url);
      moved.pathname = moved.pathname.replace(order.accountid, other.accountid);
      expect(moved.href).not.toBe(url);
      expect((await fetch(moved)).status).toBeGreaterThanOrEqual(400);
    });
  });
});
