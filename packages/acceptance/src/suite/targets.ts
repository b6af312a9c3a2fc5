import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageOf } from '@coffee/api';
import { startLocal } from '@coffee/local';
import { afterAll, describe } from 'vitest';
import type { Target } from './customer.ts';

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
export async function findTarget(url: string, mailbox = ''): Promise<Target> {
  const api = stageOf(url);
  const { origin } = new URL(api);
  const isEmbedded = await answers(`${origin}/healthz`);
  const target = { api, edge: isEmbedded ? 'embedded' : 'API Gateway' } as const;
  if (mailbox !== '') return { ...target, mailbox };
  return isEmbedded ? embedded(origin, api) : target;
}

export const embedded = (url: string, api = `${url}/prod`): Target => ({
  api,
  edge: 'embedded',
  mailbox: `${url}/mailbox`,
});

/**
 * Registers tests for the system at `COFFEE_URL`, whose messages are at `COFFEE_MAILBOX`; without one, for embedded systems
 * in memory and on a SQLite file.
 */
export async function forEachTarget(register: (target: Target) => void): Promise<void> {
  const { COFFEE_URL: url = '', COFFEE_MAILBOX: mailbox } = process.env;
  if (url !== '') {
    const target = await findTarget(url, mailbox);
    describe(target.api, () => register(target));
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'coffee-acceptance-'));
  const memory = await startLocal();
  const sqlite = await startLocal({ data: join(folder, 'coffee.sqlite') });
  afterAll(async () => {
    await memory.close();
    await sqlite.close();
    await rm(folder, { recursive: true });
  });
  describe('in memory', () => register(embedded(memory.url)));
  describe('on a SQLite file', () => register(embedded(sqlite.url)));
}
