import type { CallerClaims, Principal } from '@coffee/domain';
import { principalOf } from '@coffee/domain';
import type { Authenticator, CallOptions, Clock } from '@coffee/ports';
import { abortable, Unauthenticated } from '@coffee/ports';

/** When a token is valid: milliseconds since 1970 UTC. */
export interface TokenValidity {
  /** Defaults to now. */
  readonly startsAt?: number;
  /** Defaults to an hour from now. */
  readonly expiresAt?: number;
}

/** Tokens that a test makes up. Each authenticator knows its own only. */
export class MemoryAuthenticator implements Authenticator {
  readonly #clock: Clock;
  readonly #issued = new Map<string, Required<TokenValidity> & { readonly claims: CallerClaims }>();

  constructor({ clock = () => Date.now() }: { readonly clock?: Clock } = {}) {
    this.#clock = clock;
  }

  /** A new token: `{ accountid: 'a0' }` is a customer's, `{ vendorid: 'v0' }` a vendor's, `{ role: 'operator' }` an operator's. */
  issue(claims: CallerClaims, validity: TokenValidity = {}): string {
    const now = this.#clock();
    const token = `token-${crypto.getRandomValues(new Uint8Array(16)).join('-')}`;
    const { startsAt = now, expiresAt = now + 3_600_000 } = validity;
    this.#issued.set(token, { claims: { ...claims }, startsAt, expiresAt });
    return token;
  }

  /** Refuses every token issued so far, as when an issuer withdraws its keys. */
  revokeAll(): void {
    this.#issued.clear();
  }

  authenticate(token: string, options: CallOptions = {}): Promise<Principal> {
    return abortable(options, async () => {
      const issued = this.#issued.get(token);
      const now = this.#clock();
      if (issued === undefined || now < issued.startsAt) throw new Unauthenticated('the token is not valid');
      if (now >= issued.expiresAt) throw new Unauthenticated('the token has expired');
      const principal = principalOf(issued.claims);
      if (principal === undefined) throw new Unauthenticated('the token does not say who is calling');
      return principal;
    });
  }
}
