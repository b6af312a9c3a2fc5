import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MutableResponse } from 'oauth2-mock-server';
import { Events, OAuth2Server } from 'oauth2-mock-server';
import { onTestFinished } from 'vitest';

/** A browser that follows the page of the issuer back to the command line. */
const browser = `#!/bin/sh\nexec '${process.execPath}' -e 'void fetch(process.argv[1])' "$1"\n`;

/** An issuer, and a user of the command line with a folder and a browser, for one test. */
export async function signInAt() {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-sign-in-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(undefined, '127.0.0.1');
  onTestFinished(() => (server.listening ? server.stop() : undefined));
  const { service } = server;
  /** Every token it was asked for, as it was asked. */
  const asked: Readonly<Record<string, unknown>>[] = [];
  /** Changes its answers. */
  const answers: ((answer: MutableResponse) => unknown)[] = [];
  service.on(Events.BeforeTokenSigning, ({ payload }) => {
    Object.assign(payload, { coffee_accountid: 'a0', jti: String(asked.length) });
  });
  service.on(Events.BeforeResponse, (answer, { body }) => {
    asked.push({ ...body });
    for (const change of answers) change(answer);
  });
  const BROWSER = join(folder, 'browser');
  await writeFile(BROWSER, browser, { mode: 0o755 });
  const issuer = server.issuer.url ?? '';
  const env = { XDG_CONFIG_HOME: folder, COFFEE_ISSUER: issuer, COFFEE_CLIENT_ID: 'coffee-cli', BROWSER };
  return { server, service, issuer, env, asked, answers, file: join(folder, 'coffee', 'tokens.json') };
}
