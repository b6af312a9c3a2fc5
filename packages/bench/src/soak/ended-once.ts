import { setTimeout } from 'node:timers/promises';
import type { Server } from './server.ts';

/** What a scenario found: its figures, and what did not hold. */
export interface Finding {
  readonly figures: string;
  readonly broken: readonly string[];
}

/** Waits until no execution is running; answers the seconds it took and how many are running then. */
export async function untilEnded(server: Server, seconds = 600): Promise<{ seconds: number; running: number }> {
  const since = performance.now();
  for (;;) {
    const { counts } = await server.read<{ counts: { RUNNING: number } }>('/executions?status=RUNNING&limit=1');
    const waited = (performance.now() - since) / 1000;
    if (counts.RUNNING === 0 || waited > seconds) return { seconds: Math.round(waited), running: counts.RUNNING };
    await setTimeout(100);
  }
}

/** Counts each value of a list that comes in pages. */
async function countAll<T>(pages: AsyncIterable<readonly T[]>, idOf: (item: T) => string) {
  const counts = new Map<string, number>();
  for await (const page of pages) {
    for (const item of page) counts.set(idOf(item), (counts.get(idOf(item)) ?? 0) + 1);
  }
  return counts;
}

async function* lines(server: Server): AsyncGenerator<readonly { orderid: string }[]> {
  for await (const page of server.pages<{ objectKey: string }>('/invoices?limit=1000', 'invoices')) {
    for (const { objectKey } of page) {
      const { url } = await server.read<{ url: string }>(`/prod/invoice?objectKey=${encodeURIComponent(objectKey)}`);
      yield (await server.read<{ lines: { orderid: string }[] }>(url.slice(new URL(url).origin.length))).lines;
    }
  }
}

/** Every answered order, and every other that was stored, ended `SUCCEEDED` with one invoice line and one message. */
export async function endedOnce(server: Server, accepted: ReadonlySet<string>): Promise<string[]> {
  const broken: string[] = [];
  const expect = (what: string, ids: readonly string[]) => {
    if (ids.length > 0) broken.push(`${ids.length} ${what} (${ids.slice(0, 3).join(', ')})`);
  };
  const stored = new Map<string, string>();
  for await (const page of server.pages<{ orderid: string; status: string }>('/executions?limit=1000', 'executions')) {
    for (const { orderid, status } of page) stored.set(orderid, status);
  }
  const lineCounts = await countAll(lines(server), (line) => line.orderid);
  const mails = server.pages<{ id: string }>('/mailbox?limit=1000', 'mails');
  const mailCounts = await countAll(mails, (mail) => mail.id);
  const ids = [...stored.keys()];
  expect(
    'answered orders are lost',
    [...accepted].filter((id) => !stored.has(id)),
  );
  expect(
    'did not succeed',
    ids.filter((id) => stored.get(id) !== 'SUCCEEDED'),
  );
  expect(
    'do not have one invoice line',
    ids.filter((id) => lineCounts.get(id) !== 1),
  );
  expect(
    'do not have one message',
    ids.filter((id) => mailCounts.get(id) !== 1),
  );
  expect(
    'lines are of no order',
    [...lineCounts.keys()].filter((id) => !stored.has(id)),
  );
  expect(
    'messages are of no order',
    [...mailCounts.keys()].filter((id) => !stored.has(id)),
  );
  return broken;
}

/** The megabytes that the server may hold at most. */
const mostMemory = 300;

/** The most memory that the server held lately, and what that breaks. */
export async function memoryOf(server: Server): Promise<{ memory: string; broken: string[] }> {
  const peak = await server.peak();
  if (peak === undefined) return { memory: 'crashed', broken: [`crashed: ${server.complaint}`] };
  const memory = `RSS ${peak} MB`;
  return { memory, broken: peak < mostMemory ? [] : [`${memory}, ${mostMemory} MB allowed`] };
}
