import type { CallerClaims, Principal } from '@coffee/domain';
import { principalOf } from '@coffee/domain';
import { callerClaims } from '@coffee/domain/arbitraries';
import * as fc from 'fast-check';
import type { Authenticator } from '../authenticator.ts';
import type { Clock } from '../call.ts';
import type { Harness, Manifest, TestClock, TestRunner } from './manifest.ts';
import { testClock } from './manifest.ts';
import { uniqueId } from './samples.ts';
import type { Suite } from './suite.ts';
import { always, contractSuite } from './suite.ts';
import { otherCharacter } from './tampering.ts';

const tokenFlaws = {
  expired: 'that expired a minute ago',
  'not-yet-valid': 'that is valid a minute from now',
  endless: 'that never expires',
  'other-audience': 'for another audience',
  'other-issuer': 'of another issuer, signed with a key of this one',
  'unknown-key': 'signed with a key that the issuer does not have',
  forged: 'signed with another key under the name of one that the issuer has',
  unsigned: 'without a signature: `alg` is `none`',
  'public-key-as-secret': 'signed by HS256 with the public key as the secret',
} as const;

/** What can be wrong with a token whose claims are right. Where tokens are not JWTs: a token of another issuer. */
export type TokenFlaw = keyof typeof tokenFlaws;

/** The harness of the {@link Authenticator} suite. */
export interface AuthenticatorHarness extends Harness {
  readonly authenticator: Authenticator;
  /** A token with these claims, by the clock of the suite valid from now for an hour, or with a flaw. */
  issue(claims: CallerClaims, flaw?: TokenFlaw): Promise<string>;
  /** Gives the issuer another key, for the tokens issued from now on, and withdraws the one before. */
  rotate(): Promise<void>;
}

/** Options of `create`: a clock that starts at the real time, for everything that issues or checks a token. */
export interface AuthenticatorOptions {
  readonly clock: Clock;
}

/** The manifest of an adapter of {@link Authenticator}. */
export type AuthenticatorManifest = Manifest<AuthenticatorHarness, readonly [AuthenticatorOptions], 'unavailable'>;

const minute = 60_000;

/** All that a log could write of a value: every field of it, however deep. */
function written(value: unknown, seen: readonly unknown[] = []): string {
  if (typeof value !== 'object' || value === null || seen.includes(value)) return String(value);
  const fields = value as Record<PropertyKey, unknown>;
  return Reflect.ownKeys(value)
    .map((key) => `${String(key)}: ${written(fields[key], [...seen, value])}`)
    .join('\n');
}

function clauses({ expect, harness, clause, parameters }: Suite<AuthenticatorHarness, never>, clock: TestClock): void {
  const issue = (claims: CallerClaims, flaw?: TokenFlaw) => harness().issue(claims, flaw);
  const authenticate = (token: string) => harness().authenticator.authenticate(token);

  /** Checks that a token is refused, by an error that tells nothing of it. */
  const refuses = async (token: string, ...secrets: readonly string[]): Promise<void> => {
    const error = await authenticate(token).then(
      (principal) => ({ name: `authenticated as ${JSON.stringify(principal)}` }),
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'Unauthenticated' });
    const told = written(error);
    const parts = [...token.split('.'), ...secrets].filter((part) => part.length > 15);
    expect(parts.filter((part) => told.includes(part))).toEqual([]);
  };

  const examples: Readonly<Record<string, readonly [CallerClaims, Principal]>> = {
    'a customer': [{ accountid: 'a0' }, { kind: 'customer', accountid: 'a0' }],
    'a vendor': [{ vendorid: 'v0' }, { kind: 'vendor', vendorid: 'v0' }],
    'an operator': [{ role: 'operator' }, { kind: 'operator' }],
  };
  for (const [name, [claims, principal]] of Object.entries(examples)) {
    clause(`tells ${name}, each time`, async () => {
      const token = await issue(claims);
      for (const found of [await authenticate(token), await authenticate(token)]) expect(found).toEqual(principal);
    });
  }

  clause('tells whom the claims name, whatever they hold, and refuses the others', async () => {
    await always(callerClaims, parameters(2), async (claims) => {
      const token = await issue(claims);
      const principal = principalOf(claims);
      if (principal === undefined) await refuses(token);
      else expect(await authenticate(token)).toEqual(principal);
    });
  });

  for (const claims of [
    {},
    { accountid: 'a0', vendorid: 'v0' },
    { role: 'anyone' },
    { role: ['operator'] },
    { accountid: 7 },
  ]) {
    clause(`refuses a token that claims ${JSON.stringify(claims)}`, async () => refuses(await issue(claims)));
  }

  for (const [flaw, description] of Object.entries(tokenFlaws)) {
    clause(`refuses a token ${description}`, async () => {
      const accountid = uniqueId('a');
      expect(await authenticate(await issue({ accountid }))).toEqual({ kind: 'customer', accountid });
      await refuses(await issue({ accountid }, flaw as TokenFlaw), accountid);
    });
  }

  clause('refuses a token once it has expired', async () => {
    const token = await issue({ accountid: 'a0' });
    clock.advance(58 * minute);
    expect(await authenticate(token).finally(() => clock.advance(4 * minute))).toMatchObject({ accountid: 'a0' });
    await refuses(token).finally(() => clock.advance(-62 * minute));
  });

  clause('refuses a token with any character changed', async () => {
    const token = await issue({ role: 'operator' });
    await always(fc.nat(token.length - 1), parameters(2), async (at) => {
      await refuses(token.slice(0, at) + otherCharacter(token.charAt(at)) + token.slice(at + 1));
    });
  });

  clause('refuses what is not a token: nothing, garbage, a token with more around it, a megabyte', async () => {
    const token = await issue({ role: 'operator' });
    const around = ['', '.', '..', 'x', ' ', '\n', '\0', 'Bearer '].flatMap((text) => [text + token, token + text]);
    const pieces = token.split('.').flatMap((part, index, parts) => [part, parts.slice(0, index).join('.')]);
    const texts = [...around.filter((text) => text !== token), ...pieces.filter((text) => text !== token)];
    for (const text of [...texts, '', '..', '...', `${token}${'x'.repeat(1_000_000)}`, '\u2615.e30.e30']) {
      await refuses(text);
    }
    await always(fc.string({ unit: 'binary' }), parameters(), async (text) => refuses(text));
  });

  clause('accepts a token of a new key within two minutes', async () => {
    await authenticate(await issue({ accountid: 'a0' }));
    await harness().rotate();
    const token = await issue({ accountid: 'a1' });
    await authenticate(token).catch(() => undefined); // makes it look
    clock.advance(2 * minute);
    expect(await authenticate(token).finally(() => clock.advance(-2 * minute))).toMatchObject({ accountid: 'a1' });
  });

  clause('refuses the tokens of a key that was withdrawn half an hour ago', async () => {
    const token = await issue({ accountid: 'a0' });
    await authenticate(token);
    await harness().rotate();
    clock.advance(30 * minute);
    await refuses(token).finally(() => clock.advance(-30 * minute));
  });
}

/** Registers the contract tests of {@link Authenticator}. */
export function authenticatorContract(manifest: AuthenticatorManifest, runner: TestRunner): void {
  const clock = testClock();
  const register = (suite: Suite<AuthenticatorHarness, never>) => clauses(suite, clock);
  contractSuite('Authenticator', runner, manifest, [{ clock: clock.now }], register, {
    authenticate: async ({ authenticator, issue }, options) =>
      authenticator.authenticate(await issue({ accountid: 'a0' }), options),
  });
}
