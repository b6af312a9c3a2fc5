#!/usr/bin/env node
import type { Menu } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import { isUnavailable } from '@coffee/ports';
import { help, readConfiguration } from './configuration.ts';

/** The body of an order that the menu sells. */
function sampleBody({ coffeetypes, coffeesizes }: Menu): string {
  const order = {
    accountid: 'a0',
    vendorid: 'v0',
    orderdate: '2026-11-24 09:30:00',
    city: 'Adelaide',
    details: { coffeetype: coffeetypes[0], ...coffeesizes[0], quantity: 2 },
    eventtype: ['new_order'],
  };
  return JSON.stringify({ order }).replaceAll("'", "'\\''");
}

async function main(): Promise<void> {
  const configuration = readConfiguration(process.argv.slice(2), process.env);
  if (configuration.help) {
    console.log(help);
    return;
  }
  const { aws, options } = configuration;
  // Loaded only now, so that the help and a wrong flag are answered at once.
  const { awsModules } = await import('./composition/aws-modules.ts');
  const { startLocal } = await import('./start-local.ts');
  const { issuer } = options;
  const system = await startLocal(aws ? { ...options, modules: await awsModules(process.env) } : options);
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1); // the second signal does not wait
    stopping = true;
    console.log(`${signal}: finishing what is running`);
    system.close(500).then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  system.lost.then(() => {
    console.error('the file cannot be used any more: start again');
    process.exit(1);
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(`Console     ${system.url}/
API         ${system.url}/prod
Mailbox     ${aws ? 'the subscribers of NOTIFICATIONS_TOPIC_ARN' : `${system.url}/mailbox`}${issuer === undefined ? '' : `\nCallers     by tokens of ${issuer.url}`}
Data        ${options.data}${aws ? ' (executions only)' : ''}
Order       curl -s ${system.url}/prod/order -H 'content-type: application/json'${issuer === undefined ? '' : ' -H "authorization: Bearer $COFFEE_TOKEN"'} -d '${sampleBody(options.menu ?? defaultMenu)}'`);
  const resumed = await system.resumed;
  if (resumed > 0) console.log(`${resumed} executions of the last run go on`);
}

// A reader that leaves, like `head -1`, ends nothing but its pipe.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch((error: unknown) => {
  // By name: @coffee/lambdas has a class of its own for a variable that --aws misses.
  if ((error as Error).name === 'ConfigurationError')
    console.error(`${(error as Error).message}; --help lists all options`);
  else if (isUnavailable(error)) console.error(`${error.message}\nchoose another file with --data`);
  else if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    console.error(`port ${(error as { port?: number }).port} is in use; choose another with --port`);
  } else if ((error as NodeJS.ErrnoException).syscall === 'listen') {
    console.error(`cannot listen on port ${(error as { port?: number }).port}: ${(error as Error).message}`);
  } else console.error(error);
  process.exitCode = 1;
});
