import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readStage } from './stage.ts';
import { findStage, verify } from './verify.ts';

/** `npx pnpm infra …`: `verify` tries a deployed stage; everything else is for the CDK. */
const [command, ...rest] = process.argv.slice(2);

async function verifyStage(args: readonly string[]): Promise<boolean> {
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
  return verify(await findStage(stage, Number(values.patience) * 1000, values.url), console.log);
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
  const child = spawn(process.execPath, [cdk, ...process.argv.slice(2)], { cwd: infra, stdio: 'inherit' });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal !== null) console.error(`cdk ended by ${signal}`);
  });
}
