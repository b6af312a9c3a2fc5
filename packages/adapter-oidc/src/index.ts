export { type ClaimNames, OidcAuthenticator, type OidcAuthenticatorOptions } from './oidc-authenticator.ts';
