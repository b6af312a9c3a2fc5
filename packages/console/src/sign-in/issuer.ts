import type { Principal } from '@coffee/domain';
import { bearerOf } from '@coffee/domain';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';

/** Where to sign in, and as what. */
export interface IssuerDescription {
  readonly issuer: string;
  readonly audience: string;
  readonly clientid: string;
}

/** What proves that an answer of the issuer belongs to a question of this page. */
export interface Proof {
  readonly pkceCodeVerifier: string;
  readonly expectedState: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly idToken: string | undefined;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** How the issuer says that it has to ask the user first. */
const mustAsk = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

const loopback = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** Who bears a token, by its claims; the server is who verifies them. `undefined` when only the server can tell. */
export function callerOf(accessToken: string): Principal | undefined {
  try {
    return bearerOf(decodeJwt(accessToken));
  } catch {
    return undefined;
  }
}

/** Why a sign-in failed, in the words of the issuer; `undefined` when the issuer only has to ask the user first. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError) {
    return mustAsk.includes(error.error) ? undefined : (error.error_description ?? error.error);
  }
  if (error instanceof TypeError) return 'The issuer does not answer.'; // as fetch tells it
  const { message, cause } = error as Error & { readonly cause?: Partial<Error> };
  return cause?.message === undefined ? message : `${message}: ${cause.message}`;
}

function tokensOf(
  tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers,
  refreshToken?: string,
): Tokens {
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? refreshToken,
    idToken: tokens.id_token,
    expiresAt: Date.now() + (tokens.expiresIn() ?? Number.POSITIVE_INFINITY) * 1000,
  };
}

/** An OpenID Connect issuer, as a program without a secret sees it: authorization code and PKCE. */
export class Issuer {
  readonly #configuration: openid.Configuration;
  readonly #audience: string;
  readonly #redirectUri: string;

  private constructor(configuration: openid.Configuration, audience: string, redirectUri: string) {
    this.#configuration = configuration;
    this.#audience = audience;
    this.#redirectUri = redirectUri;
  }

  /** @throws when the issuer does not answer, or does not describe itself. */
  static async discover({ issuer, audience, clientid }: IssuerDescription, redirectUri: string): Promise<Issuer> {
    const url = new URL(issuer);
    const execute = loopback.test(url.hostname) ? [openid.allowInsecureRequests] : [];
    const configuration = await openid.discovery(url, clientid, undefined, openid.None(), { execute });
    return new Issuer(configuration, audience, redirectUri);
  }

  /** The page to sign in at. A silent one asks nothing: it signs in who is known to the issuer, or refuses. */
  async signInPage(isSilent: boolean): Promise<Proof & { readonly page: URL }> {
    const proof = { pkceCodeVerifier: openid.randomPKCECodeVerifier(), expectedState: openid.randomState() };
    const page = openid.buildAuthorizationUrl(this.#configuration, {
      scope: 'openid',
      redirect_uri: this.#redirectUri,
      audience: this.#audience,
      state: proof.expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(proof.pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...(isSilent ? { prompt: 'none' } : {}),
    });
    return { ...proof, page };
  }

  /** Exchanges the code, with which the browser came back, for tokens. @throws what {@link reasonOf} explains. */
  async redeem(back: URL, proof: Proof): Promise<Tokens> {
    return tokensOf(await openid.authorizationCodeGrant(this.#configuration, back, proof));
  }

  /** @throws when the issuer refuses, or does not answer. */
  async refresh(refreshToken: string): Promise<Tokens> {
    return tokensOf(await openid.refreshTokenGrant(this.#configuration, refreshToken), refreshToken);
  }

  /** The page that ends the session at the issuer; `undefined` where there is none. */
  signOutPage(idToken: string | undefined, next: string): URL | undefined {
    if (this.#configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    const hint: Record<string, string> = idToken === undefined ? {} : { id_token_hint: idToken };
    return openid.buildEndSessionUrl(this.#configuration, { post_logout_redirect_uri: next, ...hint });
  }
}
