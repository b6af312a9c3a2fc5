import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallerClaims } from '@coffee/domain';
import { Unauthenticated } from '@coffee/ports';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OidcAuthenticatorOptions } from './index.ts';
import { OidcAuthenticator } from './index.ts';
import { TestIssuer } from './test-support/test-issuer.ts';

const second = 1_000;
const minute = 60 * second;
const customer: CallerClaims = { accountid: 'a0' };
const isCustomer = { kind: 'customer', accountid: 'a0' };
const unavailable = { name: 'Unavailable', cause: expect.any(Error), withoutEffect: true };
const refused = (message: string) => new Unauthenticated(message);
const invalid = refused('the token is not valid');

/** An issuer and an authenticator that trusts it, by a clock that the test moves. */
async function arrange(options: Partial<OidcAuthenticatorOptions> = {}, algorithm?: string) {
  let now = Date.UTC(2026, 10, 24, 9, 30);
  const clock = () => now;
  const issuer = await TestIssuer.start(clock, algorithm);
  onTestFinished(() => issuer.close());
  const { url, audience } = issuer;
  const authenticator = new OidcAuthenticator({ issuer: url, audience, clock, ...options });
  const advance = (milliseconds: number) => {
    now += milliseconds;
  };
  return { issuer, authenticator, advance, clock, authenticate: (token: string) => authenticator.authenticate(token) };
}

const inSeconds = (milliseconds: number) => Math.floor(milliseconds / second);

describe('a token', () => {
  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])('is verified when signed by %s', async (algorithm) => {
    const { issuer, authenticate } = await arrange({}, algorithm);
    expect(await authenticate(await issuer.issue(customer))).toEqual(isCustomer);
    await expect(authenticate(await issuer.issue(customer, { flaw: 'forged' }))).rejects.toEqual(invalid);
  });

  it.each([
    ['expired', 'the token has expired, or has no expiry'],
    ['endless', 'the token has expired, or has no expiry'],
    ['not-yet-valid', 'the token is not valid yet'],
    ['other-audience', 'the token is for another audience'],
    ['other-issuer', 'the token is of another issuer'],
    ['unsigned', 'the token is malformed or too long'],
    ['unknown-key', 'the token is not valid'],
  ] as const)('that is %s is refused with a reason that tells nothing of it', async (flaw, message) => {
    const { issuer, authenticate } = await arrange();
    await expect(authenticate(await issuer.issue(customer, { flaw }))).rejects.toEqual(refused(message));
  });

  it.each([
    ['exp', -4, isCustomer],
    ['exp', -6, undefined],
    ['nbf', 4, isCustomer],
    ['nbf', 6, undefined],
  ] as const)('may be off by the tolerance of the clocks: %s %i seconds from now', async (claim, off, expected) => {
    const { issuer, authenticate, clock } = await arrange();
    const token = await issuer.issue(customer, { payload: { [claim]: inSeconds(clock()) + off } });
    expect(await authenticate(token).catch(() => undefined)).toEqual(expected);
  });

  /** Tokens that were verified a moment ago, by a key that the issuer has withdrawn since. */
  async function arrangeBelieved() {
    const arranged = await arrange();
    const { issuer, authenticate, advance, clock } = arranged;
    await authenticate(await issuer.issue(customer)); // reads the keys, which can be read again in a minute
    advance(61 * second);
    const payload = { exp: inSeconds(clock()) + 10 };
    const [token, short] = [await issuer.issue(customer), await issuer.issue(customer, { payload })];
    for (const good of [token, short]) expect(await authenticate(good)).toEqual(isCustomer);
    await issuer.rotate();
    await authenticate(await issuer.issue(customer));
    return { ...arranged, token, short };
  }

  it('that was verified is believed for a minute, and no longer than it is valid', async () => {
    const { authenticate, advance, token, short } = await arrangeBelieved();
    advance(14 * second);
    expect(await authenticate(short)).toEqual(isCustomer);
    advance(second);
    await expect(authenticate(short)).rejects.toEqual(invalid);
    advance(44 * second);
    expect(await authenticate(token)).toEqual(isCustomer);
    advance(second);
    await expect(authenticate(token)).rejects.toEqual(invalid);
  });

  it('is verified again when the clock was set back, and when a thousand others were verified since', async () => {
    const { issuer, authenticate, advance, token, short } = await arrangeBelieved();
    advance(-second);
    await expect(authenticate(token)).rejects.toEqual(invalid);
    advance(second);
    const others = Array.from({ length: 996 }, (_, number) =>
      issuer.issue(customer, { payload: { jti: `${number}` } }),
    );
    for (const other of await Promise.all(others)) await authenticate(other);
    expect([await authenticate(token), await authenticate(short)]).toEqual([isCustomer, isCustomer]);
    for (const jti of ['a', 'b']) await authenticate(await issuer.issue(customer, { payload: { jti } }));
    expect(await authenticate(short)).toEqual(isCustomer);
    await expect(authenticate(token)).rejects.toEqual(invalid);
  });

  it('may have several audiences, this system among them', async () => {
    const { issuer, authenticate } = await arrange();
    const token = await issuer.issue(customer, { payload: { aud: ['other', issuer.audience] } });
    expect(await authenticate(token)).toEqual(isCustomer);
  });

  it('need not name its key while the issuer has one only', async () => {
    const { issuer, authenticate } = await arrange();
    expect(await authenticate(await issuer.issue(customer, { header: { kid: undefined } }))).toEqual(isCustomer);
  });

  it('cannot bring its own key', async () => {
    const { issuer, authenticate } = await arrange();
    const header = { jku: `${issuer.url}/jwks`, jwk: { kty: 'oct', k: 'c2VjcmV0' } };
    await expect(authenticate(await issuer.issue(customer, { flaw: 'forged', header }))).rejects.toEqual(invalid);
    expect(issuer.asked).toEqual(['discovery', 'keys']);
  });

  it('of more than 8 KB is refused, though it is right', async () => {
    const { issuer, authenticate } = await arrange();
    const long = (length: number) => issuer.issue(customer, { payload: { note: 'x'.repeat(length) } });
    expect(await authenticate(await long(5_000))).toEqual(isCustomer);
    await expect(authenticate(await long(6_500))).rejects.toEqual(refused('the token is malformed or too long'));
  });

  it('is not read by its subject', async () => {
    const { issuer, authenticate } = await arrange();
    const token = await issuer.issue({}, { payload: { sub: 'a0', accountid: 'a0', role: 'operator' } });
    await expect(authenticate(token)).rejects.toEqual(refused('the token does not say who is calling'));
  });

  it('is read by the names that the system is given, and by no others', async () => {
    const { issuer, authenticate } = await arrange({
      claims: { accountid: 'https://coffee.example/account', role: 'custom:role' },
    });
    const named = await issuer.issue({ role: 'operator' }, { payload: { 'https://coffee.example/account': 'a0' } });
    expect(await authenticate(named)).toEqual(isCustomer);
    expect(await authenticate(await issuer.issue({ vendorid: 'v0' }))).toEqual({ kind: 'vendor', vendorid: 'v0' });
    expect(await authenticate(await issuer.issue({}, { payload: { 'custom:role': 'operator' } }))).toEqual({
      kind: 'operator',
    });
    await expect(authenticate(await issuer.issue(customer))).rejects.toMatchObject({ name: 'Unauthenticated' });
  });
});

