import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The built server in a process of its own, on a free port. */
export interface ServerProcess {
  readonly process: ChildProcess;
  readonly api: string;
  readonly origin: string;
}

/** Starts the server on a file, and waits until it is up. */
export async function startProcess(data: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const api = /http:\/\/\S+\/prod/.exec(line)?.[0];
    if (api !== undefined) {
      child.stdout.resume();
      return { process: child, api, origin: new URL(api).origin };
    }
  }
  throw new Error('the process ended before it was up');
}
