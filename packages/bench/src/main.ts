import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeFile } from './big-file.ts';
import { domainRates } from './domain-rates.ts';
import { LoadGenerator, orderBody } from './load.ts';
import { beside, closedLoop, median, openLoop, report } from './rounds.ts';
import { Server } from './server.ts';
import { untilEnded } from './soak/ended-once.ts';

const { values } = parseArgs({ options: { smoke: { type: 'boolean', default: false } } });
/** A smoke run shows that every benchmark works; its figures mean nothing. */
const scale = values.smoke ? 0.01 : 1;
const amount = Math.round(20_000 * scale);
const seconds = (full: number): number => (values.smoke ? 1 : full);

const folder = await mkdtemp(join(tmpdir(), 'coffee-bench-'));
const bodies = Array.from({ length: 100_000 * scale }, () => orderBody());
const loadOf = (server: Server) => ({ server, load: new LoadGenerator(`${server.origin}/prod`, bodies) });

async function post(server: Server, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${server.origin}/prod/order`, { method: 'POST', headers, body });
  if (response.status !== 202) throw new Error(`answered ${response.status}`);
  return ((await response.json()) as { orderid: string }).orderid;
}

/** Milliseconds from sending one order to seeing its message. */
async function untilMessage(server: Server, body: string): Promise<number> {
  const since = performance.now();
  const orderid = await post(server, body);
  for (;;) {
    const { mails } = await server.read<{ mails: unknown[] }>(`/mailbox?orderid=${orderid}`);
    if (mails.length > 0) return performance.now() - since;
  }
}

/** One order at a time, each until its message, against a bare request. */
async function latency(bare: Server, ours: Server): Promise<void> {
  const [latencies, baselines]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < (values.smoke ? 5 : 300); sample += 1) {
    const since = performance.now();
    await post(bare, orderBody());
    baselines.push(performance.now() - since);
    latencies.push(await untilMessage(ours, orderBody()));
  }
  const figures = `${median(latencies).toFixed(2)} ms against ${median(baselines).toFixed(2)} ms for a bare request`;
  report('one order until its message', [median(latencies) / median(baselines)], figures);
}

/** The n-th lines of many accounts, each order until its message, so that the first and the thousandth are both medians. */
async function lines(server: Server): Promise<void> {
  const [accounts, last] = values.smoke ? [2, 30] : [10, 1000];
  const timed = (account: number, line: number) => untilMessage(server, orderBody(`line${account}`, `v${line}`));
  const [firsts, lasts]: [number[], number[]] = [[], []];
  for (let account = 0; account < accounts; account += 1) {
    for (let line = 1; line <= 10; line += 1) firsts.push(await timed(account, line));
    const fill = Array.from({ length: last - 20 }, (_, index) => orderBody(`line${account}`, `v${index + 11}`));
    await new LoadGenerator(`${server.origin}/prod`, fill).closedLoop(fill.length);
    await untilEnded(server);
    for (let line = last - 9; line <= last; line += 1) lasts.push(await timed(account, line));
  }
  const figures = `${median(lasts).toFixed(2)} ms against ${median(firsts).toFixed(2)} ms for its first`;
  report(`an account's line ${last} of the month`, [median(lasts) / median(firsts)], figures);
}

console.log(`Node.js ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()})`);
console.log(
  `${'benchmark'.padEnd(46)} ${'ratio'.padStart(8)}  ${'spread'.padEnd(13)}  against its baseline in the same run`,
);
const bareServer = await Server.startScript(fileURLToPath(new URL('./bare-server.ts', import.meta.url)));
const bare = loadOf(bareServer);
try {
  const fresh = join(folder, 'fresh.sqlite');
  let ours = loadOf(await Server.start(fresh));
  const rate = await closedLoop('orders, closed loop, fresh file', bare, ours, amount);
  await openLoop('orders, open loop at 70 %: p99', bare, ours, rate * 0.7, seconds(180));
  const { size } = await stat(`${fresh}-wal`);
  console.log(`    the log of the file has ${(size / 1e6).toFixed(0)} MB`);
  await latency(bareServer, ours.server);
  await lines(ours.server);
  const memory = await ours.server.memory();
  const bareMemory = await bareServer.memory();
  report('memory after all of these orders', [memory / bareMemory], `${memory} MB against ${bareMemory} MB`);
  await ours.server.end();

  const big = join(folder, 'big.sqlite');
  const stored = 1_000_000 * scale;
  await makeFile(big, { orders: stored, accounts: 5000 });
  ours = loadOf(await Server.start(big));
  const bigRate = await closedLoop(`orders, closed loop, ${stored} in the file`, bare, ours, amount);
  const path = '/invoices?year=2026&month=11&limit=1000';
  const reads = await beside(ours.server, 10, path, () =>
    openLoop('orders at half of it beside ten readers: p99', bare, ours, bigRate / 2, seconds(20)),
  );
  console.log(`    ten readers read ${path} ${reads} times`);
  await ours.server.end();

  const { own, schema, plain } = domainRates(values.smoke ? 1000 : 20_000);
  const against = (baseline: number, what: string) =>
    report(
      `parse + price + key, against ${what}`,
      [own / baseline],
      `${Math.round(own)}/s against ${Math.round(baseline)}/s`,
    );
  against(schema, 'zod parsing');
  against(plain, 'zod without the rules');
} finally {
  await Server.endAll();
  await rm(folder, { recursive: true, force: true });
}
