import { readFile } from 'node:fs/promises';
import type { Menu } from '@coffee/domain';
import { exampleCities } from '@coffee/domain';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { Argument, Command } from '@commander-js/extra-typings';
import { readMenu } from '../session.ts';
import type { Surroundings } from '../terminal/terminal.ts';

/** In place of file names, which the shell completes itself. */
const files = ':files';

interface Candidate {
  readonly word: string;
  readonly meaning: string;
}

/** Likely values of options; the server decides what is valid. */
const suggestionsOf = ({ coffeetypes, coffeesizes }: Menu): Readonly<Record<string, readonly string[]>> => ({
  '--city': exampleCities,
  '--coffeesize': coffeesizes.map((size) => size.coffeesize),
  '--coffeetype': coffeetypes,
  '--eventtype': ['new_order'],
  '--unitprice': coffeesizes.map((size) => size.unitprice),
  '--url': ['http://127.0.0.1:3000'],
  '--file': [files],
  '--menu': [files],
  '--save': [files],
});

const words = (list: readonly string[]): Candidate[] => list.map((word) => ({ word, meaning: '' }));

const optionsOf = (command: CommandUnknownOpts): Candidate[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, description }) => ({ word: long ?? '', meaning: description }));

function all(program: CommandUnknownOpts, menu: Menu, before: readonly string[], current: string): Candidate[] {
  const command = program.commands.find((candidate) => candidate.name() === before[0]);
  if (command === undefined) {
    if (current.startsWith('-')) return optionsOf(program);
    const commands = before.length === 0 || before[0] === 'help' ? program.createHelp().visibleCommands(program) : [];
    return commands.map((found) => ({ word: found.name(), meaning: found.summary() || found.description() }));
  }
  const option = command.options.find(({ long }) => long === before.at(-1));
  if (option !== undefined && !option.isBoolean())
    return words(option.argChoices ?? suggestionsOf(menu)[option.long ?? ''] ?? []);
  if (current.startsWith('-')) return optionsOf(command);
  return words(command.registeredArguments[0]?.argChoices ?? []);
}

/** What may come next on a command line: `line` is its words after `coffee`, the last one unfinished. */
export function candidates(program: CommandUnknownOpts, menu: Menu, line: readonly string[]): Candidate[] {
  const before = line.slice(0, -1);
  let current = line.at(-1) ?? '';
  // bash splits "--city=Ad" into "--city", "=" and "Ad".
  if (before.at(-1) === '=') before.pop();
  else if (current === '=') current = '';
  return all(program, menu, before, current).filter(({ word }) => word === files || word.startsWith(current));
}

const help = `
Examples:
  $ source <(coffee completion bash)
  $ source <(coffee completion zsh)
  $ coffee completion fish | source`;

export const completionCommand = ({ stdout }: Surroundings) =>
  new Command('completion')
    .summary('print the script that completes commands in your shell')
    .description('Prints the script that completes commands, options and their values in your shell.')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish'] as const))
    .addHelpText('after', help)
    .action(async (shell) => {
      const script = new URL(`../../completions/coffee.${shell}`, import.meta.url); // beside both src and dist
      stdout.write(await readFile(script, 'utf8'));
    });

/** What the scripts call: prints the words that may come next, one per line, each with its meaning after a tab. */
export const completeCommand = (program: CommandUnknownOpts, { stdout, env, menu }: Surroundings) =>
  new Command('__complete').argument('[words...]').action(async (words) => {
    const own = env.COFFEE_MENU === undefined ? undefined : await readMenu(env.COFFEE_MENU).catch(() => undefined);
    const lines = candidates(program, own ?? menu, words).map(({ word, meaning }) => `${word}\t${meaning}\n`);
    stdout.write(lines.join(''));
  });
