import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { startLocal } from '@coffee/local';
import { describe, expect, onTestFinished } from 'vitest';
import { createProgram } from './run.ts';
import { flagsOf, it, orderOf, whileFailing } from './test-support/coffee-test.ts';
import { coffeeScript, environment, runCoffee, surroundingsOf } from './test-support/run-coffee.ts';
import { signInAt } from './test-support/sign-in.ts';

/** The examples of the README and of every `--help`, run as they are: by bash those that need a shell or a file. */

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const sh = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => (block ?? '').split('\n'));
const ofReadme = sh.filter((line) => /\bcoffee\b/.test(line) && !/npm|pnpm/.test(line));

const program = createProgram(surroundingsOf().surroundings);
const commands = program.commands.map((command) => command.name()).filter((name) => !name.startsWith('_'));

async function ofHelp(name: string): Promise<string[]> {
  const { code, stdout } = await runCoffee([name, '--help']);
  expect(code).toBe(0);
  return [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, example]) => example ?? '');
}

describe('examples', () => {
  it.for(commands)('are in coffee %s --help', async (name) => {
    expect(await ofHelp(name)).not.toEqual([]);
  });

  it('of the README and of every --help run', { timeout: 120_000 }, async ({ folder }) => {
    const system = await startLocal({ data: join(folder, 'data', 'coffee.sqlite'), retryMilliseconds: 0 });
    onTestFinished(() => system.close());
    expect(ofReadme.length).toBeGreaterThan(5);
    const examples = ['coffee demo', ...(await Promise.all(commands.map(ofHelp))).flat(), ...ofReadme];
    await writeFile(join(folder, 'coffee'), coffeeScript, { mode: 0o755 });
    await writeFile(join(folder, 'orders.jsonl'), `${JSON.stringify(orderOf('a7', 'v7'))}\n`);
    const { url } = system;
    const { env: signIn } = await signInAt();
    const env = environment({ url, env: { ...signIn, PATH: `${folder}${delimiter}${process.env.PATH}` } });
    const order = ['order', ...flagsOf('a0', 'v0'), '--idempotency-key', 'my-order-1', '--wait'];
    await whileFailing(url, ['Notifier', 'publish'], () => runCoffee(order, { url }));
    // The redrive comes first: other examples look at the execution that it completes.
    const redrives = examples.filter((example) => /redrive/.test(example));
    for (const example of new Set([...redrives, ...examples.filter((line) => !/zsh|fish/.test(line))])) {
      const [, words] = /^coffee((?: [\w/-]+)+)$/.exec(example) ?? [];
      if (words === undefined) await promisify(execFile)('bash', ['-c', example], { cwd: folder, env });
      else expect(await runCoffee(words.trim().split(' '), { url, env: signIn }), example).toMatchObject({ code: 0 });
    }
  });
});
