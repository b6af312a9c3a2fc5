import type { ClaimNames, Principal } from '@coffee/domain';
import { bearerOf, defaultClaimNames } from '@coffee/domain';
import type { Authenticator, CallOptions, Clock } from '@coffee/ports';
import { abortable, Unauthenticated } from '@coffee/ports';
import type { JWTPayload } from 'jose';
import { decodeJwt, errors, jwtVerify } from 'jose';
import { IssuerKeys, isTrustworthy } from './issuer-keys.ts';

/** Whose tokens are believed, and how they are read. */
export interface OidcAuthenticatorOptions {
  /** The `iss` of the tokens, to the letter: an https URL, or an http one on this machine. Its keys are found by discovery. */
  readonly issuer: string;
  /** The `aud` of the tokens: the name of this system at the issuer. */
  readonly audience: string;
  /** Default to `coffee_role`, `coffee_accountid` and `coffee_vendorid`. */
  readonly claims?: Partial<ClaimNames>;
  readonly clock?: Clock;
  /** How long a look-up of keys may take. Defaults to 5 seconds. */
  readonly timeoutMilliseconds?: number;
}

/** Signatures that only the issuer can make: none by a shared secret. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** The three parts of a signed token; decoders would let blanks pass. */
const signedToken = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const longestToken = 8_192;

/** By how many seconds the clocks of the issuer and of this machine may differ. */
const clockTolerance = 5;

/** How long a token that was verified is believed without verifying it again, and how many are. Keys are kept for longer. */
const believedFor = 60_000;
const mostBelieved = 1_000;

/** A verified token is believed from one time until another, by the clock. */
interface Believed {
  readonly principal: Principal;
  readonly from: number;
  readonly until: number;
}

/** What is wrong with a token, by the claim that is. */
const reasons: Readonly<Record<string, string>> = {
  aud: 'the token is for another audience',
  exp: 'the token has expired, or has no expiry',
  nbf: 'the token is not valid yet',
};

/**
 * Verifies access tokens that are JWTs of an OpenID Connect issuer. They must be signed by a key of the issuer with an
 * asymmetric algorithm, be made for the audience, and expire. The subject (`sub`) is not used.
 */
export class OidcAuthenticator implements Authenticator {
  readonly #options: OidcAuthenticatorOptions;
  readonly #names: ClaimNames;
  readonly #clock: Clock;
  readonly #keys: IssuerKeys;
  /** By token, the longest known first. */
  readonly #believed = new Map<string, Believed>();

  /** @throws RangeError for an issuer whose keys could be changed on the way, or without an audience. */
  constructor(options: OidcAuthenticatorOptions) {
    const { issuer, audience, claims, clock = () => Date.now(), timeoutMilliseconds = 5_000 } = options;
    if (!isTrustworthy(issuer)) throw new RangeError('issuer must be an https URL, or an http one on this machine');
    if (!audience) throw new RangeError('audience must be given: else tokens for any system would do');
    this.#options = options;
    this.#names = { ...defaultClaimNames, ...claims };
    this.#clock = clock;
    this.#keys = new IssuerKeys(issuer, clock, timeoutMilliseconds);
  }

  authenticate(token: string, options: CallOptions = {}): Promise<Principal> {
    return abortable(options, async () => {
      const from = this.#clock();
      const believed = this.#believed.get(token);
      if (believed !== undefined && believed.from <= from && from < believed.until) return believed.principal;
      const payload = await this.#verify(token);
      const principal = bearerOf(payload, this.#names);
      if (principal === undefined) throw new Unauthenticated('the token does not say who is calling');
      const expiry = ((payload.exp ?? 0) + clockTolerance) * 1000;
      this.#believe(token, { principal, from, until: Math.min(expiry, from + believedFor) });
      return principal;
    });
  }

  #believe(token: string, believed: Believed): void {
    this.#believed.delete(token);
    this.#believed.set(token, believed);
    const [longest] = this.#believed.keys();
    if (this.#believed.size > mostBelieved && longest !== undefined) this.#believed.delete(longest);
  }

  /** Looks keys up only for a token that is well-formed and says that it is of the issuer. */
  async #verify(token: string): Promise<JWTPayload> {
    const { issuer, audience } = this.#options;
    if (token.length > longestToken || !signedToken.test(token))
      throw new Unauthenticated('the token is malformed or too long');
    try {
      if (decodeJwt(token).iss !== issuer) throw new Unauthenticated('the token is of another issuer');
      const { payload } = await jwtVerify(token, this.#keys.find, {
        ...{ algorithms, issuer, audience, clockTolerance, requiredClaims: ['exp'] },
        currentDate: new Date(this.#clock()),
      });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      const { claim = '' } = error as { readonly claim?: string };
      throw new Unauthenticated(reasons[claim] ?? 'the token is not valid');
    }
  }
}
