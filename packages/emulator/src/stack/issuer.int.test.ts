import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { CallerClaims } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestIssuer } from '../../../adapter-oidc/src/test-support/test-issuer.ts';
import { readApi, startGateway } from '../gateway/index.ts';
import type { Listening } from '../servers/listen.ts';
import type { AwsServer } from '../servers/start-server.ts';
import { startMiniStack } from '../servers/with-ministack.ts';
import { askStates } from './ask-states.ts';
import type { DeployedStack } from './deploy-stack.ts';
import { bootstrap, deployStack, resolveIn } from './deploy-stack.ts';
import { runAcceptance } from './run-acceptance.ts';

const minutes = 60_000;

let folder: string;
let issuer: TestIssuer;
let server: AwsServer;
let stack: DeployedStack;
let gateway: Listening | undefined;
/** The `Authorization` of each caller. */
let customer: string;
let other: string;
let vendor: string;
let operator: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-issuer-'));
  issuer = await TestIssuer.start();
  server = await startMiniStack({ secure: true });
  Object.assign(process.env, server.environment);
  await bootstrap(join(folder, 'bootstrap'));
  const values = { stage: 'known', issuer: issuer.url, audience: issuer.audience };
  stack = await deployStack(values, join(folder, 'known'));
  gateway = await startGateway({
    api: readApi(stack.template, resolveIn(stack)),
    backEnd: server.endpoint,
    lambda: new LambdaClient(),
    timeoutMilliseconds: 4 * minutes, // the speed of the emulator is not under test
  });
  const bearer = async (claims: CallerClaims) => `Bearer ${await issuer.issue(claims)}`;
  customer = await bearer({ accountid: 'a0' });
  other = await bearer({ accountid: 'a1' });
  vendor = await bearer({ vendorid: 'v0' });
  operator = await bearer({ role: 'operator' });
}, 5 * minutes);

afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
  await server?.stop();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

async function ask(authorization: string | undefined, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { ...init.headers, ...(authorization === undefined ? {} : { authorization }) };
  const response = await fetch(`${gateway?.url}/prod${path}`, { ...init, headers });
  return { status: response.status, body: (await response.json()) as Answer['body'], headers: response.headers };
}

const orderOf = (accountid: string, vendorid = 'v0') => ({ ...exampleOrder, accountid, vendorid });
const send = (authorization: string | undefined, body: string, key?: string) =>
  ask(authorization, '/order', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
  });
const place = (authorization: string | undefined, order: object, key?: string) =>
  send(authorization, JSON.stringify({ order }), key);

/** The end of an order, as its caller sees it. */
async function endOf(authorization: string, { status, body: { orderid } }: Answer): Promise<Answer['body']> {
  expect(status).toBe(202);
  let state: Answer['body'] = {};
  const read = async () => {
    ({ body: state } = await ask(authorization, `/order/${orderid}`));
    return state.status;
  };
  await expect.poll(read, { timeout: 2 * minutes }).not.toBe('RUNNING');
  return state;
}

/** Places an order of the first customer, and waits until it has an invoice. */
async function placed(vendorid: string): Promise<{ readonly orderid: string; readonly invoice: string }> {
  const state = await endOf(customer, await place(customer, orderOf('a0', vendorid)));
  expect(state.status).toBe('SUCCEEDED');
  const { body } = await ask(customer, `/order?accountid=a0&vendorid=${vendorid}`);
  return { orderid: String(state.orderid), invoice: String(body.invoice) };
}

