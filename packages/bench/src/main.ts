import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeFile } from './big-file.ts';
import { domainRates } from './domain-rates.ts';
import { startIssuer } from './issuer.ts';
import { LoadGenerator, orderBody } from './load.ts';
import type { Point } from './plot.ts';
import { plot } from './plot.ts';
import { Restate } from './restate.ts';
import type { Loaded } from './rounds.ts';
import { beside, closedLoop, median, openLoop, report } from './rounds.ts';
import { Server } from './server.ts';

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    against: { type: 'string', default: '' },
    plot: { type: 'string', default: '' },
  },
});
if (!['', 'restate'].includes(values.against)) throw new Error(`--against knows restate, not ${values.against}`);
/** A smoke run shows that every benchmark works; its figures mean nothing. */
const scale = values.smoke ? 0.01 : 1;
const amount = Math.round(20_000 * scale);
const seconds = (full: number): number => (values.smoke ? 1 : full);

const folder = await mkdtemp(join(tmpdir(), 'coffee-bench-'));
const bodies = Array.from({ length: 100_000 * scale }, () => orderBody());
const loadOf = (server: Server) => ({ server, load: new LoadGenerator(`${server.origin}/prod`, bodies) });

async function post(server: Server, body: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const headers = { 'content-type': 'application/json', ...more };
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

/** One order at a time, of a caller that is verified by a token, against an open system. */
async function verified(open: Server): Promise<void> {
  const issuer = await startIssuer('coffee-orders');
  try {
    const flags = ['--issuer', issuer.url, '--audience', 'coffee-orders'];
    const known = await Server.start(join(folder, 'known.sqlite'), [], flags);
    const timed = async (server: Server, headers?: Readonly<Record<string, string>>) => {
      const since = performance.now();
      await post(server, orderBody(), headers);
      return performance.now() - since;
    };
    const bearer = { authorization: `Bearer ${issuer.token}` };
    for (let sample = 0; sample < (values.smoke ? 5 : 3000); sample += 1) await timed(known, bearer); // compiled, as the other is
    const [latencies, baselines]: [number[], number[]] = [[], []];
    for (let sample = 0; sample < (values.smoke ? 5 : 500); sample += 1) {
      baselines.push(await timed(open));
      latencies.push(await timed(known, bearer));
    }
    await known.end();
    const figures = `${median(latencies).toFixed(2)} ms against ${median(baselines).toFixed(2)} ms on an open system`;
    report('one order of a verified caller', [median(latencies) / median(baselines)], figures);
  } finally {
    await issuer.end();
  }
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
    await server.untilEnded();
    for (let line = last - 9; line <= last; line += 1) lasts.push(await timed(account, line));
  }
  const figures = `${median(lasts).toFixed(2)} ms against ${median(firsts).toFixed(2)} ms for its first`;
  report(`an account's line ${last} of the month`, [median(lasts) / median(firsts)], figures);
}

/** Ours and Restate in turns, to the last step of each order. */
async function againstRestate(ours: Server): Promise<void> {
  const restate = await Restate.start(await mkdtemp(join(folder, 'restate-')), bodies);
  try {
    const load = new LoadGenerator(`${ours.origin}/prod`, bodies);
    const rates: { readonly ours: number; readonly theirs: number }[] = [];
    await restate.rate(amount / 20);
    for (let round = 0; round < 3; round += 1) {
      const theirs = await restate.rate(amount / 10);
      const since = performance.now();
      await load.closedLoop(amount);
      await ours.untilEnded();
      rates.push({ ours: (amount / (performance.now() - since)) * 1000, theirs });
    }
    const figure = (name: 'ours' | 'theirs') => Math.round(median(rates.map((round) => round[name])));
    report(
      'orders to their last step, against Restate',
      rates.map((round) => round.ours / round.theirs),
      `${figure('ours')} orders/s against ${figure('theirs')}/s there (${restate.sync})`,
    );
  } finally {
    restate.end();
  }
}

/** The rate with more and more orders in the file, drawn. */
async function plotRates(bare: Loaded, path: string): Promise<void> {
  const points: Point[] = [];
  for (const part of [0, 1 / 8, 1 / 4, 1 / 2, 1]) {
    const orders = 1_000_000 * scale * part;
    const data = join(folder, `plot-${orders}.sqlite`);
    if (orders > 0) await makeFile(data, { orders, accounts: 5000 });
    const ours = loadOf(await Server.start(data));
    const { ratios } = await closedLoop(`orders, closed loop, ${orders} in the file`, bare, ours, amount);
    points.push({ orders, ratio: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) });
    await ours.server.end();
    await rm(data, { force: true });
  }
  await writeFile(path, plot(points));
}

/** Everything but the plot. */
async function benchmark(bareServer: Server, bare: Loaded): Promise<void> {
  const fresh = join(folder, 'fresh.sqlite');
  let ours = loadOf(await Server.start(fresh));
  const { rate } = await closedLoop('orders, closed loop, fresh file', bare, ours, amount);
  await openLoop('orders, open loop at 70 %: p99', bare, ours, rate * 0.7, seconds(180));
  const { size } = await stat(`${fresh}-wal`);
  console.log(`    the log of the file has ${(size / 1e6).toFixed(0)} MB`);
  await latency(bareServer, ours.server);
  await verified(ours.server);
  await lines(ours.server);
  if (values.against === 'restate') await againstRestate(ours.server);
  const memory = await ours.server.memory();
  const bareMemory = await bareServer.memory();
  report('memory after all of these orders', [memory / bareMemory], `${memory} MB against ${bareMemory} MB`);
  await ours.server.end();

  const big = join(folder, 'big.sqlite');
  const stored = 1_000_000 * scale;
  await makeFile(big, { orders: stored, accounts: 5000 });
  ours = loadOf(await Server.start(big));
  const { rate: bigRate } = await closedLoop(`orders, closed loop, ${stored} in the file`, bare, ours, amount);
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
}

console.log(`Node.js ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()})`);
console.log(
  `${'benchmark'.padEnd(46)} ${'ratio'.padStart(8)}  ${'spread'.padEnd(13)}  against its baseline in the same run`,
);
const bareServer = await Server.startScript(fileURLToPath(new URL('./bare-server.ts', import.meta.url)));
const bare = loadOf(bareServer);
try {
  if (values.plot === '') await benchmark(bareServer, bare);
  else await plotRates(bare, values.plot);
} finally {
  await Server.endAll();
  await rm(folder, { recursive: true, force: true });
}
