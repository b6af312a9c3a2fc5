import { createRequire } from 'node:module';
import type { Argument, CommandUnknownOpts } from '@commander-js/extra-typings';
import { Command } from '@commander-js/extra-typings';
import { completeCommand, completionCommand } from './commands/completion.ts';
import { demoCommand } from './commands/demo.ts';
import { executionsCommand } from './commands/executions.ts';
import { getCommand } from './commands/get.ts';
import { invoiceCommand } from './commands/invoice.ts';
import { mailboxCommand } from './commands/mailbox.ts';
import { menuCommand } from './commands/menu.ts';
import { orderCommand } from './commands/order.ts';
import { redriveCommand } from './commands/redrive.ts';
import { statusCommand } from './commands/status.ts';
import { exitCodesHelp } from './exit-codes.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const help = `
Example:
  $ coffee order --accountid a0 --vendorid v0 --coffeetype Latte --coffeesize Small --quantity 2 --city Adelaide

${exitCodesHelp}

Colours appear on a terminal only; NO_COLOR and FORCE_COLOR are heeded.`;

const termOf = (argument: Argument) => {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
};

/** The whole command line. It throws `CommanderError` instead of ending the process. */
export function createProgram(): Command {
  const program = new Command('coffee')
    .description('Orders coffee ahead, and shows what became of it.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(--help after the command tells how it is used)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'coffee: ')) })
    .configureHelp({
      styleTitle: (text) => `\u001b[1m${text}\u001b[22m`,
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(termOf)].join(' '),
    })
    .addHelpText('after', help);
  const commands: readonly CommandUnknownOpts[] = [
    demoCommand(),
    orderCommand(),
    getCommand(),
    statusCommand(),
    invoiceCommand(),
    executionsCommand(),
    mailboxCommand(),
    redriveCommand(),
    menuCommand(),
    completionCommand(),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  program.addCommand(completeCommand(program).copyInheritedSettings(program), { hidden: true });
  return program;
}
