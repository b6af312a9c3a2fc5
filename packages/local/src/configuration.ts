import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Menu } from '@coffee/domain';
import { MenuRejected, parseMenu } from '@coffee/domain';
import addressparser from 'nodemailer/lib/addressparser';
import { loopback } from './http/graceful-server.ts';
import type { LocalOptions } from './start-local.ts';

/** A flag or variable that cannot be used; the message names it and the rule. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export const help = `Usage: npx pnpm start [options]

Runs the coffee order system on this machine. Flags override variables.

  --port N       PORT              the port on 127.0.0.1; 0 takes a free one (default 3000)
  --data FILE    COFFEE_DATA       the SQLite file (default .coffee/coffee.sqlite)
  --keep DAYS    COFFEE_KEEP       delete what ended executions and messages hold after so many days; orders and
                                   invoices stay (default: keep everything)
  --host-name N  COFFEE_HOST_NAME  also answer to this Host, besides loopback ones; repeatable
  --cors ORIGIN  COFFEE_CORS       also let pages of this origin use the API, besides loopback ones; * for all; repeatable
  --issuer URL   COFFEE_ISSUER     know callers by the tokens of this OpenID Connect issuer (default: open to everyone)
  --audience A   COFFEE_AUDIENCE   the audience of those tokens (needed with --issuer)
  --client-id I  COFFEE_CLIENT_ID  what the console and the command line sign in as (default coffee)
  --menu FILE    COFFEE_MENU       what can be ordered and what it costs, as JSON (default: the seed's menu)
  --smtp URL     COFFEE_SMTP       also send e-mail through this server, like smtp://127.0.0.1:1025
  --mail-to A    COFFEE_MAIL_TO    to this address (needed with --smtp)
  --mail-from A  COFFEE_MAIL_FROM  from this address (default coffee-orders@localhost)
  --aws                            use AWS, or AWS_ENDPOINT_URL, for orders, invoices and notifications: ORDERS_TABLE,
                                   NOTIFICATION_LOG_TABLE, INVOICES_BUCKET and NOTIFICATIONS_TOPIC_ARN
  --help                           show this
`;

/** The flags that take one text. */
type Text = 'port' | 'data' | 'keep' | 'issuer' | 'audience' | 'client-id' | 'menu' | 'smtp' | 'mail-to' | 'mail-from';

/** What the flags and variables ask for, or `help`. */
export type Configuration =
  | { readonly help: true }
  | { readonly help: false; readonly aws: boolean; readonly options: LocalOptions };

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new ConfigurationError(`--port (PORT) must be a whole number from 0 to 65535, not ${JSON.stringify(text)}`);
  }
  return port;
}

function daysOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new ConfigurationError(`--keep (COFFEE_KEEP) must be 1 to 99999 days, not ${JSON.stringify(text)}`);
}

/** The values of a flag, or of its variable, which separates them by blanks or commas. */
const listOf = (values: readonly string[] | undefined, variable = ''): readonly string[] =>
  values ?? variable.split(/[\s,]+/).filter((text) => text !== '');

function hostNameOf(text: string): string {
  if (/^(?:[a-z0-9]|[a-z0-9][a-z0-9.-]*[a-z0-9]|\[[0-9a-f:.]+\])$/i.test(text)) return text;
  throw new ConfigurationError(
    `--host-name (COFFEE_HOST_NAME) must be a name without a port, not ${JSON.stringify(text)}`,
  );
}

function originOf(text: string): string {
  if (text === '*' || (/^https?:\/\//.test(text) && URL.parse(text)?.origin === text)) return text;
  const rule = 'must be an origin, like https://shop.example:8443, or *';
  throw new ConfigurationError(`--cors (COFFEE_CORS) ${rule}, not ${JSON.stringify(text)}`);
}

/** The issuer of tokens and their audience, which are given together. */
function issuerOf(url: string | undefined, audience: string | undefined, clientid: string | undefined) {
  if (url === undefined && audience === undefined) return {};
  if (url === undefined) throw new ConfigurationError('--audience (COFFEE_AUDIENCE) needs --issuer (COFFEE_ISSUER)');
  if (!audience) throw new ConfigurationError('--issuer (COFFEE_ISSUER) needs --audience (COFFEE_AUDIENCE)');
  const { protocol, host = '' } = URL.parse(url) ?? {};
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(host))) {
    const rule = 'must be an https URL, or an http one on this machine';
    throw new ConfigurationError(`--issuer (COFFEE_ISSUER) ${rule}, not ${JSON.stringify(url)}`);
  }
  return { issuer: { url, audience, ...(clientid === undefined ? {} : { clientid }) } };
}

