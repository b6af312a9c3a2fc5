import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readStage } from './stage.ts';

/** `npx pnpm infra …`: `verify` tries a deployed stage; everything else is for the CDK. */
const [command, ...rest] = process.argv.slice(2);

async function verifyStage(args: readonly string[]): Promise<boolean> {
  const { findStage, verify } = await import('./verify.ts'); // the clients of the SDK, which the CDK does not need
  const { values } = parseArgs({
    args: [...args],
    options: {
      context: { type: 'string', multiple: true, short: 'c', default: [] },
      url: { type: 'string' },
      patience: { type: 'string', default: '900' },
    },
  });
  const context = new Map(values.context.map((each) => [each.split('=', 1)[0], each.slice(each.indexOf('=') + 1)]));
  const stage = readStage({ tryGetContext: (key) => context.get(key) });
  const patience = Number(values.patience) * 1000;
  if (!(patience > 0)) throw new Error(`--patience must be seconds, not ${JSON.stringify(values.patience)}`);
  return verify(await findStage(stage, patience, values.url), console.log);
}

if (command === 'verify') {
  try {
    process.exitCode = (await verifyStage(rest)) ? 0 : 1;
  } catch (error) {
    console.error(`infra verify: ${(error as Error).message}`);
    process.exitCode = 1;
  }
} else {
  const infra = fileURLToPath(new URL('..', import.meta.url));
  const cdk = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url));
  process.on('SIGINT', () => undefined); // the CDK gets it too, and ends in its own time
  const child = spawn(process.execPath, [cdk, ...process.argv.slice(2)], { cwd: infra, stdio: 'inherit' });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
