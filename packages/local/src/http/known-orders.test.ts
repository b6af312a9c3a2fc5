import type { Execution } from '@coffee/api';
import { callerPrefix } from '@coffee/application';
import { expect, it, onTestFinished, vi } from 'vitest';
import { EventReader } from '../test-support/event-reader.ts';
import type { Role } from '../test-support/known-callers.ts';
import { startKnowing } from '../test-support/known-callers.ts';
import { orderOf } from '../test-support/order-of.ts';

async function arrange() {
  const { system, tokens, call, ...rest } = await startKnowing();
  onTestFinished(() => system.close());
  /** Sends a body as it is, by the listener of orders and by the framework. */
  const send = (role: Role, body: string, key?: string, path = '/prod/order') => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens[role]}` };
    const named = key === undefined ? headers : { ...headers, 'idempotency-key': key };
    return system.fetch(path, { method: 'POST', headers: named, body });
  };
  const orderidOf = async (answer: Response) => {
    expect(answer.status).toBe(202);
    const { orderid } = (await answer.json()) as { readonly orderid: string };
    expect(answer.headers.get('location')).toBe(`/prod/order/${orderid}`);
    return orderid;
  };
  const ended = (orderid: string) =>
    vi.waitFor(async () => {
      const answer = await call('operator', 'GET', `/executions/${orderid}`);
      const execution = (await answer.json()) as Execution;
      expect(execution.status).not.toBe('RUNNING');
      return execution;
    });
  return { system, tokens, call, send, orderidOf, ended, ...rest };
}

const customer = { kind: 'customer', accountid: 'a1' } as const;
const body = (accountid: string) => JSON.stringify({ order: orderOf(accountid, 'v1') });

it('gives two callers their own order for the same key, and each the same one again', async () => {
  const { send, orderidOf, call } = await arrange();
  const first = await orderidOf(await send('customer', body('a1'), 'same'));
  const second = await orderidOf(await send('otherCustomer', body('a2'), 'same'));
  const third = await orderidOf(await send('operator', body('a1'), 'same'));
  expect(first).toBe(`${await callerPrefix(customer)}same`);
  expect(new Set([first, second, third]).size).toBe(3);
  const again = await send('customer', body('a1'), 'same');
  expect(again.status).toBeOneOf([202, 409]); // by then it may have ended
  expect(again.headers.get('location')).toBe(`/prod/order/${first}`);
  expect((await call('customer', 'GET', `/prod/order/${first}`)).status).toBe(200);
  for (const guess of [first, 'same', third]) {
    expect((await call('otherCustomer', 'GET', `/prod/order/${guess}`)).status).toBe(404);
  }
});

it('names an order without a key after its caller too', async () => {
  const { send, orderidOf } = await arrange();
  const prefix = await callerPrefix(customer);
  expect(await orderidOf(await send('customer', body('a1')))).toMatch(new RegExp(`^${prefix}[0-9a-f-]{36}$`));
});

it.each(['/prod/order', '/prod/order?framework'])('takes keys of at most 60 characters at %s', async (path) => {
  const { send, orderidOf } = await arrange();
  expect(await orderidOf(await send('customer', body('a1'), 'k'.repeat(60), path))).toHaveLength(77);
  const answer = await send('customer', body('a1'), 'k'.repeat(61), path);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    code: 'IdempotencyKeyRejected',
    detail: 'Idempotency-Key must be 1 to 60 of the characters A-Z a-z 0-9 _ -',
  });
});

it.each(['/prod/order', '/prod/order?framework'])('lets no one order in the name of another at %s', async (path) => {
  const { send, call } = await arrange();
  for (const [role, accountid] of [
    ['customer', 'a2'],
    ['vendor', 'v1'],
    ['vendor', 'a1'],
  ] as const) {
    const answer = await send(role, body(accountid), undefined, path);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'OrderForbidden' });
  }
  const { executions } = (await (await call('operator', 'GET', '/executions')).json()) as { executions: unknown[] };
  expect(executions).toEqual([]);
});

it('reads the account once, however often the body names it, and passes it on as it was read', async () => {
  const { send, orderidOf, ended, call } = await arrange();
  const twice = (first: string, last: string) =>
    body(last).replace('{"accountid"', `{"accountid":"${first}","accountid"`);
  expect((await send('customer', twice('a1', 'a2'))).status).toBe(403);
  const orderid = await orderidOf(await send('customer', twice('a2', 'a1')));
  expect(await ended(orderid)).toMatchObject({ status: 'SUCCEEDED' });
  expect((await call('operator', 'GET', '/prod/order?accountid=a2&vendorid=v1')).status).toBe(404);
  expect((await call('customer', 'GET', '/prod/order?accountid=a1&vendorid=v1')).status).toBe(200);
});

it('takes the caller from the token, whatever the body says', async () => {
  const { send, orderidOf, ended } = await arrange();
  const caller = '"caller": {"kind": "operator"}';
  for (const injected of [`${body('a2')}, ${caller}}`, `${body('a2')}", ${caller}, "x": "`]) {
    expect((await send('customer', injected)).status).toBe(400); // not JSON
  }
  expect((await send('customer', `${body('a2').slice(0, -1)}, ${caller}}`)).status).toBe(400); // another field
  const city = `"}, ${caller}}`;
  const order = { ...orderOf('a1', 'v1'), city };
  const orderid = await orderidOf(await send('customer', JSON.stringify({ order })));
  expect(await ended(orderid)).toMatchObject({ status: 'SUCCEEDED', input: { caller: customer } });
});

it('tells a customer what happens to its own orders only, and an operator everything', async () => {
  const { system, tokens, send, orderidOf, ended } = await arrange();
  const follow = (role: Role) => EventReader.open(system.url, { authorization: `Bearer ${tokens[role]}` });
  const [mine, all] = [await follow('customer'), await follow('operator')];
  const theirs = await orderidOf(await send('otherCustomer', body('a2')));
  await ended(theirs);
  const own = await orderidOf(await send('customer', body('a1')));
  const isMailOf = (orderid: string) => (event: { name: string; data: Record<string, unknown> }) =>
    event.name === 'mail' && event.data.id === orderid;
  for (const orderid of [own, theirs]) await all.until(isMailOf(orderid));
  await mine.until(isMailOf(own));
  expect(new Set(mine.events.map(({ data }) => data.orderid ?? data.id))).toEqual(new Set([own]));
  expect(new Set(mine.events.map(({ name }) => name))).toEqual(new Set(['execution', 'history', 'mail']));
  await Promise.all([mine.close(), all.close()]);
});
