import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '@coffee/local';
import { afterAll, describe } from 'vitest';
import type { Target } from './customer.ts';
import { demonstration } from './demonstration.ts';
import { edgeCases } from './edge-cases.ts';
import { findTarget } from './find-target.ts';
import { refusals } from './refusals.ts';

function suite(name: string, target: Target): void {
  describe(name, () => {
    demonstration(target);
    edgeCases(target);
    refusals(target);
  });
}

const embedded = (url: string): Target => ({ api: `${url}/prod`, edge: 'embedded', mailbox: `${url}/mailbox` });
const { COFFEE_URL: url, COFFEE_MAILBOX: mailbox } = process.env;

if (url !== undefined && url !== '') {
  const target = await findTarget(url, mailbox);
  suite(target.api, target);
} else {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-acceptance-'));
  const memory = await startLocal();
  const sqlite = await startLocal({ data: join(folder, 'coffee.sqlite') });
  afterAll(async () => {
    await memory.close();
    await sqlite.close();
    await rm(folder, { recursive: true });
  });
  suite('in memory', embedded(memory.url));
  suite('on a SQLite file', embedded(sqlite.url));
}
