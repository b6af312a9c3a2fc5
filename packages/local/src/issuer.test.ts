import { expect, it, onTestFinished, vi } from 'vitest';
import type { IssueOptions } from '../../adapter-oidc/src/test-support/test-issuer.ts';
import { TestIssuer } from '../../adapter-oidc/src/test-support/test-issuer.ts';
import type { LocalOptions } from './start-local.ts';
import { startLocal } from './start-local.ts';
import { CoffeeSystem } from './test-support/coffee-system.ts';
import { orderOf } from './test-support/order-of.ts';

const claims = { accountid: 'a1' };

async function arrange(options: LocalOptions = {}) {
  const issuer = await TestIssuer.start();
  onTestFinished(() => issuer.close());
  const { url, audience } = issuer;
  const system = await CoffeeSystem.start({ issuer: { url, audience }, ...options });
  onTestFinished(() => system.close());
  const list = (token: string) => system.fetch('/orders', { headers: { authorization: `Bearer ${token}` } });
  const issue = (more?: IssueOptions) => issuer.issue(claims, more);
  return { issuer, system, list, issue };
}

it('tells whose tokens it trusts, to whom it trusts not yet', async () => {
  const { issuer, system } = await arrange();
  const { url, audience } = issuer;
  expect(await system.get('/issuer')).toEqual({ issuer: url, audience, clientid: 'coffee' });
  const named = await arrange({ issuer: { url: 'https://issuer.example/a', audience: 'b', clientid: 'c' } });
  expect(await named.system.get('/issuer')).toEqual({
    issuer: 'https://issuer.example/a',
    audience: 'b',
    clientid: 'c',
  });
  const policy = (await named.system.fetch('/')).headers.get('content-security-policy');
  expect(policy).toContain("connect-src 'self' https://issuer.example;");
  expect((await system.send('POST', '/issuer')).status).toBe(405);
});

it('is open without an issuer, and says so', async () => {
  const { system } = await arrange({ issuer: undefined as never });
  expect(await system.get('/issuer')).toEqual({});
  expect((await system.fetch('/')).headers.get('content-security-policy')).toContain("connect-src 'self';");
  const order = { order: orderOf('a1', 'v1') };
  const answer = await system.send('POST', '/prod/order', order, { 'idempotency-key': 'k'.repeat(80) });
  expect(await answer.json()).toMatchObject({ orderid: 'k'.repeat(80) });
});

it('knows callers by tokens of the issuer, and by other claims when asked', async () => {
  const { list, issue, system, issuer } = await arrange();
  const order = { order: orderOf('a1', 'v1') };
  const place = async (of: CoffeeSystem, token: string) =>
    (await of.send('POST', '/prod/order', order, { authorization: `Bearer ${token}` })).status;
  expect((await list(await issue())).status).toBe(200);
  expect(await place(system, await issue())).toBe(202);
  const { url, audience } = issuer;
  const other = await arrange({ issuer: { url, audience, claims: { accountid: 'account' } } });
  expect(await place(other.system, await issue({ payload: { account: 'a1' } }))).toBe(202);
  expect(await place(other.system, await issue())).toBe(401);
});

it.each(['expired', 'not-yet-valid', 'other-audience', 'other-issuer', 'unsigned', 'unknown-key'] as const)(
  'refuses a token that is %s',
  async (flaw) => {
    const { list, issue } = await arrange();
    expect((await list(await issue({ flaw }))).status).toBe(401);
  },
);

it('answers 503 while the issuer is away, and knows callers when it is back', async () => {
  const told = vi.fn();
  const { list, issue, issuer } = await arrange({ onError: told });
  issuer.discovery = { issuer: 'http://127.0.0.1:1' };
  const answer = await list(await issue());
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('1');
  issuer.discovery = {};
  const token = await issue();
  await expect.poll(async () => (await list(token)).status).toBe(200); // it is asked again after a second
  expect(told).not.toHaveBeenCalled();
});

it('asks the issuer once for a thousand tokens of unknown keys, and serves the others meanwhile', async () => {
  const { list, issue, issuer } = await arrange();
  expect((await list(await issue())).status).toBe(200);
  const asked = issuer.asked.length;
  const unknown = await issue({ flaw: 'unknown-key' });
  for (let batch = 0; batch < 20; batch += 1) {
    const wrong = await Promise.all(Array.from({ length: 50 }, () => list(unknown)));
    expect(new Set(wrong.map(({ status }) => status))).toEqual(new Set([401]));
    await Promise.all(wrong.map((answer) => answer.body?.cancel()));
    expect((await list(await issue())).status).toBe(200);
  }
  expect(issuer.asked.length).toBe(asked);
});

it('does not start on an issuer that cannot be trusted', async () => {
  const issuer = { url: 'http://issuer.example', audience: 'coffee-orders' };
  await expect(startLocal({ issuer })).rejects.toThrow('issuer must be an https URL');
});
