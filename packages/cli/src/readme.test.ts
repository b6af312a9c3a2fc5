import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { unavailableBefore } from '@coffee/adapter-memory';
import { describe, expect } from 'vitest';
import { createProgram } from './run.ts';
import type { FaultySystem } from './test-support/coffee-test.ts';
import { it } from './test-support/coffee-test.ts';
import { coffeeScript, environment, runCoffee, surroundingsOf } from './test-support/run-coffee.ts';
import { flagsOf, orderOf } from './test-support/sample-order.ts';

/** The examples of the README and of every `--help`, run as they are, by bash. */

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const commands = createProgram(surroundingsOf().surroundings).commands.map((command) => command.name());
const sh = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => (block ?? '').split('\n'));
const ofReadme = sh.filter((line) => /\bcoffee\b/.test(line) && !/npm|pnpm/.test(line));

/** Runs examples in a folder of their own. The redrive comes first: others look at the execution that it completes. */
async function runAll(examples: readonly string[], { url, notifier }: FaultySystem, folder: string): Promise<void> {
  await writeFile(join(folder, 'coffee'), coffeeScript, { mode: 0o755 });
  await writeFile(join(folder, 'orders.jsonl'), `${JSON.stringify(orderOf('a7', 'v7'))}\n`);
  const env = environment({ url, env: { PATH: `${folder}${delimiter}${process.env.PATH}` } });
  await runCoffee(['order', ...flagsOf('a0', 'v0'), '--wait'], { url });
  const redrive = examples.filter((example) => /redrive/.test(example));
  for (const example of new Set([...redrive, ...examples])) {
    if (redrive.includes(example)) {
      notifier.always('publish', unavailableBefore());
      await runCoffee(['order', ...flagsOf('a0', 'v0'), '--idempotency-key', 'my-order-1', '--wait'], { url });
      notifier.clear();
    }
    await promisify(execFile)('bash', ['-c', example], { cwd: folder, env });
  }
}

describe('examples', () => {
  it('of every --help run, and every command has one', { timeout: 120_000 }, async ({ system, folder }) => {
    const examples: string[] = [];
    for (const name of commands.filter((name) => !name.startsWith('_'))) {
      const { code, stdout } = await runCoffee([name, '--help']);
      expect(code).toBe(0);
      const own = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, example]) => example ?? '');
      expect({ name, examples: own.length }).not.toMatchObject({ examples: 0 });
      examples.push(...own.filter((example) => !/zsh|fish/.test(example)));
    }
    await runAll(examples, system, folder);
  });

  it('of the README run', { timeout: 120_000 }, async ({ system, folder }) => {
    expect(ofReadme.length).toBeGreaterThan(5);
    await runAll(['coffee demo', ...ofReadme], system, folder);
  });
});
