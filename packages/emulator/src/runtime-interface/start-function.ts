import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { runtimeInterfaceClient } from './runtime-interface-client.ts';
import { runtimeInterfaceEmulator } from './runtime-interface-emulator.ts';

/** A function's deployment package, running as on Lambda, behind HTTP on this machine. */
export interface RunningFunction {
  /** The ports it listens on, for invocations and for the runtime. */
  readonly ports: readonly number[];
  /** Invokes it and returns its answer, or what Lambda answers in its place: `{ errorType, errorMessage, trace }`. */
  invoke(event: unknown): Promise<unknown>;
  /** What it has written to its log so far, and the emulator to its own. */
  log(): string;
  /** Ends its processes and removes its files. */
  stop(): Promise<void>;
}

const startMilliseconds = 30_000;

/**
 * Starts the zip of a function by Amazon's runtime interface client and emulator, on 127.0.0.1 and with these variables
 * only.
 *
 * @throws Error with the command that makes the zip, or a tool, when it is missing.
 */
export async function startFunction(
  name: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningFunction> {
  const [emulator, client] = [await runtimeInterfaceEmulator(), await runtimeInterfaceClient()];
  const folder = await mkdtemp(join(tmpdir(), `coffee-${name}-`));
  for (const [file, content] of Object.entries(unzipSync(await zipOf(name))))
    await writeFile(join(folder, file), content);

  const [port, runtimePort] = [await freePort(), await freePort()];
  const addresses = [
    ['--runtime-interface-emulator-address', `127.0.0.1:${port}`],
    ['--runtime-api-address', `127.0.0.1:${runtimePort}`],
  ].flat();
  const child = spawn(emulator, [...addresses, process.execPath, client, 'index.handler'], {
    cwd: folder,
    env: {
      AWS_LAMBDA_FUNCTION_NAME: name,
      // Lambda says so to every function that is started on demand; the emulator does not.
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      TZ: ':UTC',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group: the runtime is the emulator's child and must end with it.
    detached: true,
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const exit = once(child, 'exit');
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await exit;
    await rm(folder, { recursive: true, force: true });
  };

  const end = Date.now() + startMilliseconds;
  while (!(await isListening('127.0.0.1', port))) {
    if (child.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error(`${name} did not start\n${log}`);
    }
    await sleep(20);
  }
  return {
    ports: [port, runtimePort],
    log: () => log,
    stop,
    async invoke(event) {
      const url = `http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`;
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
      const text = await response.text();
      try {
        return JSON.parse(text);
      } catch (error) {
        throw new Error(`${name} answered ${response.status} ${JSON.stringify(text)}\n${log}`, { cause: error });
      }
    },
  };
}

/** Tells whether anything accepts connections there. */
export async function isListening(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function zipOf(name: string): Promise<Uint8Array> {
  try {
    return await readFile(createRequire(import.meta.url).resolve(`@coffee/lambdas/bundles/${name}.zip`));
  } catch (error) {
    throw new Error(`there is no bundle of ${name}: npx pnpm bundle`, { cause: error });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
