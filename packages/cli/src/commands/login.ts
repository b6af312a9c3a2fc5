import type { Principal } from '@coffee/domain';
import { bearerOf } from '@coffee/domain';
import { Command } from '@commander-js/extra-typings';
import { exitCodes, Failure, UsageError } from '../failure.ts';
import { numberFrom, openSession, withServerOptions } from '../session.ts';
import { callbackPage, openPage } from '../sign-in/browser.ts';
import { revoke, signIn } from '../sign-in/issuer.ts';
import { assertPrivate } from '../sign-in/token-source.ts';
import { TokenStore } from '../sign-in/token-store.ts';
import { fields } from '../terminal/table.ts';
import type { Surroundings, Terminal } from '../terminal/terminal.ts';
import { localDateTime, plain } from '../terminal/text.ts';

function given(value: string | undefined, names: string): string {
  if (value) return value;
  throw new UsageError(`${names} must be given`, ['ask the operator of the server']);
}

/** What a token claims. It is not verified here: the server does that. Only its issuer can read one that is not a JWT. */
async function claimsOf(token: string) {
  const { decodeJwt } = await import('jose');
  try {
    const claims = decodeJwt(token);
    const { iss, exp } = claims;
    const expiresAt = exp === undefined ? undefined : new Date(exp * 1000).toISOString();
    return { issuer: iss, expiresAt, caller: bearerOf(claims) };
  } catch {
    return {};
  }
}

function nameOf(caller: Principal): string {
  if (caller.kind === 'customer') return `customer ${caller.accountid}`;
  return caller.kind === 'vendor' ? `vendor ${caller.vendorid}` : caller.kind;
}

async function show(terminal: Terminal, server: string, token: string): Promise<void> {
  const { issuer, expiresAt, caller } = await claimsOf(token);
  terminal.show({ server, issuer, caller, expiresAt }, () =>
    fields(terminal.label, [
      ['Server', plain(server)],
      ['Caller', caller === undefined ? 'only the server can read this token' : nameOf(caller)],
      ['Issuer', plain(issuer ?? '-')],
      ['Token until', expiresAt === undefined ? '-' : localDateTime(new Date(expiresAt))],
    ]),
  );
}

const audiences = 'the name of the server at the issuer, where the issuer asks for it (env: COFFEE_AUDIENCE)';

export const loginCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('login')
      .summary('sign in to a server, in the browser')
      .description(
        'Signs in at the issuer that the server trusts, in the browser. The tokens are kept in your configuration folder, ' +
          'readable by you only, and are sent to this server only. Scripts give a token with COFFEE_TOKEN instead.',
      )
      .option('--issuer <url>', 'where to sign in (env: COFFEE_ISSUER)')
      .option('--client-id <id>', 'the name of this program at the issuer (env: COFFEE_CLIENT_ID)')
      .option('--audience <name>', audiences)
      .option('--scope <scopes>', 'what to ask for', 'openid offline_access')
      .option('--port <port>', 'where the browser comes back to; 0 is any', numberFrom(0, 65_535), 0),
  )
    .addHelpText('after', '\nExample:\n  $ coffee login')
    .action(async (options) => {
      const { env } = surroundings;
      const { server, terminal, signal } = openSession(surroundings, options);
      const { origin } = server.api;
      assertPrivate(origin);
      const issuer = given(options.issuer ?? env.COFFEE_ISSUER, '--issuer or COFFEE_ISSUER');
      const clientId = given(options.clientId ?? env.COFFEE_CLIENT_ID, '--client-id or COFFEE_CLIENT_ID');
      const audience = options.audience ?? env.COFFEE_AUDIENCE;
      const store = new TokenStore(env);
      if (store.file === undefined) throw new UsageError('there is no folder to keep tokens in: set HOME');
      const page = await callbackPage(options.port);
      try {
        const visit = (start: URL): Promise<URL> => {
          const visited = page.visited(signal);
          terminal.note(`sign in at ${start}`);
          openPage(start, env);
          return visited;
        };
        const asked = { issuer, clientId, audience, scope: options.scope, redirectUri: page.url, visit };
        const signedIn = await signIn(asked);
        await store.set(origin, signedIn);
        await show(terminal, origin, signedIn.accessToken);
      } finally {
        page.close();
      }
    });

export const whoamiCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('whoami')
      .summary('show who is signed in to a server')
      .description('Shows what the token for this server claims: of COFFEE_TOKEN, or of the last "coffee login".'),
  )
    .addHelpText('after', '\nExample:\n  $ coffee whoami')
    .action(async (options) => {
      const { env } = surroundings;
      const { server, terminal } = openSession(surroundings, options);
      const { origin } = server.api;
      const token = env.COFFEE_TOKEN || (await new TokenStore(env).get(origin))?.accessToken;
      if (token === undefined) {
        const hints = ['sign in with: coffee login', 'an open server asks for no token'];
        throw new Failure(exitCodes.failed, `you are not signed in to ${origin}`, { code: 'NotSignedIn', hints });
      }
      await show(terminal, origin, token);
    });

export const logoutCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('logout')
      .summary('sign out of a server')
      .description('Forgets the tokens for this server, and asks the issuer to refuse them from now on.'),
  )
    .addHelpText('after', '\nExample:\n  $ coffee logout')
    .action(async (options) => {
      const { server, terminal } = openSession(surroundings, options);
      const { origin } = server.api;
      const store = new TokenStore(surroundings.env);
      const kept = await store.get(origin);
      if (kept !== undefined) {
        await store.set(origin, undefined);
        await revoke(kept).catch((error: Failure) => terminal.note(`the tokens may still be valid: ${error.message}`));
      }
      terminal.show({ server: origin }, () => `You are signed out of ${plain(origin)}.`);
    });
