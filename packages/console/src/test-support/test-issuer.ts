import type { MutableRedirectUri } from 'oauth2-mock-server';
import { Events, OAuth2Server } from 'oauth2-mock-server';

/** An OpenID Connect issuer on this machine. No one is known to it at first. */
export class TestIssuer {
  readonly audience = 'coffee-orders';
  readonly clientid = 'coffee';
  /** The claims of the user that it knows by a cookie, as it were; `undefined` when it knows none. */
  user: Readonly<Record<string, unknown>> | undefined;
  /** The claims of who signs in at its page, if asked. Without them the page refuses. */
  visitor: Readonly<Record<string, unknown>> | undefined;
  /** Changes the claims of its access tokens. */
  flaw: Readonly<Record<string, unknown>> = {};
  /** Of its access tokens, in seconds. */
  lifetime = 3_600;
  /** Each grant that it was asked for tokens with. */
  readonly grants: unknown[] = [];
  readonly server = new OAuth2Server();

  static async start(): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    const { server } = issuer;
    await server.issuer.keys.generate('RS256');
    await server.start(undefined, '127.0.0.1');
    server.service.on(Events.BeforeAuthorizeRedirect, (redirect: MutableRedirectUri, { url }) => {
      const isSilent = url?.includes('prompt=none');
      if (!isSilent) issuer.user = issuer.visitor;
      if (issuer.user !== undefined) return;
      redirect.url.searchParams.delete('code');
      redirect.url.searchParams.set('error', isSilent ? 'login_required' : 'access_denied');
      if (!isSilent) redirect.url.searchParams.set('error_description', 'The password is wrong.');
    });
    server.service.on(Events.BeforeTokenSigning, ({ payload }, { body }) => {
      const isIdToken = payload.scope === undefined;
      if (isIdToken) return;
      issuer.grants.push(body.grant_type);
      Object.assign(payload, {
        aud: issuer.audience,
        jti: String(issuer.grants.length),
        ...issuer.user,
        ...issuer.flaw,
      });
    });
    server.service.on(Events.BeforeResponse, ({ body }) => {
      Object.assign(Object(body), { expires_in: issuer.lifetime });
    });
    server.service.on(Events.BeforePostLogoutRedirect, () => {
      issuer.user = undefined;
    });
    return issuer;
  }

  get url(): string {
    return this.server.issuer.url ?? '';
  }

  /** The answer of `GET /issuer` of a server that trusts it. */
  get info() {
    return { issuer: this.url, audience: this.audience, clientid: this.clientid };
  }

  /** An access token with these claims. */
  tokenOf(claims: object): Promise<string> {
    const payload = { aud: this.audience, ...claims };
    return this.server.issuer.buildToken({ scopesOrTransform: (_, own) => void Object.assign(own, payload) });
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.server.stop();
  }
}
