import { spawn } from 'node:child_process';

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** An opener that is still running after this has become the browser itself. */
const graceMilliseconds = 2000;

/** Opens a web address in the person's browser, without a shell in between; tells whether that worked. */
export function openInBrowser(url: string): Promise<boolean> {
  if (!/^https?:$/.test(new URL(url).protocol)) return Promise.resolve(false);
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
    const opened = (success: boolean) => {
      clearTimeout(timer);
      child.unref();
      resolve(success);
    };
    const timer = setTimeout(() => opened(true), graceMilliseconds);
    child.on('error', () => opened(false));
    child.on('exit', (code) => opened(code === 0));
  });
}
