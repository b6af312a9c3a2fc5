import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import { isLoopback, isPrivate } from '../client/addresses.ts';
import { exitCodes, Failure, UsageError } from '../failure.ts';
import type { SignIn } from './token-store.ts';

/** Where this program signs in, and as what. */
interface Client {
  readonly issuer: string;
  readonly clientId: string;
}

function signInOf(
  { issuer, clientId }: Client,
  tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
  refreshToken?: string,
): SignIn {
  const seconds = tokens.expiresIn();
  const expiresAt = seconds === undefined ? undefined : Date.now() + seconds * 1000;
  const { access_token: accessToken } = tokens;
  return { issuer, clientId, accessToken, refreshToken: tokens.refresh_token ?? refreshToken, expiresAt };
}

/** What a sign-in asks of the issuer. */
export interface SignInRequest extends Client {
  readonly scope: string;
  readonly audience?: string | undefined;
  /** Where the browser comes back to: a page on this machine. */
  readonly redirectUri: string;
  /** Shows the issuer's page to the user, and answers the URL by which the browser came back. */
  readonly visit: (page: URL) => Promise<URL>;
}

/**
 * Asks the issuer for something.
 *
 * @throws Failure with the issuer's own words when it refuses, or why it cannot be asked.
 */
async function ask<T>(
  client: Client,
  question: (openid: typeof import('openid-client'), configuration: Configuration) => Promise<T>,
): Promise<T> {
  const { issuer, clientId } = client;
  if (!URL.canParse(issuer) || !isPrivate(issuer)) {
    throw new UsageError(`${JSON.stringify(issuer)} is not an issuer`, ['its address begins with https']);
  }
  const openid = await import('openid-client'); // most commands do without
  const execute = isLoopback(issuer) ? [openid.allowInsecureRequests] : [];
  try {
    const configuration = await openid.discovery(new URL(issuer), clientId, undefined, openid.None(), { execute });
    return await question(openid, configuration);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { error: refusal, error_description: description, message, cause, code } = error as Partial<Refusal>;
    const words = refusal === undefined ? [message, cause?.message] : [refusal, description];
    const reason = words.filter((text) => text !== undefined).join(': ');
    const isAway = error instanceof TypeError || code === 'OAUTH_TIMEOUT'; // as fetch tells it
    throw new Failure(isAway ? exitCodes.noAnswer : exitCodes.failed, `the issuer ${issuer}: ${reason}`, {
      code: 'IssuerFailure',
      hints: refusal === 'invalid_grant' ? ['sign in again: coffee login'] : [],
      cause: error,
    });
  }
}

/** How the library tells that an issuer refuses, in the words of the issuer. */
interface Refusal extends Error {
  readonly code: string;
  readonly error: string;
  readonly error_description: string;
  readonly cause?: Error;
}

/** Signs a user in by an authorization code with PKCE: no other program can use the code. @throws Failure */
export function signIn({ scope, audience, redirectUri, visit, ...client }: SignInRequest): Promise<SignIn> {
  return ask(client, async (openid, configuration) => {
    const [pkceCodeVerifier, expectedState] = [openid.randomPKCECodeVerifier(), openid.randomState()];
    const page = openid.buildAuthorizationUrl(configuration, {
      scope,
      redirect_uri: redirectUri,
      state: expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...(audience === undefined ? {} : { audience }),
    });
    const back = await visit(page);
    const tokens = await openid.authorizationCodeGrant(configuration, back, { pkceCodeVerifier, expectedState });
    return signInOf(client, tokens);
  });
}

/** Gets a new access token. @throws Failure */
export function refresh(before: SignIn & { readonly refreshToken: string }): Promise<SignIn> {
  return ask(before, async (openid, configuration) => {
    const tokens = await openid.refreshTokenGrant(configuration, before.refreshToken);
    return signInOf(before, tokens, before.refreshToken);
  });
}

/** Asks the issuer to refuse the tokens from now on. @throws Failure */
export function revoke({ refreshToken, accessToken, ...client }: SignIn): Promise<void> {
  return ask(client, (openid, configuration) => openid.tokenRevocation(configuration, refreshToken ?? accessToken));
}
