import { Buffer } from 'node:buffer';
import type { JsonWebKey } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import type { CallerClaims } from '@coffee/domain';
import type { Clock } from '@coffee/ports';
import type { TokenFlaw } from '@coffee/ports/contracts';
import type { JWTPayload } from 'jose';
import { SignJWT } from 'jose';
import { Events, OAuth2Server } from 'oauth2-mock-server';

type Key = Awaited<ReturnType<OAuth2Server['issuer']['keys']['generate']>>;

/** What a token of the {@link TestIssuer} may have besides its claims. */
export interface IssueOptions {
  readonly flaw?: TokenFlaw | undefined;
  /** Overwrites the header or the payload. */
  readonly header?: object;
  readonly payload?: object;
}

const inSeconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID Connect issuer on this machine, which publishes one key at a time. */
export class TestIssuer {
  readonly audience = 'coffee-orders';
  /** The `iss` of its tokens. */
  url = '';
  readonly #server = new OAuth2Server();
  readonly #clock: Clock;
  readonly #algorithm: string;
  #key: Key | undefined;
  /** Overwrites the discovery document. */
  discovery: object = {};
  /** Paths that were asked for: the discovery document and the keys. */
  readonly asked: string[] = [];

  private constructor(clock: Clock, algorithm: string) {
    this.#clock = clock;
    this.#algorithm = algorithm;
  }

  static async start(clock: Clock = () => Date.now(), algorithm = 'ES256'): Promise<TestIssuer> {
    const issuer = new TestIssuer(clock, algorithm);
    const { service } = issuer.#server;
    service.on(Events.BeforeWellKnownOpenIdConfiguration, ({ body }) => {
      issuer.asked.push('discovery');
      Object.assign(body, { jwks_uri: `${issuer.url}/keys` }, issuer.discovery);
    });
    service.addRoute('GET', '/keys', (_, response) => {
      issuer.asked.push('keys');
      const published = issuer.#server.issuer.keys.toJSON().filter(({ kid }) => kid === issuer.#key?.kid);
      response.end(JSON.stringify({ keys: published }));
    });
    service.addRoute('GET', '/moved', (_, response) => {
      response.writeHead(302, { location: `${issuer.url}/keys` }).end();
    });
    await issuer.rotate();
    await issuer.#server.start(undefined, '127.0.0.1');
    issuer.url = issuer.#server.issuer.url ?? '';
    return issuer;
  }

  /** Publishes a new key in place of the one before, and signs with it. */
  async rotate(): Promise<void> {
    this.#key = await this.#server.issuer.keys.generate(this.#algorithm);
  }

  /** A token for an hour. */
  async issue(claims: CallerClaims, { flaw, header, payload }: IssueOptions = {}): Promise<string> {
    const now = inSeconds(this.#clock());
    const { role, accountid, vendorid } = claims;
    const times = { iat: now, nbf: now, exp: now + 3_600 };
    const named = { coffee_role: role, coffee_accountid: accountid, coffee_vendorid: vendorid };
    const body = { iss: this.url, aud: this.audience, sub: 'a-subject', ...times, ...named, ...payload };
    return this.#sign(flaw, { kid: this.#published.kid, ...header }, { ...body, ...this.#changesOf(flaw, now) });
  }

  /** Cannot be reached any more, and goes on signing tokens. */
  async close(): Promise<void> {
    if (this.#server.listening) await this.#server.stop();
    this.#server.issuer.url = this.url;
  }

  get #published(): Key {
    if (this.#key === undefined) throw new Error('The issuer has not been started.');
    return this.#key;
  }

  #changesOf(flaw: TokenFlaw | undefined, now: number): object {
    if (flaw === 'expired') return { exp: now - 60 };
    if (flaw === 'not-yet-valid') return { nbf: now + 60 };
    if (flaw === 'endless') return { exp: undefined };
    if (flaw === 'other-audience') return { aud: 'another-system' };
    return flaw === 'other-issuer' ? { iss: `${this.url}/other` } : {};
  }

  async #sign(flaw: TokenFlaw | undefined, header: { readonly kid: string }, payload: JWTPayload): Promise<string> {
    if (flaw === 'unsigned') return `${encode({ ...header, alg: 'none' })}.${encode(payload)}.`;
    if (flaw === 'public-key-as-secret') {
      const published = this.#server.issuer.keys.toJSON().find(({ kid }) => kid === header.kid);
      const secret = Buffer.from(
        createPublicKey({ key: published as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
      );
      return new SignJWT(payload).setProtectedHeader({ ...header, alg: 'HS256' }).sign(secret);
    }
    const { keys } = this.#server.issuer;
    const isForeign = flaw === 'unknown-key' || flaw === 'forged';
    const { kid } = isForeign ? await keys.generate(this.#algorithm) : this.#published;
    return this.#server.issuer.buildToken({
      kid,
      scopesOrTransform: (own, claims) => {
        if (flaw !== 'unknown-key') Object.assign(own, header);
        for (const name of Object.keys(claims)) delete claims[name];
        Object.assign(claims, payload);
      },
    });
  }
}
