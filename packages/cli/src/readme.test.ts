import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { unavailableBefore } from '@coffee/adapter-memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';
import { coffeeCommand, runCoffee } from './test-support/run-coffee.ts';
import { flagsOf, orderOf } from './test-support/sample-order.ts';
import type { FaultySystem } from './test-support/start-with-faults.ts';
import { startWithFaults } from './test-support/start-with-faults.ts';

/** The examples of the README and of every `--help`, run as they stand, by bash. */

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const commands = createProgram().commands.map((command) => command.name());
const sh = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => (block ?? '').split('\n'));
const ofReadme = sh.filter((line) => /\bcoffee\b/.test(line) && !/npm|pnpm/.test(line));

let system: FaultySystem;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  system = await startWithFaults();
  folder = await mkdtemp(join(tmpdir(), 'coffee-cli-'));
  const line = coffeeCommand.map((word) => `'${word}'`).join(' ');
  await writeFile(join(folder, 'coffee'), `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 });
  await writeFile(join(folder, 'orders.jsonl'), `${JSON.stringify(orderOf('a7', 'v7'))}\n`);
  env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, COFFEE_URL: system.url };
  await runCoffee(['order', ...flagsOf('a0', 'v0'), '--wait'], { url: system.url });
});
afterAll(async () => {
  await system.close();
  await rm(folder, { recursive: true });
});

async function run(example: string): Promise<void> {
  if (/redrive/.test(example)) {
    system.notifier.always('publish', unavailableBefore());
    await runCoffee(['order', ...flagsOf('a0', 'v0'), '--idempotency-key', 'my-order-1', '--wait'], {
      url: system.url,
    });
    system.notifier.clear();
  }
  await promisify(execFile)('bash', ['-c', example], { cwd: folder, env, timeout: 60_000 });
}

// The redrive comes first: what it brings to its end is looked at by others.
const inOrder = (examples: string[]) =>
  [...new Set(examples)].sort((one, other) => Number(/redrive/.test(other)) - Number(/redrive/.test(one)));

describe('examples', () => {
  it('of every --help run, and every command has one', async () => {
    const examples: string[] = [];
    for (const name of commands.filter((name) => !name.startsWith('_'))) {
      const { code, stdout } = await runCoffee([name, '--help']);
      expect(code).toBe(0);
      const own = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, example]) => example ?? '');
      expect({ name, examples: own.length }).not.toMatchObject({ examples: 0 });
      examples.push(...own.filter((example) => !/zsh|fish/.test(example)));
    }
    for (const example of inOrder(examples)) await run(example);
  }, 120_000);

  it('of the README run', async () => {
    expect(ofReadme.length).toBeGreaterThan(5);
    await system.close();
    system = await startWithFaults();
    env.COFFEE_URL = system.url;
    for (const example of ['coffee demo', ...inOrder(ofReadme)]) await run(example);
  }, 120_000);
});
