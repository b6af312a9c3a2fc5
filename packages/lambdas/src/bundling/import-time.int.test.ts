import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareClients } from '../test-support/bundles.ts';
import type { Bundle } from './bundle.ts';
import { bundleFunctions, bundleText } from './bundle.ts';

const run = promisify(execFile);

const measure = `
  const begun = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(begun);
  console.log((user + system) / 1000);
`;

async function importTime(file: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const flags = ['--input-type=module', '--eval', measure, pathToFileURL(file).href];
  const { stdout } = await run(process.execPath, flags, { env: { ...process.env, ...environment } });
  return Number(stdout);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

/**
 * The medians of the time it takes to import each of two files, milliseconds of processor time: a new process each
 * time, one file and the other by turns. Time on the clock would measure what else the machine does.
 */
async function importTimes(
  files: readonly [string, string],
  samples: number,
  environment: Readonly<Record<string, string>>,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    for (const turn of sample % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      times[turn].push(await importTime(files[turn], environment));
    }
  }
  return [median(times[0]), median(times[1])];
}

const functions = [...(await bundleFunctions())];
const ceiling = 1.35;
const samples = 15;
const attempts = 3;

const environment = {
  AWS_REGION: 'us-east-1',
  ORDERS_TABLE: 'orders',
  NOTIFICATION_LOG_TABLE: 'notification-log',
  INVOICES_BUCKET: 'invoices',
  NOTIFICATIONS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:notifications',
  ISSUER: 'https://issuer.example',
  AUDIENCE: 'coffee-orders',
};

describe('the time to import a bundle', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coffee-bundles-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function write(name: string, { code }: Bundle): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, code);
    return file;
  }

  it.each(functions)(`%s: less than ${ceiling} times that of its bare clients`, async (name, bundle) => {
    const files = [
      await write(`${name}.mjs`, bundle),
      // Without a client of the SDK there is too little to compare with.
      await write(`${name}-bare.mjs`, await bundleText(bareClients[name === 'authorize' ? 'get-item' : name] ?? '')),
    ] as const;
    const ratios: number[] = [];
    while (ratios.length < attempts) {
      const [ours, bare] = await importTimes(files, samples, environment);
      ratios.push(ours / bare);
      console.log(`${name}: ${ours.toFixed(0)} ms, bare ${bare.toFixed(0)} ms, ratio ${(ours / bare).toFixed(2)}`);
      if (ours / bare < ceiling) break;
    }
    expect(Math.min(...ratios)).toBeLessThan(ceiling);
  });
});
