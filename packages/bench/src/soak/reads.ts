import { join } from 'node:path';
import type { Amounts } from '../big-file.ts';
import { makeFile } from '../big-file.ts';
import { Server } from '../server.ts';
import type { Finding } from './ended-once.ts';
import { memoryOf } from './ended-once.ts';

const secondsSince = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

/** So many parallel reads of a path. Answers what failed: what was not answered, or with another number of order ids. */
async function readAtOnce(origin: string, times: number, path: string, orderids?: number): Promise<string[]> {
  const read = async () => {
    const response = await fetch(`${origin}${path}`);
    const body = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200) return `answered ${response.status}`;
    let found = 0;
    for (let at = body.indexOf('"orderid"'); at >= 0; at = body.indexOf('"orderid"', at + 1)) found += 1;
    return orderids === undefined || found === orderids ? undefined : `${found} orders instead of ${orderids}`;
  };
  const reads = Array.from({ length: times }, () => read().catch(String));
  const bad = (await Promise.all(reads)).filter((outcome) => outcome !== undefined);
  return bad.length === 0 ? [] : [`${bad.length} failed, like: ${bad[0]}`];
}

/** Many parallel reads of whatever is long. */
export async function heavyReads(folder: string, amounts: Amounts): Promise<Finding> {
  const data = join(folder, 'coffee.sqlite');
  await makeFile(data, amounts);
  let server = await Server.start(data);
  const figures: string[] = [];
  const broken: string[] = [];
  const step = async (times: number, path: string, orderids?: number) => {
    await server.peak();
    const since = performance.now();
    const failures = await readAtOnce(server.origin, times, path, orderids);
    const { memory, broken: tooMuch } = await memoryOf(server);
    const name = `${times} × ${path.replace(/\?expires.*/, '')}`;
    figures.push(`${name} ${secondsSince(since)} s ${memory}`);
    broken.push(...[...failures, ...tooMuch].map((what) => `${name}: ${what}`));
    if (!server.alive) server = await Server.start(data);
  };
  await step(100, '/executions?limit=1000', 1000);
  await step(10, '/executions?status=FAILED&limit=1000');
  await step(400, '/mailbox');
  await step(400, '/orders');
  await step(10, '/invoices');
  await step(10, '/invoices?accountid=months-account');
  for (const lines of amounts.lines ?? []) {
    const link = await server.read<{ url: string }>(`/prod/invoice?objectKey=2026/11/lines${lines}-account`);
    await step(lines > 100_000 ? 1 : 50, link.url.slice(server.origin.length), lines + 1);
  }
  await server.end();
  return { figures: figures.join(', '), broken };
}

/** How long the server takes to start with a big file, and for each page of each list. */
export async function pagesOfBigFile(folder: string, orders: number): Promise<Finding> {
  const data = join(folder, 'coffee.sqlite');
  await makeFile(data, { orders });
  const since = performance.now();
  const server = await Server.start(data);
  await server.read('/executions?limit=1');
  const figures = [`${orders} executions`, `started in ${secondsSince(since)} s`];
  const lists = [
    ['executions', '/executions?limit=1000'],
    ['executions', '/executions?limit=1000&status=SUCCEEDED'],
    ['executions', '/executions?limit=1000&status=FAILED'],
    ['orders', '/orders?limit=1000'],
    ['orders', '/orders?limit=1000&accountid=a1'],
    ['orders', '/orders?limit=1000&vendorid=done1'],
    ['invoices', '/invoices?limit=1000'],
    ['mails', '/mailbox?limit=1000'],
  ] as const;
  for (const [items, path] of lists) {
    const times: number[] = [];
    let last = performance.now();
    for await (const page of server.pages(path, items)) {
      times.push(performance.now() - last);
      void page;
      last = performance.now();
    }
    const slowest = Math.round(Math.max(...times));
    figures.push(`${path.replace('limit=1000', '').replace('?&', '?')} ${times.length} pages ≤ ${slowest} ms`);
  }
  const { memory, broken } = await memoryOf(server);
  await server.end();
  return { figures: [...figures, memory].join(', '), broken };
}
