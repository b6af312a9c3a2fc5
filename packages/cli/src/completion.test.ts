import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { defaultMenu } from '@coffee/domain';
import { describe, expect, it, onTestFinished } from 'vitest';
import { candidates } from './commands/completion.ts';
import { createProgram } from './run.ts';
import { coffeeScript, environment, runCoffee, surroundingsOf } from './test-support/run-coffee.ts';

const program = createProgram(surroundingsOf().surroundings);
const words = (...line: string[]) => candidates(program, defaultMenu, line).map(({ word }) => word);

describe('candidates', () => {
  it('are the commands at first', () => {
    expect(words('')).toEqual([
      ...[
        'demo',
        'order',
        'get',
        'status',
        'invoice',
        'executions',
        'mailbox',
        'redrive',
        'menu',
        'backup',
        'login',
        'whoami',
        'logout',
        'completion',
        'help',
      ],
    ]);
    expect(words('me')).toEqual(['menu']);
    expect(words('help', 're')).toEqual(['redrive']);
    expect(candidates(program, defaultMenu, ['men'])).toEqual([
      { word: 'menu', meaning: expect.stringContaining('costs') },
    ]);
  });

  it('are the options of a command after a dash', () => {
    expect(words('status', '--w')).toEqual(['--watch']);
    expect(words('status', 'my-order-1', '-')).toEqual(['--watch', '--json', '--url', '--retry-for', '--help']);
    expect(words('--')).toEqual(['--version', '--help']);
  });

  it('are the values of an option after it, also behind an equals sign', () => {
    expect(words('executions', '--status', '')).toEqual(['RUNNING', 'SUCCEEDED', 'FAILED']);
    expect(words('order', '--coffeetype', 'L')).toEqual(['Latte', 'Long Black']);
    expect(words('order', '--coffeesize', '=', 'x')).toEqual(['x-Large']);
    expect(words('order', '--coffeesize', '=')).toEqual(['Small', 'Medium', 'Large', 'x-Large']);
    expect(words('order', '--file', 'ord')).toEqual([':files']);
    expect(words('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  it('are none where anything is allowed', () => {
    expect(words('get', 'a')).toEqual([]);
    expect(words('order', '--quantity', '')).toEqual([]);
    expect(words('nonsense', '')).toEqual([]);
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints the script of %s', async (shell) => {
    const run = await runCoffee(['completion', shell]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('coffee __complete -- ');
  });

  it('completes commands, options and values in bash, and escapes blanks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-cli-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'coffee'), coffeeScript, { mode: 0o755 });
    const env = environment({ env: { PATH: `${folder}${delimiter}${process.env.PATH}` } });
    /** What bash would insert for the last of these words. */
    async function complete(...line: string[]): Promise<string[]> {
      const words = 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))';
      const script = `source <(coffee completion bash); ${words}; _coffee; printf "%s\\n" "\${COMPREPLY[@]}"`;
      const { stdout } = await promisify(execFile)('bash', ['-c', script, 'bash', 'coffee', ...line], { env });
      return stdout.trimEnd().split('\n');
    }
    expect(await complete('re')).toEqual(['redrive']);
    expect(await complete('order', '--coffeet')).toEqual(['--coffeetype']);
    expect(await complete('order', '--coffeetype', '')).toEqual([
      'Short\\ Black',
      'Flat\\ White',
      'Latte',
      'Long\\ Black',
    ]);
    expect(await complete('order', '--coffeetype', 'Short\\ B')).toEqual(['Short\\ Black']);
    expect(await complete('order', '--coffeetype', '"Short B')).toEqual(['Short Black']);
    expect(await complete('get', '$(touch should-not-be-run)')).toEqual(['']);
  });
});