/** The text is not shown: it may hold a password. */
function smtpUrlOf(text: string): string {
  const url = URL.parse(text);
  if (!/^smtps?:$/.test(url?.protocol ?? '') || !url?.hostname || url.port === '0') {
    throw new ConfigurationError(
      '--smtp (COFFEE_SMTP) must begin with smtp:// or smtps:// and name a host, like smtp://127.0.0.1:1025; a port is a whole number from 1 to 65535',
    );
  }
  return text;
}

/** One address or several, as in the header of a message. */
function addressesOf(flag: string, text: string): string {
  const addresses = addressparser(text, { flatten: true });
  if (addresses.length === 0 || !addresses.every(({ address }) => /^[^\s@]+@[^\s@]+$/.test(address))) {
    throw new ConfigurationError(`${flag} must be an address like barista@example.com, not ${JSON.stringify(text)}`);
  }
  return text;
}

/** Reads and checks a menu file; the message names the file, the field and the rule. */
function menuOf(file: string): Menu {
  try {
    return parseMenu(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const rule = error instanceof MenuRejected ? error.message : `it cannot be read: ${(error as Error).message}`;
    throw new ConfigurationError(`--menu (COFFEE_MENU) ${file}: ${rule}`, { cause: error });
  }
}

/**
 * Reads flags, variables and the menu file.
 *
 * @throws ConfigurationError for an unknown flag, an invalid port, number of days or menu, an SMTP server or address that cannot be used, an
 * SMTP server together with AWS, or an issuer without an audience or one that cannot be trusted.
 */
export function readConfiguration(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  let values: Partial<Record<Text, string>> & {
    'host-name'?: string[];
    cors?: string[];
    help?: boolean;
    aws?: boolean;
  };
  try {
    // pnpm passes on the "--" of "npx pnpm start -- --port 4000".
    ({ values } = parseArgs({
      args: argv[0] === '--' ? argv.slice(1) : [...argv],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        keep: { type: 'string' },
        'host-name': { type: 'string', multiple: true },
        cors: { type: 'string', multiple: true },
        issuer: { type: 'string' },
        audience: { type: 'string' },
        'client-id': { type: 'string' },
        menu: { type: 'string' },
        smtp: { type: 'string' },
        'mail-to': { type: 'string' },
        'mail-from': { type: 'string' },
        aws: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    throw new ConfigurationError((error as Error).message.replace(/\. .*/s, ''));
  }
  if (values.help) return { help: true };
  const port = portOf(values.port ?? environment.PORT ?? '3000');
  const data = values.data ?? environment.COFFEE_DATA ?? '.coffee/coffee.sqlite';
  if (data === '') throw new ConfigurationError('--data (COFFEE_DATA) must name a file');
  const http = {
    hostNames: listOf(values['host-name'], environment.COFFEE_HOST_NAME).map(hostNameOf),
    cors: listOf(values.cors, environment.COFFEE_CORS).map(originOf),
  };
  const keep = values.keep ?? environment.COFFEE_KEEP;
  const file = { data, ...(keep === undefined ? {} : { keepDays: daysOf(keep) }) };
  const menuFile = values.menu ?? environment.COFFEE_MENU;
  const menu = menuFile === undefined ? {} : { menu: menuOf(menuFile) };
  const issuer = issuerOf(
    values.issuer ?? environment.COFFEE_ISSUER,
    values.audience ?? environment.COFFEE_AUDIENCE,
    values['client-id'] ?? environment.COFFEE_CLIENT_ID,
  );
  const common = { port, ...file, ...http, ...menu, ...issuer };
  const aws = values.aws ?? false;
  const url = values.smtp ?? environment.COFFEE_SMTP;
  if (url === undefined) return { help: false, aws, options: common };
  if (aws) throw new ConfigurationError('--aws sends e-mail through the topic: remove --smtp (COFFEE_SMTP)');
  const to = values['mail-to'] ?? environment.COFFEE_MAIL_TO;
  if (to === undefined) throw new ConfigurationError('--smtp needs --mail-to (COFFEE_MAIL_TO)');
  const from = values['mail-from'] ?? environment.COFFEE_MAIL_FROM ?? 'coffee-orders@localhost';
  const smtp = {
    url: smtpUrlOf(url),
    to: addressesOf('--mail-to (COFFEE_MAIL_TO)', to),
    from: addressesOf('--mail-from (COFFEE_MAIL_FROM)', from),
  };
  return { help: false, aws, options: { ...common, smtp } };
}
