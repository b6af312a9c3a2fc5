import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Server } from '../server.ts';
import type { Finding } from './ended-once.ts';
import { diskFull, killed, notifierDown, stopped } from './outages.ts';
import { heavyReads, pagesOfBigFile } from './reads.ts';

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    'no-tmpfs': { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const full = !values.small;

const canMount = (command: string): boolean => {
  const [program = '', ...parameters] = command.split(' ');
  return spawnSync(program, [...parameters, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0;
};

async function diskFullWhere(folder: string): Promise<Finding> {
  const command = ['unshare -m', 'unshare -rm'].find(canMount);
  if (command !== undefined) return diskFull(folder, full ? 8 : 2, command);
  const broken = values['no-tmpfs'] ? [] : ['a tmpfs needs root or `unshare -rm`; --no-tmpfs leaves it out'];
  return { figures: 'not run', broken };
}

const scenarios: Readonly<Record<string, (folder: string) => Promise<Finding>>> = {
  'notifier down': (folder) => notifierDown(folder, full ? 60 : 5),
  SIGKILL: (folder) => killed(folder, full ? 30 : 4),
  SIGTERM: (folder) => stopped(folder, full ? 10 : 2),
  'disk full': diskFullWhere,
  'heavy reads': (folder) => {
    const lines = full ? [10_000, 250_000] : [2000];
    return heavyReads(folder, { orders: full ? 100_000 : 5000, lines, months: full ? 100_000 : 5000 });
  },
  'a big file': (folder) => pagesOfBigFile(folder, full ? 1_000_000 : 20_000),
};

let [passed, failed] = [0, 0];
for (const [name, scenario] of Object.entries(scenarios)) {
  if (!name.includes(values.only)) continue;
  const folder = await mkdtemp(join(tmpdir(), 'coffee-soak-'));
  const since = performance.now();
  const { figures, broken } = await scenario(folder).catch((error: Error) => ({
    figures: '',
    broken: [String(error)],
  }));
  const seconds = Math.round((performance.now() - since) / 1000);
  console.log(`${broken.length === 0 ? 'held  ' : 'BROKEN'} ${name.padEnd(16)} ${figures} [${seconds} s]`);
  for (const line of broken) console.log(`       ${line}`);
  if (broken.length === 0) passed += 1;
  else failed += 1;
  await Server.endAll();
  await rm(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
