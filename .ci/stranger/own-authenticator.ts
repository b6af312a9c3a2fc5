import type { CallerClaims } from '@coffee/domain';
import { principalOf } from '@coffee/domain';
import type { Authenticator, Clock } from '@coffee/ports';
import { abortable, Unauthenticated } from '@coffee/ports';

/** Tokens in a map, as someone who has only the packages would write them. */
export function ownAuthenticator(clock: Clock) {
  const issued = new Map<string, { readonly claims: CallerClaims; readonly from: number; readonly until: number }>();
  const authenticate: Authenticator['authenticate'] = (token, options = {}) =>
    abortable(options, async () => {
      const { claims = {}, from = 0, until = 0 } = issued.get(token) ?? {};
      const principal = from <= clock() && clock() < until ? principalOf(claims) : undefined;
      if (principal === undefined) throw new Unauthenticated('unknown');
      return principal;
    });
  const issue = (claims: CallerClaims, from: number, until: number) => {
    const token = `token ${crypto.randomUUID()}`;
    issued.set(token, { claims, from, until });
    return token;
  };
  return { authenticate, issue, revokeAll: () => issued.clear() };
}
