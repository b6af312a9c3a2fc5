import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stageOf } from '@coffee/api';
import { startVitest } from 'vitest/node';

const help = `Usage: npx pnpm acceptance --url URL [--mailbox URL]

Runs the acceptance suite against a running system.

  --url URL      the base URL of the API; without a path, /prod is appended
  --mailbox URL  where messages can be read; defaults to URL's /mailbox
  --help         show this
`;

function readArguments(): { url: string; mailbox?: string } | 'help' {
  const args = process.argv.slice(2);
  const { values } = parseArgs({
    args: args[0] === '--' ? args.slice(1) : args, // pnpm hands on the "--" of "npx pnpm acceptance -- --url …"
    options: { url: { type: 'string' }, mailbox: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return 'help';
  if (values.url === undefined) throw new TypeError('--url is missing');
  for (const url of [values.url, values.mailbox]) {
    if (url !== undefined && !/^https?:\/\/./.test(url))
      throw new TypeError(`${JSON.stringify(url)} is not an http URL`);
  }
  return { url: stageOf(values.url), ...(values.mailbox === undefined ? {} : { mailbox: values.mailbox }) };
}

async function main(): Promise<void> {
  let options: ReturnType<typeof readArguments>;
  try {
    options = readArguments();
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    process.exitCode = 2;
    return;
  }
  if (options === 'help') {
    console.log(help);
    return;
  }
  process.env.COFFEE_URL = options.url;
  if (options.mailbox !== undefined) process.env.COFFEE_MAILBOX = options.mailbox;
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  // Vitest sets the exit code.
  const vitest = await startVitest(['packages/acceptance/src/acceptance.test.ts'], { root, watch: false });
  await vitest.close();
}

await main();
