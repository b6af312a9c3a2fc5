import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { domainRatio } from './domain-ratio.ts';
import { orderBody, postOrders } from './load.ts';
import { startServer } from './server-process.ts';

const { values } = parseArgs({ options: { smoke: { type: 'boolean', default: false } } });
/** A smoke run shows that every benchmark works; its figures mean nothing. */
const scale = values.smoke ? 0.02 : 1;

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'coffee-bench-'));
const seconds = (since: number): number => (performance.now() - since) / 1000;
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

function report(name: string, ratio: number, detail: string): void {
  console.log(`${name.padEnd(44)} ${ratio.toFixed(3).padStart(8)}   ${detail}`);
}

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}

async function untilEnded(origin: string): Promise<void> {
  for (;;) {
    const { executions } = await getJson<{ executions: unknown[] }>(`${origin}/executions?status=RUNNING&limit=1`);
    if (executions.length === 0) return;
  }
}

async function post(api: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${api}/order`, { method: 'POST', headers, body });
  if (response.status !== 202) throw new Error(`answered ${response.status}`);
  return ((await response.json()) as { orderid: string }).orderid;
}

/** Milliseconds from sending one order to seeing its mail. */
async function untilMail(api: string, origin: string, body: string): Promise<number> {
  const since = performance.now();
  const orderid = await post(api, body);
  for (;;) {
    const { mails } = await getJson<{ mails: unknown[] }>(`${origin}/mailbox?orderid=${orderid}`);
    if (mails.length > 0) return performance.now() - since;
  }
}

console.log(`${'benchmark'.padEnd(44)} ${'ratio'.padStart(8)}   against its baseline in the same run`);
const bare = await startServer(path('./bare-server.ts'));
const local = await startServer(
  '--max-semi-space-size=8',
  '--max-old-space-size=256',
  path('../../local/dist/main.js'),
  '--port',
  '0',
  '--data',
  join(folder, 'coffee.sqlite'),
);
try {
  const amount = Math.round(20_000 * scale);
  await postOrders(bare.api, amount);
  await postOrders(local.api, amount);
  await untilEnded(local.origin);
  const rounds: { readonly bare: number; readonly local: number }[] = [];
  for (let round = 0; round < 3; round += 1) {
    const baseline = amount / (await postOrders(bare.api, amount));
    const since = performance.now();
    await postOrders(local.api, amount);
    await untilEnded(local.origin);
    rounds.push({ bare: baseline, local: amount / seconds(since) });
  }
  const rate = median(rounds.map((round) => round.local));
  const baseline = median(rounds.map((round) => round.bare));
  report(
    'orders through the whole workflow, durable',
    median(rounds.map((round) => round.local / round.bare)),
    `${Math.round(rate)} orders/s against ${Math.round(baseline)} bare requests/s, 32 connections`,
  );

  const samples = values.smoke ? 5 : 200;
  const latencies: number[] = [];
  const bareLatencies: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const since = performance.now();
    await post(bare.api, orderBody(sample));
    bareLatencies.push(performance.now() - since);
    latencies.push(await untilMail(local.api, local.origin, orderBody(sample)));
  }
  report(
    'latency of one order until its mail',
    median(latencies) / median(bareLatencies),
    `${median(latencies).toFixed(2)} ms against ${median(bareLatencies).toFixed(2)} ms for a bare request`,
  );

  // The n-th lines of many accounts, each order until its mail, so that the first and the thousandth are both medians.
  const last = values.smoke ? 20 : 1000;
  const accounts = values.smoke ? 2 : 10;
  const timed = async (account: number, number: number): Promise<number> => {
    const { order } = JSON.parse(orderBody(number)) as { order: object };
    const body = JSON.stringify({ order: { ...order, accountid: `line${account}`, vendorid: `v${number}` } });
    return untilMail(local.api, local.origin, body);
  };
  const firsts: number[] = [];
  const lasts: number[] = [];
  for (let account = 0; account < accounts; account += 1) {
    for (let number = 1; number <= 10; number += 1) firsts.push(await timed(account, number));
    const fill = Array.from({ length: last - 20 }, (_, index) => index + 11);
    for (let start = 0; start < fill.length; start += 50) {
      const chunk = fill.slice(start, start + 50).map((number) => timed(account, number));
      await Promise.all(chunk);
    }
    for (let number = last - 9; number <= last; number += 1) lasts.push(await timed(account, number));
  }
  report(
    `an account's line ${last} of the month`,
    median(lasts) / median(firsts),
    `${median(lasts).toFixed(2)} ms against ${median(firsts).toFixed(2)} ms for its first`,
  );

  const { ratio, own, plain } = domainRatio(values.smoke ? 1000 : 100_000);
  report(
    'parse + price + key',
    ratio,
    `${Math.round(own)} orders/s against ${Math.round(plain)}/s of zod parsing alone`,
  );

  const placed = amount * 4 + samples + accounts * last;
  const wanted = Math.round(100_000 * scale);
  if (placed < wanted) await postOrders(local.api, wanted - placed);
  await untilEnded(local.origin);
  const memory = await local.memory();
  const bareMemory = await bare.memory();
  report(
    `memory after ${wanted} orders`,
    memory / bareMemory,
    `${memory} MB against ${bareMemory} MB of the bare server`,
  );
} finally {
  await local.stop();
  await bare.stop();
  await rm(folder, { recursive: true, force: true });
}
