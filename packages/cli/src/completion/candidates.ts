import { defaultMenu } from '@coffee/domain';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { cities } from '../orders/random-order.ts';

/** Stands for the names of files, which the shell completes itself. */
const files = ':files';

/** A word that may come next, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly meaning: string;
}

/** What may well be given to an option, though the server is the judge of it. */
const suggestions: Readonly<Record<string, readonly string[]>> = {
  '--accountid': [],
  '--city': cities,
  '--coffeesize': defaultMenu.coffeesizes.map((size) => size.coffeesize),
  '--coffeetype': defaultMenu.coffeetypes,
  '--eventtype': ['new_order'],
  '--unitprice': defaultMenu.coffeesizes.map((size) => size.unitprice),
  '--url': ['http://127.0.0.1:3000'],
  '--file': [files],
  '--save': [files],
};

const words = (list: readonly string[]): Candidate[] => list.map((word) => ({ word, meaning: '' }));

function optionsOf(command: CommandUnknownOpts): Candidate[] {
  const options = command.createHelp().visibleOptions(command);
  return options.map(({ long, description }) => ({ word: long ?? '', meaning: description }));
}

/** The option of this name that takes a value. */
function takingValue(command: CommandUnknownOpts, name: string | undefined) {
  return command.options.find((option) => option.long === name && !option.isBoolean());
}

function all(program: CommandUnknownOpts, before: readonly string[], current: string): Candidate[] {
  const command = program.commands.find((candidate) => candidate.name() === before[0]);
  if (command === undefined) {
    if (current.startsWith('-')) return optionsOf(program);
    const commands = before.length === 0 || before[0] === 'help' ? program.createHelp().visibleCommands(program) : [];
    return commands.map((found) => ({ word: found.name(), meaning: found.summary() || found.description() }));
  }
  const option = takingValue(command, before.at(-1));
  if (option !== undefined) return words(option.argChoices ?? suggestions[option.long ?? ''] ?? []);
  if (current.startsWith('-')) return optionsOf(command);
  return words(command.registeredArguments[0]?.argChoices ?? []);
}

/** What may come next on a command line: `line` is its words after `coffee`, the last of them unfinished. */
export function candidates(program: CommandUnknownOpts, line: readonly string[]): Candidate[] {
  const before = line.slice(0, -1);
  let current = line.at(-1) ?? '';
  // bash takes "--city=Ad" apart into "--city", "=" and "Ad".
  if (before.at(-1) === '=') before.pop();
  else if (current === '=') current = '';
  return all(program, before, current).filter(({ word }) => word === files || word.startsWith(current));
}
