import type { ClaimNames } from '@coffee/domain';
import { ContainerModule } from 'inversify';
import { localTokens } from './tokens.ts';

/** Whose tokens tell who is calling. */
export interface IssuerOptions {
  /** The `iss` of the tokens: an https URL, or an http one on this machine. */
  readonly url: string;
  /** The `aud` of the tokens. */
  readonly audience: string;
  /** What the console and the command line sign in as. Defaults to `coffee`. */
  readonly clientid?: string;
  /** The claims that tell the caller. Default to `coffee_role`, `coffee_accountid` and `coffee_vendorid`. */
  readonly claims?: Partial<ClaimNames>;
}

/**
 * Callers are known by the tokens of an issuer. Only this loads what verifies them.
 *
 * @throws RangeError for an issuer that cannot be trusted.
 */
export async function oidcModule({ url: issuer, audience, claims = {} }: IssuerOptions): Promise<ContainerModule> {
  const { OidcAuthenticator } = await import('@coffee/adapter-oidc');
  const authenticator = new OidcAuthenticator({ issuer, audience, claims });
  return new ContainerModule(({ bind }) => void bind(localTokens.authenticator).toConstantValue(authenticator));
}
