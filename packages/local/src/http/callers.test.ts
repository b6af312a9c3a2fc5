import { openApiDocument } from '@coffee/api/openapi';
import type { Principal } from '@coffee/domain';
import { defaultMenu, mayReadOrder } from '@coffee/domain';
import { principals } from '@coffee/domain/arbitraries';
import { Unavailable } from '@coffee/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DescribedAnswers } from '../test-support/described-answers.ts';
import type { Role } from '../test-support/known-callers.ts';
import { roles, startKnowing } from '../test-support/known-callers.ts';
import { orderOf } from '../test-support/order-of.ts';
import { ownOf, partiesOf } from './callers.ts';

type Known = Awaited<ReturnType<typeof startKnowing>>;

const answers = new DescribedAnswers(openApiDocument({ menu: defaultMenu }));

async function read({ call }: Known, role: Role, path: string): Promise<Record<string, unknown>> {
  const answer = await call(role, 'GET', path);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

/** Places an order and waits until it has succeeded. */
async function place(known: Known, role: Role, accountid: string, vendorid: string): Promise<string> {
  const answer = await known.call(role, 'POST', '/prod/order', { order: orderOf(accountid, vendorid) });
  expect(answer.status).toBe(202);
  const { orderid } = (await answer.json()) as { readonly orderid: string };
  const succeeded = { status: 'SUCCEEDED' };
  await vi.waitFor(async () =>
    expect(await read(known, 'operator', `/executions/${orderid}`)).toMatchObject(succeeded),
  );
  return orderid;
}

/** A system for a suite, and the orders that its two customers have placed. */
function arrange() {
  const suite = {} as { known: Known; ids: { readonly a1: string; readonly a2: string } };
  beforeAll(async () => {
    const known = await startKnowing();
    const a1 = await place(known, 'customer', 'a1', 'v1');
    Object.assign(suite, { known, ids: { a1, a2: await place(known, 'otherCustomer', 'a2', 'v2') } });
  });
  afterAll(() => suite.known.system.close());
  return suite;
}

/** A call, and what the five roles get: in the order of {@link roles}. */
type Row = [method: string, path: string, statuses: readonly number[], body?: unknown];

const order = orderOf('a1', 'v1');
const fault = { port: 'Notifier', method: 'publish', kind: 'before', times: 1 };
const ofOperators = [403, 403, 403, 403];
const everyone = [200, 200, 200, 200, 200];
const rows: Row[] = [
  ['POST', '/prod/order', [202, 403, 403, 403, 202], { order }],
  ['GET', '/prod/order?accountid=a1&vendorid=v1', [200, 404, 200, 404, 200]],
  ['GET', '/prod/order?accountid=a1&vendorid=v9', [404, 404, 404, 404, 404]],
  ['GET', '/prod/order/{own}', [200, 404, 200, 404, 200]],
  ['GET', '/prod/order/none', [404, 404, 404, 404, 404]],
  ['GET', '/prod/invoice?objectKey=2026/11/a1', [200, 404, 404, 404, 200]],
  ['GET', '/prod/invoice?objectKey=2026/12/a1', [404, 404, 404, 404, 404]],
  ['GET', '/executions', everyone],
  ['GET', '/executions/{own}', [200, 404, 200, 404, 200]],
  ['POST', '/executions/{own}/redrive', [...ofOperators, 409]],
  ['POST', '/executions/none/redrive', [...ofOperators, 404]],
  ['GET', '/orders', everyone],
  ['GET', '/invoices', everyone],
  ['GET', '/mailbox', [...ofOperators, 200]],
  ['GET', '/mailbox?orderid={own}', everyone],
  ['GET', '/workflow', everyone],
  ['GET', '/events', [200, 200, 403, 403, 200]],
  ['GET', '/faults', [...ofOperators, 200]],
  ['PUT', '/faults', [...ofOperators, 200], fault],
  ['DELETE', '/faults', [...ofOperators, 204]],
  ['POST', '/backup', [...ofOperators, 501], { file: '/nowhere/copy.sqlite' }],
];

describe('a system that knows its callers', () => {
  const suite = arrange();

  /** Compares an answer with its description. A stream of events has no end to wait for. */
  async function describes(method: string, path: string, answer: Response): Promise<void> {
    if (answer.headers.get('content-type') === 'text/event-stream') return answer.body?.cancel();
    return answers.check(method, `${suite.known.system.url}${path}`, answer);
  }

  it.each(rows)('answers %s %s by who asks', async (method, template, statuses, body) => {
    const path = template.replace('{own}', suite.ids.a1);
    for (const [index, role] of roles.entries()) {
      const answer = await suite.known.call(role, method, path, body);
      expect(answer.status, role).toBe(statuses[index]);
      await describes(method, path, answer);
    }
  });

  it('refuses a call without a token or with a bad one, whatever is called', async () => {
    const called = new Set<string>();
    for (const [method, path, , body] of rows) {
      const refused = [undefined, ...Object.values(suite.known.refused).map((token) => ({ token }))];
      for (const who of refused) {
        const answer = await suite.known.call(who, method, path.replace('{own}', suite.ids.a1), body);
        expect(answer.status, `${method} ${path}`).toBe(401);
        const challenge = who === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
        expect(answer.headers.get('www-authenticate')).toBe(challenge);
        await describes(method, path.replace('{own}', suite.ids.a1), answer);
      }
      called.add(`${method} ${path.replace(/\?.*/, '').replace(/\{own\}|none/, '{orderid}')}`);
    }
    const open = ['/menu', '/healthz']; // whatever their description allows
    const described = [...answers.operations()].filter(
      ([, path, { responses }]) => 401 in responses && !open.includes(path),
    );
    expect(described.map(([method, path]) => `${method} ${path}`).sort()).toEqual([...called].sort());
  });

  it.each(['/healthz', '/menu', '/issuer', '/openapi.json', '/docs', '/console/orders', '/nothing'])(
    'leaves %s open',
    async (path) => {
      expect((await suite.known.call(undefined, 'GET', path)).status).not.toBe(401);
    },
  );

  it('leaves a signed link to who has it', async () => {
    const { url } = await read(suite.known, 'customer', '/prod/invoice?objectKey=2026/11/a1');
    expect((await fetch(String(url))).status).toBe(200);
    expect((await fetch(String(url).replace('/a1', '/a2'))).status).toBe(403);
  });

  it.each([
    ['Bearer  {token} ', 202],
    ['bearer {token}', 202],
    ['BEARER {token}', 202],
    ['Basic {token}', 401],
    ['{token}', 401],
    ['Bearer', 401],
    ['Bearer {token} {token}', 401],
    ['Bearer {token},{token}', 401],
  ])('takes %j for what it is, with the framework and without', async (authorization, status) => {
    const sent = authorization.replaceAll('{token}', suite.known.tokens.customer);
    for (const path of ['/prod/order', '/prod/order?framework']) {
      const answer = await suite.known.system.send('POST', path, { order }, { authorization: sent });
      expect(answer.status).toBe(status);
    }
  });

  it('answers 503 while the issuer cannot be asked, and tells nothing of a token to anyone', async () => {
    const told: unknown[] = [];
    const broken = await startKnowing({ onError: (error) => told.push(error) });
    onTestFinished(() => broken.system.close());
    const secret = { token: 'a-secret' };
    vi.spyOn(broken.authenticator, 'authenticate').mockRejectedValue(new Unavailable('the issuer is away'));
    for (const path of ['/prod/order', '/prod/order?framework']) {
      const answer = await broken.call(secret, 'POST', path, { order });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await answer.text()).not.toContain('a-secret');
    }
    expect((await broken.call(secret, 'GET', '/orders')).status).toBe(503);
    expect(JSON.stringify(told)).not.toContain('a-secret');
  });
});

