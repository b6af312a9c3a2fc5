import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invoice } from '@coffee/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderOf } from './test-support/order-of.ts';
import { startProcess } from './test-support/server-process.ts';

const ordersPerRound = 2000;
const connections = 32;
const accounts = 40;

/** Posts orders until the process is gone; returns the ids that were answered. `onAnswer` may kill it. */
async function load(api: string, round: number, onAnswer: (count: number) => void): Promise<string[]> {
  const answered: string[] = [];
  let next = 0;
  const worker = async () => {
    while (next < ordersPerRound) {
      const number = next++;
      try {
        const response = await fetch(`${api}/order`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ order: orderOf(`r${number % accounts}`, `v${round}-${number}`) }),
        });
        if (response.status !== 202) throw new Error(`answered ${response.status}`);
        answered.push(((await response.json()) as { orderid: string }).orderid);
        onAnswer(answered.length);
      } catch (error) {
        if (error instanceof TypeError) return; // the connection is gone with the process
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return answered;
}

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

async function pages<T>(url: string, items: (page: Record<string, T[]>) => T[] | undefined): Promise<T[]> {
  const all: T[] = [];
  let before: number | undefined;
  do {
    const page: Record<string, T[]> & { next?: number } = await getJson(
      `${url}&limit=1000${before ? `&before=${before}` : ''}`,
    );
    all.push(...(items(page) ?? []));
    before = page.next as number | undefined;
  } while (before !== undefined);
  return all;
}

describe('kill -9', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coffee-durability-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('three times under load loses no answered order and doubles no line or message', {
    timeout: 180_000,
  }, async () => {
    const data = join(folder, 'coffee.sqlite');
    const answered: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const system = await startProcess(data);
      const killAt = ordersPerRound / 4 + Math.floor((Math.random() * ordersPerRound) / 2);
      answered.push(
        ...(await load(system.api, round, (count) => {
          if (count === killAt) system.process.kill('SIGKILL');
        })),
      );
      if (system.process.exitCode === null && system.process.signalCode === null) await once(system.process, 'exit');
      expect(system.process.signalCode).toBe('SIGKILL');
    }
    expect(answered.length).toBeGreaterThan((3 * ordersPerRound) / 4);

    const system = await startProcess(data);
    try {
      await expect
        .poll(
          async () =>
            (await getJson<{ executions: unknown[] }>(`${system.origin}/executions?status=RUNNING`)).executions.length,
          {
            timeout: 60_000,
          },
        )
        .toBe(0);
      const executions = await pages<{ orderid: string; status: string }>(
        `${system.origin}/executions?`,
        (page) => page.executions,
      );
      expect(executions.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
      const ids = executions.map(({ orderid }) => orderid).sort();
      expect(new Set(ids).size).toBe(ids.length);
      expect(answered.filter((orderid) => !ids.includes(orderid))).toEqual([]);

      const mails = await pages<{ id: string }>(`${system.origin}/mailbox?`, (page) => page.mails);
      expect(mails.map(({ id }) => id).sort()).toEqual(ids);

      const lines: string[] = [];
      for (let account = 0; account < accounts; account += 1) {
        const { url } = await getJson<{ url: string }>(`${system.api}/invoice?objectKey=2026/11/r${account}`);
        lines.push(...(await getJson<Invoice>(url)).lines.map(({ orderid }) => orderid));
      }
      expect(lines.sort()).toEqual(ids);
    } finally {
      system.process.kill('SIGTERM');
      await once(system.process, 'exit');
      expect(system.process.exitCode).toBe(0);
    }
  });
});
