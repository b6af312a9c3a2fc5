import type { Command, OptionValues } from '@commander-js/extra-typings';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { CoffeeServer } from './client/coffee-server.ts';
import type { Surroundings } from './surroundings.ts';
import { Terminal } from './terminal/terminal.ts';
import { duration } from './terminal/text.ts';

/** A whole number on the command line. */
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
    .addOption(new Option('--json', 'print JSON only: one object, or one per line for a list'))
    .addOption(
      new Option(
        '--url <url>',
        `the server or deployed gateway; without a path, /prod is appended (default: "${defaultUrl}", env: COFFEE_URL)`,
      ),
    )
    .addOption(
      new Option('--retry-for <seconds>', 'how long to keep trying while the server is too busy')
        .argParser(numberFrom(0, 86_400))
        .default(15),
    );

/** What {@link withServerOptions} gave. */
export interface CommonOptions {
  readonly url?: string | undefined;
  readonly json?: true | undefined;
  readonly retryFor: number;
}

/** What a command works with. */
export interface Session {
  readonly server: CoffeeServer;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The server to ask and the terminal to write to. `quiet` says nothing about pauses, for commands that send much at once. */
export function openSession(
  surroundings: Surroundings,
  { url, json, retryFor }: CommonOptions,
  { quiet = false }: { readonly quiet?: boolean } = {},
): Session {
  const { env, signal, menu } = surroundings;
  const terminal = new Terminal(surroundings, { json: json === true });
  const patience = {
    milliseconds: retryFor * 1000,
    onPause: (reason: string, milliseconds: number) => {
      if (!quiet) terminal.note(`${reason}, trying again in ${duration(milliseconds)}`);
    },
    signal,
  };
  const server = new CoffeeServer(url ?? env.COFFEE_URL ?? defaultUrl, patience, menu);
  return { server, terminal, signal };
}
