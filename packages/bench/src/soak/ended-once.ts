import type { Server } from '../server.ts';
import type { Seen } from './clients.ts';

/** What a scenario found: its figures, and what did not hold. */
export interface Finding {
  readonly figures: string;
  readonly broken: readonly string[];
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

/** What is wrong unless every stored order, and so every answered one, succeeded with one invoice line and one message. */
async function notEndedOnce(server: Server, accepted: ReadonlySet<string>): Promise<string[]> {
  const stored = new Map<string, string>();
  for await (const page of server.pages<{ orderid: string; status: string }>('/executions?limit=1000', 'executions')) {
    for (const { orderid, status } of page) stored.set(orderid, status);
  }
  const lineCounts = await countAll(lines(server), (line) => line.orderid);
  const mailCounts = await countAll(server.pages<{ id: string }>('/mailbox?limit=1000', 'mails'), (mail) => mail.id);
  const unless = (ids: Iterable<string>, holds: (id: string) => boolean) => [...ids].filter((id) => !holds(id));
  const wrong = {
    'answered orders are lost': unless(accepted, (id) => stored.has(id)),
    'did not succeed': unless(stored.keys(), (id) => stored.get(id) === 'SUCCEEDED'),
    'do not have one invoice line': unless(stored.keys(), (id) => lineCounts.get(id) === 1),
    'do not have one message': unless(stored.keys(), (id) => mailCounts.get(id) === 1),
    'lines are of no order': unless(lineCounts.keys(), (id) => stored.has(id)),
    'messages are of no order': unless(mailCounts.keys(), (id) => stored.has(id)),
  };
  const told = Object.entries(wrong).filter(([, ids]) => ids.length > 0);
  return told.map(([what, ids]) => `${ids.length} ${what} (${ids.slice(0, 3).join(', ')})`);
}

/** Waits until every order has ended, checks them all, and stops the server. */
export async function conclude(server: Server, seen: Seen, figures: string, broken: string[] = []): Promise<Finding> {
  if (!server.alive) return { figures, broken: [...broken, `crashed: ${server.complaint}`] };
  const seconds = await server.untilEnded();
  if (seen.accepted.size === 0) broken.push('no order was accepted');
  broken.push(...(await notEndedOnce(server, seen.accepted)));
  await server.end();
  const refused = seen.others.get('503') ?? 0;
  return { figures: `${figures}, ${seen.accepted.size} orders, ${refused} × 503, ended in ${seconds} s`, broken };
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
