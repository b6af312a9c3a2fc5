import { readFile } from 'node:fs/promises';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { Argument, Command } from '@commander-js/extra-typings';
import { candidates } from '../completion/candidates.ts';

const help = `
Examples:
  $ source <(coffee completion bash)
  $ source <(coffee completion zsh)
  $ coffee completion fish | source`;

/** `coffee completion SHELL`: the script that completes `coffee` in a shell. */
export const completionCommand = () =>
  new Command('completion')
    .summary('print the script that completes commands in your shell')
    .description('Prints the script that completes commands, options and their values in your shell.')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish'] as const))
    .addHelpText('after', help)
    .action(async (shell) => {
      const script = new URL(`../../completions/coffee.${shell}`, import.meta.url); // beside both src and dist
      process.stdout.write(await readFile(script, 'utf8'));
    });

/** What the scripts ask: the words that may come next, one a line, each with its meaning after a tab. */
export const completeCommand = (program: CommandUnknownOpts) =>
  new Command('__complete').argument('[words...]').action((words) => {
    const lines = candidates(program, words).map(({ word, meaning }) => `${word}\t${meaning}\n`);
    process.stdout.write(lines.join(''));
  });
