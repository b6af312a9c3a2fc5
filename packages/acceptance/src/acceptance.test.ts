import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageOf } from '@coffee/api';
import { startLocal } from '@coffee/local';
import { afterAll, describe } from 'vitest';
import type { Target } from './customer.ts';
import { demonstration } from './demonstration.ts';
import { edgeCases } from './edge-cases.ts';
import { refusals } from './refusals.ts';

function suite(name: string, target: Target): void {
  describe(name, () => {
    demonstration(target);
    edgeCases(target);
    refusals(target);
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // whatever the reason, nothing can be read there
  }
}

/**
 * The target at a URL. An embedded system is known by its `/healthz`; anything else is taken for API Gateway. Defaults to
 * the mailbox of an embedded system.
 */
async function findTarget(url: string, mailbox = ''): Promise<Target> {
  const api = stageOf(url);
  const { origin } = new URL(api);
  const isEmbedded = await answers(`${origin}/healthz`);
  const target = { api, edge: isEmbedded ? 'embedded' : 'API Gateway' } as const;
  if (mailbox !== '') return { ...target, mailbox };
  return isEmbedded ? embedded(origin, api) : target;
}

const embedded = (url: string, api = `${url}/prod`): Target => ({ api, edge: 'embedded', mailbox: `${url}/mailbox` });
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
