import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export interface ServerProcess {
  /** The base URL, like `http://127.0.0.1:3000/prod`. */
  readonly api: string;
  readonly origin: string;
  /** The memory it holds now, in megabytes (resident set). */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Runs this Node.js (its flags, a script, the script's flags) and waits for the URL it prints. */
export async function startServer(...parameters: readonly string[]): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('the server has no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    const api = /http:\/\/\S+\/prod/.exec(line)?.[0];
    if (api === undefined) continue;
    child.stdout.resume();
    return {
      api,
      origin: new URL(api).origin,
      async memory() {
        const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
        return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
      },
      async stop() {
        child.kill('SIGTERM');
        await once(child, 'exit');
      },
    };
  }
  throw new Error(`${parameters.join(' ')} ended before it was up`);
}
