import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLocal } from './start-local.ts';
import { EventReader } from './test-support/event-reader.ts';
import { orderOf } from './test-support/order-of.ts';
import { startProcess } from './test-support/server-process.ts';

const clients = 64;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-shutdown-'));
});
afterAll(() => rm(folder, { recursive: true }));

const exited = async (child: ChildProcess) => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { code: child.exitCode, signal: child.signalCode };
};

/** What happened to the requests of a load. */
interface Outcome {
  readonly accepted: string[];
  /** Answers of 503, as `Retry-After` and `Connection`. */
  readonly refused: string[];
  /** Errors of requests, by code. */
  readonly errors: string[];
}

/** Posts orders on kept connections until no one listens any more. */
async function load(api: string, name: string, onAccepted: (count: number) => void): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true });
  const outcome: Outcome = { accepted: [], refused: [], errors: [] };
  const post = async (body: string): Promise<void> => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request(`${api}/order`, { method: 'POST', agent, headers });
    const [answer] = await once(call.end(body), 'response');
    const value = (await json(answer)) as { orderid: string };
    if (answer.statusCode === 202) onAccepted(outcome.accepted.push(value.orderid));
    else outcome.refused.push(`${answer.statusCode} ${answer.headers['retry-after']} ${answer.headers.connection}`);
  };
  const worker = async (_: unknown, index: number) => {
    for (let number = 0; ; number += 1) {
      try {
        await post(JSON.stringify({ order: orderOf(`a${index}`, `${name}-${number}`) }));
      } catch (error) {
        const { code = String(error) } = error as NodeJS.ErrnoException;
        outcome.errors.push(code);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, worker));
  agent.destroy();
  return outcome;
}

it('SIGTERM under load resets no request, and every accepted order ends', { timeout: 120_000 }, async () => {
  const data = join(folder, 'load.sqlite');
  const accepted: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    const server = await startProcess(data);
    const outcome = await load(server.api, `r${round}`, (count) => {
      if (count === 150 + 37 * round) server.process.kill('SIGTERM');
    });
    expect(await exited(server.process)).toEqual({ code: 0, signal: null });
    expect(outcome.errors).toEqual(Array(clients).fill('ECONNREFUSED'));
    expect(new Set(outcome.refused)).toEqual(new Set(['503 1 close']));
    accepted.push(...outcome.accepted);
  }
  const server = await startProcess(data);
  try {
    for (const orderid of accepted) {
      await expect
        .poll(async () => (await (await fetch(`${server.api}/order/${orderid}`)).json()) as object, { timeout: 60_000 })
        .toMatchObject({ status: 'SUCCEEDED' });
    }
  } finally {
    server.process.kill('SIGTERM');
    await exited(server.process);
  }
});

it('nothing new begins once it closes: orders and redrives get 503, events end', async () => {
  const system = await startLocal();
  const agent = new Agent({ keepAlive: true });
  const ask = async (method: string, path: string) => {
    const headers = { 'content-type': 'application/json' };
    const call = request(`${system.url}${path}`, { method, agent, headers });
    const body = method === 'POST' ? JSON.stringify({ order: orderOf('a1', 'v1') }) : undefined;
    const [answer] = await once(call.end(body), 'response');
    answer.resume();
    return [answer.statusCode, answer.headers['retry-after'], answer.headers.connection];
  };
  const reader = await EventReader.open(system.url);
  expect(await ask('GET', '/healthz')).toEqual([200, undefined, 'keep-alive']);
  const closed = system.close(1000);
  const late = [ask('POST', '/prod/order'), ask('POST', '/executions/none/redrive'), ask('GET', '/healthz')];
  expect(await Promise.all(late)).toEqual([
    [503, '1', 'close'],
    [503, '1', 'close'],
    [200, undefined, 'close'],
  ]);
  await reader.ended;
  await closed;
  agent.destroy();
});

it('a reader of its output that leaves is no crash', { timeout: 60_000 }, async () => {
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [main, '--port', '0', '--data', join(folder, 'head.sqlite')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [lines] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.destroy();
  child.stderr.destroy();
  const origin = /http:\/\/\S+(?=\/$)/m.exec(String(lines))?.[0];
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exited(child)).toEqual({ code: 0, signal: null });
});
