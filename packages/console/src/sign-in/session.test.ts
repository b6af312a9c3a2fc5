import type { Issuer } from '@coffee/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestIssuer } from '../test-support/test-issuer.ts';
import { callbackPath, Session } from './session.ts';

let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await TestIssuer.start();
});
afterEach(async () => {
  vi.useRealTimers();
  await issuer.close();
});

const home = 'http://127.0.0.1:3000';

/** A tab of a browser: what it remembers while its pages come and go. */
class Tab {
  url = new URL(home);
  /** Whether storage is switched off. */
  isForgetful = false;
  readonly stored = new Map<string, string>();
  /** The pages that a page was left for. */
  readonly visited: { readonly page: URL; readonly replace: boolean }[] = [];
  issuerInfo: () => Promise<Issuer> = async () => issuer.info;

  /** Loads the page of the console at an address. */
  load(url = this.url): Session {
    this.url = url;
    return new Session({
      url: () => this.url,
      leaveFor: (page, { replace }) => void this.visited.push({ page, replace }),
      show: (path) => {
        this.url = new URL(path, home);
      },
      storage: () => {
        if (this.isForgetful) throw new DOMException('Storage is switched off.', 'SecurityError');
        return {
          getItem: (key) => this.stored.get(key) ?? null,
          setItem: (key, value) => void this.stored.set(key, value),
          removeItem: (key) => void this.stored.delete(key),
        };
      },
      readIssuer: () => this.issuerInfo(),
    });
  }

  /** Waits until the page is left for the issuer, and follows the issuer back to the page that it loads then. */
  async followed(): Promise<Session> {
    await vi.waitUntil(() => this.visited.length > 0);
    const { page } = this.visited.shift() ?? {};
    const { headers } = await fetch(page ?? '', { redirect: 'manual' });
    return this.load(new URL(headers.get('location') ?? ''));
  }
}

const customer = { coffee_accountid: 'a0' };
const ignore = () => undefined;

/** A page of someone whom the issuer knows. */
async function signedIn(tab: Tab, user: TestIssuer['user'] = customer) {
  issuer.user = user;
  void tab.load().token().catch(ignore);
  const session = await tab.followed();
  return { session, token: await session.token() };
}

it('asks for no token where the server trusts no issuer', async () => {
  const tab = new Tab();
  tab.issuerInfo = async () => ({});
  tab.isForgetful = true; // the console must not need storage here
  const session = tab.load();
  expect(session.state).toEqual({ kind: 'starting' });
  expect(await session.token()).toBeUndefined();
  expect(session.state).toEqual({ kind: 'open' });
  session.refused();
  expect(session.state).toEqual({ kind: 'open' });
  expect(tab.visited).toEqual([]);
});

it('asks the server again after it did not answer', async () => {
  const tab = new Tab();
  tab.issuerInfo = () => Promise.reject(new Error('The server is away.'));
  const session = tab.load();
  await expect(session.token()).rejects.toThrow('The server is away.');
  tab.issuerInfo = async () => ({});
  expect(await session.token()).toBeUndefined();
});

