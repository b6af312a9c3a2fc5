import { writeFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { Events } from 'oauth2-mock-server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { run } from '../run.ts';
import { runCoffee, surroundingsOf } from '../test-support/run-coffee.ts';
import { signInAt } from '../test-support/sign-in.ts';
import { standIn } from '../test-support/stand-in-server.ts';
import { tokenSource } from './token-source.ts';
import type { SignIn } from './token-store.ts';
import { TokenStore } from './token-store.ts';

const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: exampleOrder });

/** A server that remembers the tokens it was sent. */
async function coffeeServer(answer = () => Response.json(placed)) {
  const tokens: (string | null)[] = [];
  const { url } = await standIn((request) => {
    tokens.push(request.headers.get('authorization'));
    return answer();
  });
  return { url, tokens };
}

/** A user who has signed in to a server; `expires` is how many seconds the token says it is good for. */
async function signedIn({ expires = 3_600 } = {}) {
  const issuer = await signInAt();
  issuer.answers.push(({ body }) => Object.assign(body, { expires_in: expires }));
  const { url, tokens } = await coffeeServer();
  const coffee = (...args: string[]) => runCoffee(args, { url, env: issuer.env });
  const login = await coffee('login');
  expect(login).toMatchObject({ code: 0 });
  const kept = async () => (JSON.parse(await readFile(issuer.file, 'utf8')) as Record<string, SignIn>)[url];
  return { ...issuer, url, tokens, coffee, login, kept };
}

describe('coffee login', () => {
  it('signs in by a code with PKCE, says who is signed in, and sends the token from then on', async () => {
    const { login, asked, issuer, url, coffee, tokens, kept } = await signedIn();
    expect(login.stderr).toMatch(/^sign in at http:.*code_challenge_method=S256/m);
    expect(login.stderr).toContain('scope=openid+offline_access');
    expect(login.stdout).toMatch(/Caller +customer a0/);
    expect(asked[0]).toMatchObject({
      grant_type: 'authorization_code',
      client_id: 'coffee-cli',
      code_verifier: expect.stringMatching(/^[\w-]{43,}$/),
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
    });
    const who = await coffee('whoami', '--json');
    expect(JSON.parse(who.stdout)).toEqual({
      server: url,
      issuer,
      caller: { kind: 'customer', accountid: 'a0' },
      expiresAt: expect.stringMatching(/Z$/),
    });
    expect(await coffee('get', 'a0', 'v0')).toMatchObject({ code: 0 });
    expect(tokens).toEqual([`Bearer ${(await kept())?.accessToken}`]);
    expect(asked).toHaveLength(1);
  });

  it('keeps the tokens where only the user can read them, and shows none', async () => {
    const { file, login, kept, coffee } = await signedIn();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    const { accessToken = '' } = (await kept()) ?? {};
    for (const { stdout, stderr } of [login, await coffee('whoami'), await coffee('logout')]) {
      expect(stdout + stderr).not.toContain(accessToken);
    }
  });

  it('signs in to one server only: no other one gets the token', async () => {
    const { env, coffee, tokens } = await signedIn();
    const other = await coffeeServer();
    expect(await runCoffee(['get', 'a0', 'v0'], { url: other.url, env })).toMatchObject({ code: 0 });
    expect(other.tokens).toEqual([null]);
    expect(await runCoffee(['login'], { url: other.url, env })).toMatchObject({ code: 0 });
    await runCoffee(['logout'], { url: other.url, env });
    await coffee('get', 'a0', 'v0');
    expect(tokens).toEqual([expect.stringContaining('Bearer ')]);
  });

  it('says what the issuer says when it refuses, and keeps nothing', async () => {
    const { service, env, issuer } = await signInAt();
    service.once(Events.BeforeAuthorizeRedirect, ({ url }) => {
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
      url.searchParams.set('error_description', 'not today');
    });
    const { url } = await coffeeServer();
    expect(await runCoffee(['login', '--json'], { url, env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`"the issuer ${issuer}: access_denied: not today"`),
    });
    expect(await runCoffee(['whoami'], { url, env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('coffee login'),
    });
  });

  it('does not take a code that someone else asked for', async () => {
    const { service, env, asked } = await signInAt();
    service.once(Events.BeforeAuthorizeRedirect, ({ url }) => url.searchParams.set('state', 'another'));
    const { url } = await coffeeServer();
    expect(await runCoffee(['login'], { url, env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('state'),
    });
    expect(asked).toEqual([]);
  });

  it('asks for the audience, scope and port it is given', async () => {
    const { env } = await signInAt();
    const { url } = await coffeeServer();
    const flags = ['--audience', 'https://coffee.example', '--scope', 'openid'];
    const { stderr } = await runCoffee(['login', ...flags], { url, env });
    const page = new URL(/^sign in at (.*)$/m.exec(stderr)?.[1] ?? '');
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      audience: 'https://coffee.example',
      scope: 'openid',
    });
  });

  it.each([
    ['an issuer', { COFFEE_ISSUER: '' }, '--issuer or COFFEE_ISSUER must be given'],
    ['an issuer over https', { COFFEE_ISSUER: 'http://issuer.example' }, 'is not an issuer'],
    ['a client', { COFFEE_CLIENT_ID: '' }, '--client-id or COFFEE_CLIENT_ID must be given'],
    ['a server over https', { COFFEE_URL: 'http://coffee.example' }, 'on its way to http://coffee.example'],
  ])('needs %s', async (_, env, message) => {
    const { env: own } = await signInAt();
    const { url } = await coffeeServer();
    expect(await runCoffee(['login'], { url, env: { ...own, ...env } })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(message),
    });
  });

  it('says when the issuer cannot be reached', async () => {
    const { env, server } = await signInAt();
    await server.stop();
    const { url } = await coffeeServer();
    expect(await runCoffee(['login'], { url, env })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('issuer'),
    });
  });

  it('is given up by Ctrl-C', async () => {
    const { env } = await signInAt();
    const { url } = await coffeeServer();
    const { surroundings, written } = surroundingsOf({ url, env: { ...env, BROWSER: 'none' } });
    const interrupt = new AbortController();
    surroundings.stderr.once('data', () => interrupt.abort());
    expect(await run(['login'], { ...surroundings, signal: interrupt.signal })).toBe(130);
    surroundings.stdout.end();
    surroundings.stderr.end();
    await written;
  });
});