describe('the keys of the issuer', () => {
  it('are read once for all, when they are first needed', async () => {
    const { issuer, authenticate } = await arrange();
    expect(issuer.asked).toEqual([]);
    const token = await issuer.issue(customer);
    await Promise.all(Array.from({ length: 50 }, () => authenticate(token)));
    expect(issuer.asked).toEqual(['discovery', 'keys']);
  });

  it('are looked up once a minute at most, however many tokens name an unknown one', async () => {
    const { issuer, authenticate, advance } = await arrange();
    await authenticate(await issuer.issue(customer));
    advance(59 * second);
    const tokens = Array.from({ length: 20 }, (_, at) => issuer.issue(customer, { header: { kid: `k${at}` } }));
    const wrong = await Promise.all(tokens);
    const flood = async () => {
      for (const token of Array.from({ length: 50 }, () => wrong).flat()) {
        await authenticate(token).then(
          () => expect.fail('it passed'),
          (error: unknown) => expect(error).toEqual(invalid),
        );
      }
    };
    await flood();
    expect(issuer.asked).toEqual(['discovery', 'keys']);
    for (const later of [second, 59 * second]) {
      advance(later);
      await flood();
      expect(issuer.asked).toEqual(['discovery', 'keys', 'discovery', 'keys']);
    }
  });

  it('are not looked up for what is not a token of the issuer', async () => {
    const { issuer, authenticate } = await arrange();
    const [head, payload, signature] = (await issuer.issue(customer)).split('.');
    const tokens = ['', 'x', `${head}.x.${signature}`, `x.${payload}.${signature}`, `e30.${payload}.${signature}`];
    for (const flaw of ['unsigned', 'other-issuer', 'public-key-as-secret'] as const) {
      tokens.push(await issuer.issue(customer, { flaw }));
    }
    for (const token of tokens) await expect(authenticate(token)).rejects.toMatchObject({ name: 'Unauthenticated' });
    expect(issuer.asked).toEqual([]);
  });

  it('are read again after ten minutes, and kept for a day while the issuer cannot be reached', async () => {
    const { issuer, authenticate, advance } = await arrange();
    await authenticate(await issuer.issue(customer));
    advance(10 * minute);
    await authenticate(await issuer.issue(customer));
    expect(issuer.asked).toEqual(['discovery', 'keys', 'discovery', 'keys']);
    await issuer.close();
    advance(23 * 60 * minute);
    expect(await authenticate(await issuer.issue(customer))).toEqual(isCustomer);
    advance(minute);
    const unknown = await issuer.issue(customer, { flaw: 'unknown-key' });
    await expect(authenticate(unknown)).rejects.toMatchObject(unavailable);
    advance(60 * minute);
    await expect(authenticate(await issuer.issue(customer))).rejects.toMatchObject(unavailable);
  });

  it('are looked up once a second until they are there', async () => {
    const { issuer, authenticate, advance } = await arrange();
    issuer.discovery = { issuer: 'https://elsewhere.example' };
    const token = await issuer.issue(customer);
    for (let count = 0; count < 100; count += 1) {
      await expect(authenticate(token)).rejects.toMatchObject({
        ...unavailable,
        message: `the keys of ${issuer.url} cannot be read`,
        cause: { message: `${issuer.url}/.well-known/openid-configuration is of the issuer https://elsewhere.example` },
      });
    }
    expect(issuer.asked).toEqual(['discovery']);
    issuer.discovery = {};
    advance(second);
    expect(await authenticate(token)).toEqual(isCustomer);
    await expect(authenticate(await issuer.issue(customer, { flaw: 'unknown-key' }))).rejects.toEqual(invalid);
  });

  it('are looked up even if the clock was set back', async () => {
    const { issuer, authenticate, advance } = await arrange();
    await authenticate(await issuer.issue(customer));
    advance(-60 * minute);
    await issuer.rotate();
    expect(await authenticate(await issuer.issue(customer))).toEqual(isCustomer);
  });

  it('are found beside an issuer that is written with a slash at its end', async () => {
    const { issuer, clock } = await arrange();
    const name = `${issuer.url}/`;
    issuer.discovery = { issuer: name };
    const authenticator = new OidcAuthenticator({ issuer: name, audience: issuer.audience, clock });
    const token = await issuer.issue(customer, { payload: { iss: name } });
    expect(await authenticator.authenticate(token)).toEqual(isCustomer);
  });

  it.each([
    ['by plain http from another machine', 'http://192.0.2.1/keys', 'is neither https nor on this machine'],
    ['from nowhere', undefined, 'undefined is neither'],
    ['from a path that is not there', '/none', 'answers 404'],
    ['from a path that leads elsewhere', '/moved', 'fetch failed'],
    ['from what is not a set of keys', '/.well-known/openid-configuration', 'JSON Web Key Set malformed'],
  ])('are not read %s', async (_, place, message) => {
    const { issuer, authenticate } = await arrange();
    issuer.discovery = { jwks_uri: place?.startsWith('/') ? `${issuer.url}${place}` : place };
    const cause = { message: expect.stringContaining(message) };
    await expect(authenticate(await issuer.issue(customer))).rejects.toMatchObject({ ...unavailable, cause });
  });

  it('are not waited for longer than the timeout, nor after the signal is aborted', async () => {
    let requests = 0;
    const server = createServer(() => {
      requests += 1; // never answers
    }).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const silent = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { issuer, authenticate, advance } = await arrange({ issuer: silent, timeoutMilliseconds: 500 });
    const token = await issuer.issue(customer, { payload: { iss: silent } });
    const cause = { name: 'TimeoutError' };
    const first = expect(authenticate(token)).rejects.toMatchObject({ name: 'Unavailable', cause });
    advance(minute);
    await expect(authenticate(token)).rejects.toMatchObject({ name: 'Unavailable', cause });
    await first;
    expect(requests).toBeLessThan(2); // a slow look-up is joined, not repeated

    const patient = new OidcAuthenticator({ issuer: silent, audience: issuer.audience, timeoutMilliseconds: 60_000 });
    const aborting = new AbortController();
    const waiting = patient.authenticate(token, aborting);
    aborting.abort(new Error('given up'));
    await expect(waiting).rejects.toMatchObject({ name: 'Unavailable', cause: { message: 'given up' } });
  });
});

it.each(['', 'coffee', 'http://issuer.example', 'ftp://issuer.example', 'http://127.0.0.1.example'])(
  'does not trust the issuer %j',
  (issuer) => {
    expect(() => new OidcAuthenticator({ issuer, audience: 'coffee' })).toThrowError(RangeError);
  },
);

it.each(['https://issuer.example', 'http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'])(
  'may trust the issuer %j, for an audience',
  (issuer) => {
    expect(new OidcAuthenticator({ issuer, audience: 'coffee' })).toBeDefined();
    expect(() => new OidcAuthenticator({ issuer, audience: '' })).toThrowError('audience must be given');
    expect(() => new OidcAuthenticator({ issuer } as OidcAuthenticatorOptions)).toThrowError('audience must be given');
  },
);
