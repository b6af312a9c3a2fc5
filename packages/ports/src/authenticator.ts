import type { Principal } from '@coffee/domain';
import type { CallOptions } from './call.ts';

/** Tells who is calling. */
export interface Authenticator {
  /**
   * The caller that a token names. It must be valid now, made for this system, and signed by the issuer that this system
   * trusts. What it claims makes the principal, by `principalOf` of the domain; no token makes anyone.
   *
   * @throws Unauthenticated for any other token, however long or malformed.
   * @throws Unavailable when the issuer has to be asked and cannot be reached.
   */
  authenticate(token: string, options?: CallOptions): Promise<Principal>;
}
