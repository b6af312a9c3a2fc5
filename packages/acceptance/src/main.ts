import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const help = `Usage: npx pnpm acceptance --url URL [--mailbox URL]

Runs the acceptance suite against a running system.

  --url URL      the base URL of the API; without a path, /prod is appended
  --mailbox URL  where messages can be read; defaults to URL's /mailbox
  --help         show this
`;

function readArguments() {
  const args = process.argv.slice(2);
  const { values } = parseArgs({
    args: args[0] === '--' ? args.slice(1) : args, // pnpm passes on the "--" of "npx pnpm acceptance -- --url …"
    options: { url: { type: 'string' }, mailbox: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
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
  if (values.mailbox !== undefined) process.env.COFFEE_MAILBOX = values.mailbox;
} catch (error) {
  console.error(`${(error as Error).message}\n\n${help}`);
  process.exit(2);
}
const root = fileURLToPath(new URL('../../..', import.meta.url));
// Vitest sets the exit code.
const vitest = await startVitest(['packages/acceptance/src/suite/'], { root, watch: false, fileParallelism: false });
await vitest.close();
