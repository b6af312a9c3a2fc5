import { OidcAuthenticator } from '@coffee/adapter-oidc';
import { required } from '../aws/environment.ts';
import { AuthorizeHandler } from '../handlers/authorize-handler.ts';
import { observeAuthorizer } from '../observability/observe.ts';

/** One for all calls: it keeps the keys of the issuer. */
const authenticator = new OidcAuthenticator({
  issuer: required(process.env, 'ISSUER'),
  audience: required(process.env, 'AUDIENCE'),
});

/** The Lambda authorizer of the API, where there is an issuer of tokens. */
export const handler = observeAuthorizer('authorize', new AuthorizeHandler(authenticator).handle);