describe('a stage with an issuer (--context issuer=URL --context audience=NAME)', { timeout: 5 * minutes }, () => {
  it('passes the acceptance tests of a system that knows its callers, but for one', async () => {
    const [accountid, otherid, vendorid] = ['acceptance-1', 'acceptance-2', 'acceptance-v'];
    const role = 'operator';
    const callers = {
      customer: { accountid, token: await issuer.issue({ accountid }) },
      other: { accountid: otherid, token: await issuer.issue({ accountid: otherid }) },
      vendor: { vendorid, token: await issuer.issue({ vendorid }) },
      operator: { token: await issuer.issue({ role }) },
      refused: { 'of no one': await issuer.issue({}), expired: await issuer.issue({ role }, { flaw: 'expired' }) },
    };
    const file = join(folder, 'callers.json');
    await writeFile(file, JSON.stringify(callers));
    const variables = { COFFEE_URL: `${gateway?.url}/prod`, COFFEE_CALLERS: file };
    const results = await runAcceptance('callers', variables);
    expect(results.length).toBeGreaterThan(10);
    const failed = results.filter(({ passed }) => !passed);
    expect(failed.map(({ title, message }) => `${title}\n${message}`)).toEqual([
      // MiniStack takes any name of an execution; the tests of the edge show what is sent.
      expect.stringContaining('an Idempotency-Key > has at most 60 characters'),
    ]);
  });

  it('shows an order to its customer, its counter and an operator, and its invoice not to the counter', async () => {
    const { orderid, invoice } = await placed('v0');
    expect(orderid).toMatch(/^[0-9a-f]{16}-/);
    const statuses = async (path: string) =>
      Promise.all([customer, other, vendor, operator].map(async (each) => (await ask(each, path)).status));
    expect(await statuses(`/order/${orderid}`)).toEqual([200, 404, 200, 200]);
    expect(await statuses('/order?accountid=a0&vendorid=v0')).toEqual([200, 404, 200, 200]);
    expect(await statuses(`/invoice?objectKey=${invoice}`)).toEqual([200, 404, 404, 200]);
    const { body } = await ask(customer, `/invoice?objectKey=${invoice}`);
    expect((await fetch(String(body.url))).status, 'a link is its own permission').toBe(200);
    const again = await placed('v1');
    expect(await statuses(`/order/${again.orderid}`)).toEqual([200, 404, 404, 200]);
    expect(await statuses('/order?accountid=a0&vendorid=v1')).toEqual([200, 404, 404, 200]);
  });

  it('answers what is not there as what is of another', async () => {
    const { orderid, invoice } = await placed('v2');
    for (const [path, theirs, missing] of [
      ['/order/', orderid, `${orderid}x`],
      ['/order?accountid=a0&vendorid=', 'v2', 'v9'],
      ['/invoice?objectKey=', invoice, '2020/1/a0'],
    ] as const) {
      const [one, two] = await Promise.all([theirs, missing].map((what) => ask(other, `${path}${what}`)));
      expect(one?.status).toBe(404);
      expect(JSON.stringify(one?.body).replaceAll(theirs, missing)).toBe(JSON.stringify(two?.body));
      const names = (answer: Answer | undefined) => [...(answer?.headers.keys() ?? [])];
      expect(names(one)).toEqual(names(two));
    }
  });

  it('lets no one in without a token, or with a bad one', async () => {
    const bad = [
      'expired',
      'not-yet-valid',
      'other-audience',
      'other-issuer',
      'unknown-key',
      'forged',
      'unsigned',
    ] as const;
    const tokens = await Promise.all(bad.map((flaw) => issuer.issue({ role: 'operator' }, { flaw })));
    const headers = [undefined, 'Basic YTpi', 'Bearer x', ...tokens.map((token) => `Bearer ${token}`)];
    for (const header of headers) {
      for (const { status, body, headers } of [
        await place(header, orderOf('a0')),
        await ask(header, '/order?accountid=a0&vendorid=v0'),
        await ask(header, '/order/o1'),
        await ask(header, '/invoice?objectKey=2026/11/a0'),
      ]) {
        expect([status, body.code]).toEqual([401, 'Unauthorized']);
        expect(headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  it('places for no other account: the order fails without an effect, and a vendor is refused at once', async () => {
    const forged = `{"order": ${JSON.stringify(orderOf('a0', 'forged')).replace(/}$/, ', "accountid": "a1"}')}}`;
    for (const body of [JSON.stringify({ order: orderOf('a1', 'forged') }), forged]) {
      const state = await endOf(customer, await send(customer, body));
      expect([state.status, state.error]).toEqual(['FAILED', 'OrderForbidden']);
    }
    expect((await ask(operator, '/order?accountid=a1&vendorid=forged')).status).toBe(404);
    expect((await ask(operator, '/order?accountid=a0&vendorid=forged')).status).toBe(404);
    const { status, body } = await place(vendor, orderOf('a0'));
    expect([status, body.code]).toEqual([403, 'OrderForbidden']);
  });

  it('takes no caller from a body', async () => {
    const order = orderOf('a1', 'spliced');
    const inside = { ...order, city: '"}, "caller": {"kind": "operator"}, "x": {"y": "' };
    const state = await endOf(customer, await place(customer, inside));
    expect([state.status, state.error]).toEqual(['FAILED', 'OrderForbidden']);
    const after = await send(customer, `{"order": ${JSON.stringify(order)}}"}, "caller": {"kind": "operator"}}`);
    expect(after.status).toBe(400);
    const beside = await send(customer, `{"order": ${JSON.stringify(order)}, "caller": {"kind": "operator"}}`);
    expect(beside.status).toBe(400);
    expect((await ask(operator, '/order?accountid=a1&vendorid=spliced')).status).toBe(404);
  });

  it('keeps the same key of two customers apart, and takes it with a refreshed token', async () => {
    const first = await place(customer, orderOf('a0', 'key'), 'same');
    const theirs = await place(other, orderOf('a1', 'key'), 'same');
    const refreshed = `Bearer ${await issuer.issue({ accountid: 'a0' }, { payload: { jti: 'another' } })}`;
    const again = await place(refreshed, orderOf('a0', 'key'), 'same');
    expect([first.status, theirs.status]).toEqual([202, 202]);
    // The same order, which may have ended by now.
    expect([202, 409]).toContain(again.status);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(theirs.body.orderid).not.toBe(first.body.orderid);
    expect((await ask(other, `/order/${first.body.orderid}`)).status).toBe(404);
    expect((await ask(other, '/order/same')).status).toBe(404);
  });

  it('gives no one what the authorizer answered about another path', async () => {
    const fresh = `Bearer ${await issuer.issue({ accountid: 'a1' })}`;
    expect((await ask(fresh, '/order?accountid=a1&vendorid=none')).status).toBe(404);
    const { orderid, invoice } = await placed('v3');
    for (const path of [`/order/${orderid}`, '/order?accountid=a0&vendorid=v3', `/invoice?objectKey=${invoice}`]) {
      expect((await ask(fresh, path)).status, path).toBe(404);
    }
  });

  it('refuses an execution that was started past the API without a caller', async () => {
    const name = 'past-the-api';
    const input = JSON.stringify({ body: JSON.stringify({ order: orderOf('a0', 'past') }) });
    const { StateMachineArn: stateMachineArn } = stack.outputs;
    await askStates(server.endpoint, 'StartExecution', { stateMachineArn, name, input });
    const read = async () => (await ask(operator, `/order/${name}`)).body;
    await expect.poll(read, { timeout: minutes }).toMatchObject({ status: 'FAILED', error: 'CallerUnknown' });
  });
});
