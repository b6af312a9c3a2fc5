import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

// Each test starts the command anew: compiled once is enough.
const compileCache = join(tmpdir(), 'coffee-cli-compile-cache');

/** The words that start the command: Node.js on the sources. */
export const coffeeCommand = [process.execPath, '--conditions=@coffee/source', main] as const;

/** What a run of the command gave. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run is given. */
export interface RunOptions {
  readonly url?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** On a pseudo-terminal, by `script` of util-linux: what is written to either output arrives as `stdout`. */
  readonly terminal?: boolean;
}

function environment({ url, env }: RunOptions): NodeJS.ProcessEnv {
  // With CI set, Node.js takes a terminal for one without colours.
  const { COFFEE_URL: _url, NO_COLOR: _no, FORCE_COLOR: _force, CI: _ci, ...rest } = process.env;
  return { ...rest, NODE_COMPILE_CACHE: compileCache, ...(url === undefined ? {} : { COFFEE_URL: url }), ...env };
}

/** Starts `coffee` as a process of its own, its input left open. */
export function startCoffee(args: readonly string[], options: RunOptions = {}): ChildProcessWithoutNullStreams {
  const [node, ...words] = coffeeCommand;
  const env = environment(options);
  if (!options.terminal) return spawn(node, [...words, ...args], { env });
  const line = [...coffeeCommand, ...args].map((word) => `'${word}'`).join(' ');
  return spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], { env });
}

/** Waits for the end of a process and for all it wrote. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Run> {
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  return { code, stdout, stderr };
}

/** Runs `coffee` to its end; nothing is piped in unless `input` is given. */
export function runCoffee(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = startCoffee(args, options);
  child.stdin.end(options.input ?? '');
  return ended(child);
}

/** The objects that a run printed, one a line. */
export function jsonLines<T = Record<string, unknown>>({ stdout }: Pick<Run, 'stdout'>): T[] {
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
