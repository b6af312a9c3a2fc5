import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { apiOf } from './client/api-of.ts';
import { CoffeeServer } from './client/coffee-server.ts';
import { duration } from './terminal/local-time.ts';
import { Terminal } from './terminal/terminal.ts';

/** A number on the command line. */
export function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** `--url`, an option of every command that asks a server. */
export const urlOption = () =>
  new Option('--url <url>', 'the server or deployed gateway; without a path, /prod is appended')
    .env('COFFEE_URL')
    .default('http://127.0.0.1:3000');

/** `--json`, an option of every command. */
export const jsonOption = () => new Option('--json', 'print JSON only: one object, or one a line for a list');

/** `--retry-for`, an option of every command that asks a server. */
export const retryOption = () =>
  new Option('--retry-for <seconds>', 'how long to try again while the server is too busy')
    .argParser(numberFrom(0, 86_400))
    .default(15);

/** What {@link urlOption}, {@link jsonOption} and {@link retryOption} gave. */
export interface CommonOptions {
  readonly url: string;
  readonly json?: true | undefined;
  readonly retryFor: number;
}

/** What a command works with. */
export interface Session {
  readonly server: CoffeeServer;
  readonly terminal: Terminal;
}

/** Whom to ask and where to write. `quiet` says nothing of pauses, for commands that send much at once. */
export function openSession(
  { url, json, retryFor }: CommonOptions,
  { signal, quiet = false }: { readonly signal?: AbortSignal; readonly quiet?: boolean } = {},
): Session {
  const terminal = new Terminal({ json: json === true });
  const server = new CoffeeServer(apiOf(url), {
    milliseconds: retryFor * 1000,
    onPause: (reason, milliseconds) => {
      if (!quiet) terminal.note(`${reason}, trying again in ${duration(milliseconds)}`);
    },
    ...(signal === undefined ? {} : { signal }),
  });
  return { server, terminal };
}