describe('a list', () => {
  const suite = arrange();

  it.each<[Role, orders: readonly string[], invoices: readonly string[]]>([
    ['customer', ['a1'], ['2026/11/a1']],
    ['otherCustomer', ['a2'], ['2026/11/a2']],
    ['vendor', ['a1'], []],
    ['otherVendor', ['a2'], []],
    ['operator', ['a2', 'a1'], ['2026/11/a1', '2026/11/a2']],
  ])('shows the %s its own', async (role, accounts, invoices) => {
    const fieldsOf = (items: unknown, name: string) => (items as Record<string, unknown>[]).map((item) => item[name]);
    const orderids = accounts.map((accountid) => suite.ids[accountid as keyof typeof suite.ids]);
    expect(fieldsOf((await read(suite.known, role, '/orders')).orders, 'orderid')).toEqual(orderids);
    const { executions, counts } = await read(suite.known, role, '/executions');
    expect(fieldsOf(executions, 'orderid')).toEqual(orderids);
    expect(counts).toEqual({ RUNNING: 0, SUCCEEDED: orderids.length, FAILED: 0 });
    expect(fieldsOf((await read(suite.known, role, '/invoices')).invoices, 'objectKey')).toEqual(invoices);
    for (const orderid of Object.values(suite.ids)) {
      const { mails } = await read(suite.known, role, `/mailbox?orderid=${orderid}`);
      expect(fieldsOf(mails, 'id')).toEqual(orderids.includes(orderid) ? [orderid] : []);
    }
  });

  it.each([
    ['customer', '/orders?accountid=a2'],
    ['customer', '/orders?accountid=a2&vendorid=v2'],
    ['customer', '/invoices?accountid=a2'],
    ['vendor', '/orders?vendorid=v2'],
    ['vendor', '/invoices?accountid=a1'],
  ] as const)('is empty for the %s that asks for %s', async (role, path) => {
    const { next, ...page } = await read(suite.known, role, path);
    expect([next, ...Object.values(page)]).toEqual([undefined, []]);
  });

  it('is limited to what the caller may read, whatever it asks for', () => {
    const id = fc.constantFrom('a0', 'v0', 'x');
    const some = fc.option(id, { nil: undefined });
    const near = fc.oneof<fc.Arbitrary<Principal>[]>(
      principals,
      id.map((accountid) => ({ kind: 'customer', accountid })),
      id.map((vendorid) => ({ kind: 'vendor', vendorid })),
    );
    fc.assert(
      fc.property(near, some, some, id, id, (caller, asksAccount, asksVendor, accountid, vendorid) => {
        const query = ownOf(caller, { accountid: asksAccount, vendorid: asksVendor });
        const shows = (limit: { accountid?: string | undefined; vendorid?: string | undefined }) =>
          (limit.accountid ?? accountid) === accountid && (limit.vendorid ?? vendorid) === vendorid;
        const asked = shows({ accountid: asksAccount, vendorid: asksVendor });
        const mayRead = mayReadOrder(caller, { accountid, vendorid });
        expect(query !== undefined && shows(query)).toBe(asked && mayRead);
        expect(shows(partiesOf(caller))).toBe(mayRead);
      }),
    );
  });
});