describe('a token', () => {
  it('is refreshed when it is about to expire, once for all requests', async () => {
    const { coffee, asked, answers, tokens, kept } = await signedIn({ expires: 20 });
    const before = await kept();
    // This issuer lets a refresh token be used again.
    answers.push(({ body }) => Object.assign(body, { expires_in: 3_600, refresh_token: undefined }));
    await coffee('order', '--random', '20');
    expect(asked.map((request) => request.grant_type)).toEqual(['authorization_code', 'refresh_token']);
    const { accessToken, refreshToken } = (await kept()) ?? {};
    expect(accessToken).not.toBe(before?.accessToken);
    expect(refreshToken).toBe(before?.refreshToken);
    expect(new Set(tokens)).toEqual(new Set([`Bearer ${accessToken}`]));
  });

  it('is refreshed during a command too, once for all requests that wait', async () => {
    const { url, env, asked } = await signedIn({ expires: 60 });
    const token = tokenSource(url, env);
    const first = await token();
    expect(await token()).toBe(first);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    onTestFinished(() => void vi.useRealTimers());
    const [second, ...others] = await Promise.all(Array.from({ length: 5 }, token));
    expect(second).not.toBe(first);
    expect(new Set(others)).toEqual(new Set([second]));
    expect(asked).toHaveLength(2);
  });

  it('that cannot be refreshed is not used: the user signs in again', async () => {
    const { coffee, answers, tokens } = await signedIn({ expires: 20 });
    answers.push((answer) => Object.assign(answer, { statusCode: 400, body: { error: 'invalid_grant' } }));
    expect(await coffee('get', 'a0', 'v0')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/invalid_grant[\s\S]*coffee login/),
    });
    expect(tokens).toEqual([]);
  });

  it('that another command has refreshed meanwhile is used', async () => {
    const { coffee, answers, tokens, file, url, issuer } = await signedIn({ expires: 20 });
    const latest = { issuer, clientId: 'coffee-cli', accessToken: 'of-another-command' };
    answers.push((answer) => {
      writeFileSync(file, JSON.stringify({ [url]: latest }));
      Object.assign(answer, { statusCode: 400, body: { error: 'invalid_grant' } });
    });
    expect(await coffee('get', 'a0', 'v0')).toMatchObject({ code: 0 });
    expect(tokens).toEqual(['Bearer of-another-command']);
  });

  it('of COFFEE_TOKEN goes first, and is not kept', async () => {
    const { url, env, tokens, kept } = await signedIn();
    const before = await kept();
    const machine = { ...env, COFFEE_TOKEN: 'of-a-machine' };
    expect(await runCoffee(['get', 'a0', 'v0'], { url, env: machine })).toMatchObject({ code: 0 });
    expect(tokens).toEqual(['Bearer of-a-machine']);
    expect((await runCoffee(['whoami'], { url, env: machine })).stdout).toContain(
      'only the server can read this token',
    );
    expect(await kept()).toEqual(before);
  });

  it('is not sent where others can read it', async () => {
    const run = await runCoffee(['get', 'a0', 'v0'], { url: 'http://192.0.2.1', env: { COFFEE_TOKEN: 'secret' } });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('on its way to http://192.0.2.1') });
    expect(run.stderr).not.toContain('secret');
  });

  it('is asked for by a server that knows its callers', async () => {
    const problem = { code: 'Unauthorized', status: 401, detail: 'a valid token must be sent' };
    const { url } = await coffeeServer(() => Response.json(problem, { status: 401 }));
    for (const words of [['get', 'a0', 'v0'], ['executions'], ['menu']]) {
      const { code, stderr } = await runCoffee(words, { url });
      expect([code, stderr]).toEqual([1, expect.stringMatching(/a valid token must be sent[\s\S]*coffee login/)]);
    }
  });
});

