import { MemoryAuthenticator } from '@coffee/adapter-memory';
import type { CallerClaims } from '@coffee/domain';
import { ContainerModule } from 'inversify';
import { localTokens } from '../composition/tokens.ts';
import type { LocalOptions } from '../start-local.ts';
import { CoffeeSystem } from './coffee-system.ts';

const claims = {
  customer: { accountid: 'a1' },
  otherCustomer: { accountid: 'a2' },
  vendor: { vendorid: 'v1' },
  otherVendor: { vendorid: 'v2' },
  operator: { role: 'operator' },
} as const satisfies Readonly<Record<string, CallerClaims>>;

/** Who calls in tests. The customer orders at the vendor, the other customer at the other vendor. */
export type Role = keyof typeof claims;
export const roles = Object.keys(claims) as readonly Role[];

/** A system that knows its callers by tokens that a test makes up, with a token of each role and three that are refused. */
export async function startKnowing(options: LocalOptions = {}) {
  const authenticator = new MemoryAuthenticator();
  const now = Date.now();
  const day = 86_400_000;
  const token = (role: Role, validity = {}) => authenticator.issue(claims[role], validity);
  const tokens = Object.fromEntries(roles.map((role) => [role, token(role)])) as Readonly<Record<Role, string>>;
  const refused = {
    unknown: 'made-up',
    expired: token('operator', { startsAt: now - day, expiresAt: now - 1 }),
    early: token('operator', { startsAt: now + day, expiresAt: now + 2 * day }),
    nameless: authenticator.issue({ role: 'anyone' }),
  };
  const module = new ContainerModule(({ bind }) => void bind(localTokens.authenticator).toConstantValue(authenticator));
  const system = await CoffeeSystem.start({ ...options, modules: [module, ...(options.modules ?? [])] });
  /** A call of a role, or with a token, or with nothing. */
  const call = (who: Role | { readonly token: string } | undefined, method: string, path: string, body?: unknown) => {
    const sent = typeof who === 'string' ? tokens[who] : who?.token;
    return system.send(method, path, body, sent === undefined ? {} : { authorization: `Bearer ${sent}` });
  };
  return { system, authenticator, tokens, refused, call };
}
