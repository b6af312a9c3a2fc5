import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import type { Argument } from '@commander-js/extra-typings';
import { Command, CommanderError } from '@commander-js/extra-typings';
import { backupCommand } from './commands/backup.ts';
import { completeCommand, completionCommand } from './commands/completion.ts';
import { demoCommand } from './commands/demo.ts';
import { getCommand } from './commands/get.ts';
import { invoiceCommand } from './commands/invoice.ts';
import { executionsCommand, mailboxCommand } from './commands/lists.ts';
import { loginCommand, logoutCommand, whoamiCommand } from './commands/login.ts';
import { menuCommand } from './commands/menu.ts';
import { orderCommand } from './commands/order.ts';
import { redriveCommand, statusCommand } from './commands/status.ts';
import { describeFailure, exitCodes, exitCodesHelp, Failure } from './failure.ts';
import type { Surroundings } from './terminal/terminal.ts';
import { hasColours, Terminal } from './terminal/terminal.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const help = `
Example:
  $ coffee order --accountid a0 --vendorid v0 --coffeetype Latte --coffeesize Small --quantity 2 --city Adelaide

${exitCodesHelp}

Colours appear on a terminal only; NO_COLOR and FORCE_COLOR are respected.`;

const termOf = (argument: Argument) => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`);

/** The whole command line. It throws `CommanderError` instead of ending the process. */
export function createProgram(surroundings: Surroundings): Command {
  const { stdout, stderr, env } = surroundings;
  const program = new Command('coffee')
    .description('Orders coffee ahead and shows what became of the order.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help to see how the command is used)')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHasColors: () => hasColours(stdout, env),
      getErrHasColors: () => hasColours(stderr, env),
      getOutHelpWidth: () => (stdout.isTTY && stdout.columns) || 80,
      getErrHelpWidth: () => (stderr.isTTY && stderr.columns) || 80,
      outputError: (text, write) => write(text.replace(/^error: /, 'coffee: ')),
    })
    .configureHelp({
      styleTitle: (text) => `\u001b[1m${text}\u001b[22m`,
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(termOf)].join(' '),
    })
    .addHelpText('after', help);
  const commands = [
    demoCommand,
    orderCommand,
    getCommand,
    statusCommand,
    invoiceCommand,
    executionsCommand,
    mailboxCommand,
    redriveCommand,
    menuCommand,
    backupCommand,
    loginCommand,
    whoamiCommand,
    logoutCommand,
    completionCommand,
  ];
  for (const create of commands) program.addCommand(create(surroundings).copyInheritedSettings(program));
  program.addCommand(completeCommand(program, surroundings).copyInheritedSettings(program), { hidden: true });
  return program;
}

/** Writes to standard error why a command failed; under `--json` as one line of JSON. */
function report(error: unknown, json: boolean, surroundings: Surroundings): number {
  const terminal = new Terminal(surroundings, json);
  if (!(error instanceof Failure)) {
    terminal.redraw(`${inspect(error)}\n`); // a defect: the stack tells where
    return exitCodes.failed;
  }
  const lines = describeFailure(error, (text) => terminal.style('red', text, 'stderr'));
  const text = json ? JSON.stringify(error) : `${terminal.style('bold', 'coffee:', 'stderr')} ${lines.join('\n')}`;
  terminal.redraw(`${text}\n`);
  return error.exitCode;
}

/** Runs a command line, given without the name of the program, and returns its exit code. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await createProgram(surroundings).parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    // Commander has already written what it has to say: help, the version, or what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return report(error, args.includes('--json'), surroundings);
  }
}