describe('coffee logout', () => {
  it('forgets the tokens, and has the issuer refuse them', async () => {
    const { coffee, service, kept, tokens } = await signedIn();
    let revoked = 0;
    service.on(Events.BeforeRevoke, () => {
      revoked += 1;
    });
    expect(await coffee('logout')).toMatchObject({ code: 0, stderr: '' });
    expect(await kept()).toBeUndefined();
    expect(await coffee('logout')).toMatchObject({ code: 0, stderr: '' });
    expect(revoked).toBe(1);
    await coffee('get', 'a0', 'v0');
    expect(tokens).toEqual([null]);
  });

  it('forgets them also when the issuer cannot be reached', async () => {
    const { coffee, server, kept } = await signedIn();
    await server.stop();
    expect(await coffee('logout')).toMatchObject({ code: 0, stderr: expect.stringContaining('may still be valid') });
    expect(await kept()).toBeUndefined();
  });
});

describe('the tokens are kept', () => {
  it.each([
    ['linux', { HOME: '/home/a' }, '/home/a/.config/coffee/tokens.json'],
    ['linux', { HOME: '/home/a', XDG_CONFIG_HOME: '/etc/a' }, '/etc/a/coffee/tokens.json'],
    ['darwin', { HOME: '/Users/a' }, '/Users/a/Library/Application Support/coffee/tokens.json'],
    ['win32', { APPDATA: '/a/Roaming', USERPROFILE: '/a' }, '/a/Roaming/coffee/tokens.json'],
    ['linux', {}, undefined],
  ] as const)('on %s with %o in %s', (platform, env, file) => {
    expect(new TokenStore(env, platform).file).toBe(file);
  });

  it('nowhere without a folder of the user, which login says', async () => {
    const { env } = await signInAt();
    const { url } = await coffeeServer();
    const { XDG_CONFIG_HOME: _folder, ...bare } = env;
    expect(await runCoffee(['login'], { url, env: bare })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('HOME'),
    });
    expect(await runCoffee(['get', 'a0', 'v0'], { url, env: bare })).toMatchObject({ code: 0 });
  });

  it.each([
    ['damaged', (file: string) => writeFile(file, '{')],
    ['unreadable', (file: string) => rm(file).then(() => mkdir(file))],
  ])('in a file that is named when it is %s', async (_, spoil) => {
    const { coffee, file } = await signedIn();
    await spoil(file);
    expect(await coffee('whoami')).toMatchObject({ code: 1, stderr: expect.stringContaining(`the tokens in ${file}`) });
  });
});
