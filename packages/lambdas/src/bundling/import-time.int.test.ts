import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareClients } from '../test-support/bundles.ts';
import { importTimes } from '../test-support/import-times.ts';
import { bundle, functionNames } from './bundle.ts';

const names = await functionNames();
const ceiling = 1.35;
const samples = 15;
const attempts = 3;

const environment = {
  AWS_REGION: 'us-east-1',
  ORDERS_TABLE: 'orders',
  NOTIFICATION_LOG_TABLE: 'notification-log',
  INVOICES_BUCKET: 'invoices',
  NOTIFICATIONS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:notifications',
};

describe('the time to import a bundle', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coffee-bundles-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function write(name: string, entry: Parameters<typeof bundle>[0]): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, (await bundle(entry)).code);
    return file;
  }

  it.each(names)(`%s: less than ${ceiling} times that of its bare clients`, async (name) => {
    const files = [
      await write(`${name}.mjs`, { file: `src/functions/${name}.ts` }),
      await write(`${name}-bare.mjs`, { text: bareClients[name] ?? '' }),
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