describe('with an issuer', () => {
  it('signs in who is known there without asking, and returns to the page that was opened', async () => {
    issuer.user = customer;
    const tab = new Tab();
    const first = tab.load(new URL(`${home}/console/orders?x=1#top`));
    void first.token();
    await vi.waitUntil(() => tab.visited.length > 0);
    const [visit] = tab.visited;
    expect(visit?.replace).toBe(true);
    expect(Object.fromEntries(visit?.page.searchParams ?? [])).toEqual({
      response_type: 'code',
      client_id: 'coffee',
      scope: 'openid',
      audience: 'coffee-orders',
      prompt: 'none',
      redirect_uri: `${home}${callbackPath}`,
      code_challenge: expect.any(String),
      code_challenge_method: 'S256',
      state: expect.any(String),
    });
    expect(first.state).toEqual({ kind: 'starting' });

    const session = await tab.followed();
    expect(tab.url.href).toBe(`${home}/console/orders?x=1#top`);
    const token = await session.token();
    expect(session.state).toEqual({ kind: 'signed-in', caller: { kind: 'customer', accountid: 'a0' } });
    expect(token?.split('.')).toHaveLength(3);
    expect([...tab.stored]).toEqual([]);
  });

  it.each([
    [{ coffee_vendorid: 'v0' }, { kind: 'vendor', vendorid: 'v0' }],
    [{ coffee_role: 'operator' }, { kind: 'operator' }],
    [{}, undefined],
    [{ coffee_role: 'anyone' }, undefined],
  ])('reads from the claims %j who is signed in', async (claims, caller) => {
    const { session } = await signedIn(new Tab(), claims);
    expect(session.state).toEqual({ kind: 'signed-in', caller });
  });

  it('asks who is not known there, and tells of it once', async () => {
    const tab = new Tab();
    void tab.load(new URL(`${home}/console/invoices`)).token();
    const asking = await tab.followed();
    const changes = vi.fn();
    asking.subscribe(changes);
    await expect(asking.token()).rejects.toThrow('You are signed out.');
    expect(asking.state).toEqual({ kind: 'signed-out', reason: undefined });
    expect(changes).toHaveBeenCalledTimes(1);
    expect(tab.visited).toEqual([]);

    issuer.visitor = customer;
    await asking.signIn();
    expect(tab.visited[0]?.replace).toBe(false);
    const session = await tab.followed();
    expect(await session.token()).toBeDefined();
    expect(tab.url.pathname).toBe('/console/invoices');
  });

  it('tells why the issuer refuses', async () => {
    const tab = new Tab();
    void tab.load().token();
    const asking = await tab.followed();
    await asking.token().catch(ignore);
    await asking.signIn();
    const refused = await tab.followed();
    await expect(refused.token()).rejects.toThrow('You are signed out.');
    expect(refused.state).toEqual({ kind: 'signed-out', reason: 'The password is wrong.' });
  });

  it('believes no answer that it did not ask for', async () => {
    const tab = new Tab();
    issuer.user = customer;
    void tab.load().token();
    await vi.waitUntil(() => tab.visited.length > 0);
    const { headers } = await fetch(tab.visited[0]?.page ?? '', { redirect: 'manual' });
    const back = new URL(headers.get('location') ?? '');
    back.searchParams.set('state', 'of-another');
    const session = tab.load(back);
    await session.token().catch(ignore);
    expect(session.state).toMatchObject({ kind: 'signed-out', reason: expect.stringContaining('state') });
    expect(issuer.grants).toEqual([]);

    // The same address in another tab, which asked for nothing, starts anew.
    const other = new Tab();
    void other.load(back).token();
    await vi.waitUntil(() => other.visited.length > 0);
    expect(other.url.href).toBe(`${home}/`);
    expect(issuer.grants).toEqual([]);
  });

  it('tells that the issuer is away, and signs in once it is back', async () => {
    const tab = new Tab();
    const info = issuer.info;
    tab.issuerInfo = async () => info;
    await issuer.close();
    const session = tab.load();
    await session.token().catch(ignore);
    expect(session.state).toEqual({ kind: 'signed-out', reason: 'The issuer does not answer.' });
    await issuer.server.start(Number(new URL(info.issuer).port), '127.0.0.1');
    await session.signIn();
    expect(tab.visited).toHaveLength(1);
  });

  it('keeps no token where another page could read it, and asks again after a reload', async () => {
    const tab = new Tab();
    const { token } = await signedIn(tab);
    expect([...tab.stored.values()].join()).not.toContain(token);
    expect([...tab.stored]).toEqual([]);
    const reloaded = tab.load();
    void reloaded.token();
    expect(await (await tab.followed()).token()).not.toBe(token);
  });

  it('tells that it cannot sign in without storage', async () => {
    const tab = new Tab();
    tab.isForgetful = true;
    const session = tab.load();
    await expect(session.token()).rejects.toThrow('You are signed out.');
    expect(session.state).toEqual({ kind: 'signed-out', reason: 'Storage is switched off.' });
  });

  it('asks again when the server answers 401', async () => {
    const { session } = await signedIn(new Tab());
    session.refused();
    expect(session.state).toMatchObject({ kind: 'signed-out', reason: expect.stringContaining('Sign in again') });
    await expect(session.token()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refreshes a token once for all who wait, before it expires', async () => {
    issuer.lifetime = 60;
    const { session, token } = await signedIn(new Tab());
    expect(await session.token()).toBe(token);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    const [one, two] = await Promise.all([session.token(), session.token()]);
    expect(one).not.toBe(token);
    expect(two).toBe(one);
    expect(issuer.grants).toEqual(['authorization_code', 'refresh_token']);
  });

  it('goes on with its token when the issuer cannot refresh it', async () => {
    issuer.lifetime = 10;
    const { session } = await signedIn(new Tab());
    await issuer.close();
    expect(await session.token()).toBeDefined();
    expect(session.state.kind).toBe('signed-in');
  });

  it('signs out here and at the issuer, and then signs no one in unasked', async () => {
    const tab = new Tab();
    const { session, token } = await signedIn(tab);
    issuer.visitor = customer;
    session.signOut();
    expect(session.state).toEqual({ kind: 'signed-out' });
    await expect(session.token()).rejects.toThrow('You are signed out.');
    const { page } = tab.visited.shift() ?? {};
    expect(page?.href).toMatch(`${issuer.url}/endsession`);
    expect(page?.searchParams.get('post_logout_redirect_uri')).toBe(`${home}/`);
    expect(page?.href).not.toContain(token);

    const next = tab.load();
    await next.token().catch(ignore);
    expect(next.state).toEqual({ kind: 'signed-out' });
    expect(tab.visited).toEqual([]);
    await next.signIn();
    expect(await (await tab.followed()).token()).toBeDefined();
  });
});
