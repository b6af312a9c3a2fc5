import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { defaultMenu } from '@coffee/domain';
import { run } from '../run.ts';

/** What a run of the command gave. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly url?: string | undefined;
  readonly input?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** What stands in for a process, and what was written to its outputs once they have ended. */
export function surroundingsOf({ url, input = '', env }: RunOptions = {}) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = Promise.all([text(stdout), text(stderr)]);
  const surroundings = {
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr,
    env: { ...(url === undefined ? {} : { COFFEE_URL: url }), ...env },
    signal: new AbortController().signal,
    menu: defaultMenu,
  };
  return { surroundings, written };
}

/** Runs `coffee` to its end in this process. Standard input is empty unless `input` is given. */
export async function runCoffee(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { surroundings, written } = surroundingsOf(options);
  const code = await run(args, surroundings);
  surroundings.stdout.end();
  surroundings.stderr.end();
  const [stdout, stderr] = await written;
  return { code, stdout, stderr };
}

const words = ['--conditions=@coffee/source', fileURLToPath(new URL('../main.ts', import.meta.url))];

/** What a shell takes for the command: Node.js on the sources. */
export const coffeeLine = [process.execPath, ...words].map((word) => `'${word}'`).join(' ');

/** A shell script that runs `coffee`. */
export const coffeeScript = `#!/bin/sh\nexec ${coffeeLine} "$@"\n`;

/** The environment of a process of its own. */
export function environment({ url, env }: RunOptions): NodeJS.ProcessEnv {
  // With CI set, Node.js takes a terminal for one without colours.
  const { COFFEE_URL: _url, COFFEE_MENU: _menu, NO_COLOR: _no, FORCE_COLOR: _force, CI: _ci, ...rest } = process.env;
  return { ...rest, ...(url === undefined ? {} : { COFFEE_URL: url }), ...env };
}

/** Starts `coffee` as a process of its own, for what only a process shows. Its input is left open. */
export const startCoffee = (args: readonly string[], options: RunOptions = {}) =>
  spawn(process.execPath, [...words, ...args], { env: environment(options) });

/** Waits for the end of a process and for all that it wrote. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Run> {
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  return { code, stdout, stderr };
}

/** The objects that a run printed, one per line. */
export function jsonLines<T = Record<string, unknown>>({ stdout }: Pick<Run, 'stdout'>): T[] {
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}
