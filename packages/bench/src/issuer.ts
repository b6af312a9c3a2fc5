import { OAuth2Server } from 'oauth2-mock-server';

/** An issuer of tokens on this machine, and a token of an operator for an audience. */
export async function startIssuer(audience: string) {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('ES256');
  await server.start(undefined, '127.0.0.1');
  const scopesOrTransform = (_: object, claims: Record<string, unknown>) =>
    void Object.assign(claims, { aud: audience, coffee_role: 'operator' });
  return {
    url: server.issuer.url ?? '',
    token: await server.issuer.buildToken({ scopesOrTransform }),
    end: () => server.stop(),
  };
}
