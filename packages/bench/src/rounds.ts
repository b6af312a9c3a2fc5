import { setTimeout } from 'node:timers/promises';
import type { LoadGenerator } from './load.ts';
import type { Server, ThreadTimes } from './server.ts';

/** The value below which a part of the values is, like 0.99 of them. */
function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** A benchmark's line: its ratio (the median of rounds, with the spread), and what it was made of. */
export function report(name: string, ratios: readonly number[], detail: string): void {
  const spread = ratios.length > 1 ? `${Math.min(...ratios).toFixed(3)}–${Math.max(...ratios).toFixed(3)}` : '';
  console.log(`${name.padEnd(46)} ${median(ratios).toFixed(3).padStart(8)}  ${spread.padEnd(13)}  ${detail}`);
}

/** A server and the client that loads it. */
export interface Loaded {
  readonly server: Server;
  readonly load: LoadGenerator;
}

const names: Readonly<Record<string, string>> = {
  MainThread: 'main',
  WorkerThread: 'database',
  V8Worker: 'garbage collection',
};

/** What each thread used for each of so many requests, in microseconds; threads that hardly run are left out. */
function timesEach(before: ThreadTimes, after: ThreadTimes, requests: number): string {
  const each = [...after].map(([name, time]) => [name, (time - (before.get(name) ?? 0)) / requests] as const);
  const told = each.filter(([, time]) => time >= 1).map(([name, time]) => `${names[name] ?? name} ${Math.round(time)}`);
  return `${told.join(' + ')} µs`;
}

/** The median rate of ours, and the ratio of each round. */
export interface Rates {
  readonly rate: number;
  readonly ratios: readonly number[];
}

/** Bare and ours in turns, three times each, so that what else the machine does hits both. */
export async function closedLoop(name: string, bare: Loaded, ours: Loaded, amount: number): Promise<Rates> {
  await bare.load.closedLoop(amount / 2);
  await ours.load.closedLoop(amount / 2);
  await ours.server.untilEnded();
  const rates: { readonly bare: number; readonly ours: number }[] = [];
  let [times, written] = ['', 0];
  let bareTimes = '';
  for (let round = 0; round < 3; round += 1) {
    const bareBefore = await bare.server.threadTimes();
    const baseline = await bare.load.closedLoop(amount * 3);
    bareTimes = timesEach(bareBefore, await bare.server.threadTimes(), amount * 3);
    const [before, writtenBefore] = [await ours.server.threadTimes(), await ours.server.written()];
    const since = performance.now();
    await ours.load.closedLoop(amount);
    await ours.server.untilEnded();
    rates.push({ bare: baseline, ours: (amount / (performance.now() - since)) * 1000 });
    times = timesEach(before, await ours.server.threadTimes(), amount);
    written = ((await ours.server.written()) - writtenBefore) / amount / 1000;
  }
  const rate = median(rates.map((round) => round.ours));
  const ratios = rates.map((round) => round.ours / round.bare);
  report(
    name,
    ratios,
    `${Math.round(rate)} orders/s against ${Math.round(median(rates.map((round) => round.bare)))} bare requests/s`,
  );
  console.log(`    an order takes ${times} and writes ${written.toFixed(1)} kB; a bare request takes ${bareTimes}`);
  return { rate, ratios };
}

/** Orders at a steady rate; the latency of their answers, and how it develops. */
export async function openLoop(name: string, bare: Loaded, ours: Loaded, rate: number, seconds: number): Promise<void> {
  const baseline = await bare.load.openLoop(rate, Math.min(seconds, 10));
  const latencies = await ours.load.openLoop(rate, seconds);
  await ours.server.untilEnded();
  const third = Math.ceil(latencies.length / 3);
  const thirds = [0, 1, 2].map((part) => percentile(latencies.slice(part * third, (part + 1) * third), 0.99));
  const milliseconds = (value: number) => `${value.toFixed(1)} ms`;
  report(
    name,
    [percentile(latencies, 0.99) / percentile(baseline, 0.99)],
    `p50 ${milliseconds(median(latencies))}, p99 ${milliseconds(percentile(latencies, 0.99))}` +
      ` (thirds of the time: ${thirds.map(milliseconds).join(', ')});` +
      ` bare p50 ${milliseconds(median(baseline))}, p99 ${milliseconds(percentile(baseline, 0.99))};` +
      ` ${Math.round(rate)} a second for ${seconds} s`,
  );
}

/** Reads a path over and over, with so many readers, until the work beside them is done. Returns how many reads there were. */
export async function beside(
  server: Server,
  readers: number,
  path: string,
  work: () => Promise<void>,
): Promise<number> {
  let [reads, isDone] = [0, false];
  const read = async () => {
    while (!isDone) {
      const response = await fetch(`${server.origin}${path}`);
      await response.arrayBuffer();
      if (response.ok) reads += 1;
      else await setTimeout(100);
    }
  };
  const reading = Promise.all(Array.from({ length: readers }, read));
  await work();
  isDone = true;
  await reading;
  return reads;
}
