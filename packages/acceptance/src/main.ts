import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const help = `Usage: npx pnpm acceptance --url URL [--mailbox URL | --callers FILE]

Runs the acceptance suite against a running system.

  --url URL      the base URL of the API; without a path, /prod is appended
  --mailbox URL  where messages can be read; defaults to URL's /mailbox
  --callers FILE for a system that knows its callers: their tokens in JSON, with the accounts and the vendor they are for:
                 {"customer": {"accountid", "token"}, "other": {"accountid", "token"}, "vendor": {"vendorid", "token"},
                 "operator": {"token"}, "refused": {"expired": "a token", …}}; runs what is so for such a system
  --help         show this
`;

function readArguments() {
  const args = process.argv.slice(2);
  const { values } = parseArgs({
    args: args[0] === '--' ? args.slice(1) : args, // pnpm passes on the "--" of "npx pnpm acceptance -- --url …"
    options: {
      url: { type: 'string' },
      mailbox: { type: 'string' },
      callers: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.url === undefined && !values.help) throw new TypeError('--url is missing');
  for (const url of [values.url, values.mailbox]) {
    if (url !== undefined && !/^https?:\/\/./.test(url))
      throw new TypeError(`${JSON.stringify(url)} is not an http URL`);
  }
  return values;
}

try {
  const values = readArguments();
  if (values.help) {
    console.log(help);
    process.exit();
  }
  process.env.COFFEE_URL = values.url;
  if (values.callers !== undefined) process.env.COFFEE_CALLERS = resolve(values.callers);
  if (values.mailbox !== undefined) process.env.COFFEE_MAILBOX = values.mailbox;
} catch (error) {
  console.error(`${(error as Error).message}\n\n${help}`);
  process.exit(2);
}
const root = fileURLToPath(new URL('../../..', import.meta.url));
// Vitest sets the exit code.
const part = process.env.COFFEE_CALLERS === undefined ? 'suite' : 'callers';
const vitest = await startVitest([`packages/acceptance/src/${part}/`], { root, watch: false, fileParallelism: false });
await vitest.close();
