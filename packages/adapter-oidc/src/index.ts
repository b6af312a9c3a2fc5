export { OidcAuthenticator, type OidcAuthenticatorOptions } from './oidc-authenticator.ts';
