import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exitCodes, Failure, Interrupted } from '../failure.ts';
import type { Surroundings } from '../terminal/terminal.ts';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens a page in the browser that `BROWSER` names, or in the default one. Having none is not an error. */
export function openPage(page: URL, env: Surroundings['env']): void {
  const [command, ...args] = env.BROWSER ? [env.BROWSER] : (openers[process.platform] ?? ['xdg-open']);
  const browser = spawn(command, [...args, page.href], { detached: true, stdio: 'ignore' });
  browser.on('error', () => undefined).unref();
}

/** How long a person may take to sign in. */
const patience = 10 * 60_000;

/** A page on this machine, at which a browser comes back from the issuer. */
export interface CallbackPage {
  readonly url: string;
  /** The URL by which the browser comes back. @throws Interrupted, and Failure after ten minutes. */
  visited(signal: AbortSignal): Promise<URL>;
  close(): void;
}

/** Serves a {@link CallbackPage} on a port, or on any. */
export async function callbackPage(port: number): Promise<CallbackPage> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin());
    const isBack = url.pathname === '/callback';
    response.writeHead(isBack ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' });
    response.end(isBack ? 'You can close this page, and go on in the terminal.\n' : 'There is nothing here.\n');
    if (isBack) server.emit('visited', url);
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    url: `${origin()}/callback`,
    async visited(signal) {
      const timeout = AbortSignal.timeout(patience);
      try {
        const [url] = (await once(server, 'visited', { signal: AbortSignal.any([signal, timeout]) })) as [URL];
        return url;
      } catch {
        if (signal.aborted) throw new Interrupted();
        throw new Failure(exitCodes.failed, 'no one has signed in within ten minutes', { code: 'NotSignedIn' });
      }
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
