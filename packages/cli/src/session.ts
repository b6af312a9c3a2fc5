import { readFile } from 'node:fs/promises';
import type { Menu } from '@coffee/domain';
import { parseMenu } from '@coffee/domain';
import type { Command, OptionValues } from '@commander-js/extra-typings';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { CoffeeServer } from './client/coffee-server.ts';
import { UsageError, whyUnreadable } from './failure.ts';
import { tokenSource } from './sign-in/token-source.ts';
import type { Surroundings } from './terminal/terminal.ts';
import { Terminal } from './terminal/terminal.ts';
import { duration } from './terminal/text.ts';

export function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

const defaultUrl = 'http://127.0.0.1:3000';

/** Adds the options of every command that asks a server. */
export const withServerOptions = <Args extends unknown[], Options extends OptionValues>(
  command: Command<Args, Options>,
) =>
  command
    .option('--json', 'print JSON only: one object, or one per line for a list')
    .option(
      '--url <url>',
      `the server or deployed gateway; without a path, /prod is appended (default: "${defaultUrl}", env: COFFEE_URL)`,
    )
    .option('--retry-for <seconds>', 'how long to keep trying while the server is too busy', numberFrom(0, 86_400), 15);

/** The option of the commands that need prices. */
export const menuOption = () =>
  new Option('--menu <file>', 'the menu of a deployed gateway, which does not show it, as JSON (env: COFFEE_MENU)');

/** What {@link withServerOptions} and {@link menuOption} gave. */
interface CommonOptions {
  readonly url?: string | undefined;
  readonly json?: true | undefined;
  readonly retryFor: number;
  readonly menu?: string | undefined;
  /** Says nothing about pauses, for commands that send much at once. */
  readonly quiet?: boolean;
}

/** What a command works with. */
export interface Session extends Pick<Surroundings, 'signal'> {
  readonly server: CoffeeServer;
  readonly terminal: Terminal;
  /** That of the server; for a deployed gateway that of the file, or the default one with a note. */
  readonly menu: () => Promise<Menu>;
}

/** @throws UsageError when the file cannot be read, or the menu not be sold from. */
export async function readMenu(file: string): Promise<Menu> {
  try {
    return parseMenu(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`--menu (COFFEE_MENU) ${file}: ${whyUnreadable(error)}`);
  }
}

export function openSession(surroundings: Surroundings, options: CommonOptions): Session {
  const { env, signal } = surroundings;
  const terminal = new Terminal(surroundings, options.json === true);
  const patience = {
    milliseconds: options.retryFor * 1000,
    onPause: (reason: string, milliseconds: number) => {
      if (!options.quiet) terminal.note(`${reason}, trying again in ${duration(milliseconds)}`);
    },
    signal,
  };
  const tokenOf = (origin: string) => tokenSource(origin, env);
  const server = new CoffeeServer(options.url ?? env.COFFEE_URL ?? defaultUrl, patience, tokenOf);
  const menu = async () => {
    const own = await server.menu();
    if (own !== undefined) return own;
    const file = options.menu ?? env.COFFEE_MENU;
    if (file !== undefined) return readMenu(file);
    terminal.note(
      'this server does not show its menu: assuming the default one; give its own with --menu FILE or COFFEE_MENU',
    );
    return surroundings.menu;
  };
  return { server, terminal, signal, menu };
}
