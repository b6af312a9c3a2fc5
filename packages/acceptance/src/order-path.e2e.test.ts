import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocal } from '@coffee/local';
import { expect, it } from 'vitest';

// Finds the files of this repository in which a function runs for one order, from the route to the row of its message, by
// V8's coverage of every thread. Needs the built packages, loaded by Node.js itself.

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
}

type Post = (method: string, params?: object) => Promise<unknown>;

/** Sends commands to the inspector of a worker, through that of this thread. */
function workerPost(session: Session, sessionId: string): Post {
  const answers = new Map<number, (result: unknown) => void>();
  session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
    if (params.sessionId !== sessionId) return;
    const { id, result } = JSON.parse(params.message) as { readonly id: number; readonly result: unknown };
    answers.get(id)?.(result);
  });
  let last = 0;
  return (method, params = {}) =>
    new Promise((resolve) => {
      last += 1;
      answers.set(last, resolve);
      const message = JSON.stringify({ id: last, method, params });
      void session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
    });
}

/** The source of a built file, like `packages/local/src/engine/history.ts`, or `undefined` for one of another repository. */
function sourceOf(url: string): string | undefined {
  const [, name, path] = /\/packages\/([^/]+)\/dist\/(.+)\.js$/.exec(url) ?? [];
  return url.includes('/node_modules/.pnpm/') || name === undefined ? undefined : `packages/${name}/src/${path}.ts`;
}

/** The files with a function that ran; a module itself, which begins at 0, is none. */
function filesOf({ result }: Coverage): string[] {
  return result.flatMap(({ url, functions }) => {
    const file = sourceOf(url);
    const ran = functions.some(({ ranges }) => ranges.some(({ startOffset, count }) => startOffset > 0 && count > 0));
    return file === undefined || !ran ? [] : [file];
  });
}

async function place(url: string, accountid: string): Promise<string> {
  const details = { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 };
  const order = { accountid, vendorid: 'v0', orderdate: '2026-11-24 09:30:00', city: 'Adelaide', details };
  const body = JSON.stringify({ order: { ...order, eventtype: ['new_order'] } });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/prod/order`, { method: 'POST', headers, body });
  return ((await answer.json()) as { readonly orderid: string }).orderid;
}

async function hasMessage(url: string, orderid: string): Promise<boolean> {
  const answer = await fetch(`${url}/mailbox?orderid=${orderid}`);
  return ((await answer.json()) as { readonly mails: readonly unknown[] }).mails.length === 1;
}

async function walk(): Promise<string[]> {
  const session = new Session();
  session.connect();
  const threads: Post[] = [(method, params) => session.post(method as 'Profiler.enable', params as undefined)];
  session.on('NodeWorker.attachedToWorker', ({ params }) => threads.push(workerPost(session, params.sessionId)));
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const system = await startLocal({ data: ':memory:' });
  try {
    const first = await place(system.url, 'a0'); // what runs once a process is not on the path of an order
    while (!(await hasMessage(system.url, first))) await sleep(50);
    await sleep(500); // a read of the mailbox rests at most 300 ms afterwards
    for (const post of threads) {
      await post('Profiler.enable');
      await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    }
    const orderid = await place(system.url, 'a1');
    await sleep(1_000); // asking the server whether it is done would be seen too
    const taken = await Promise.all(threads.map((post) => post('Profiler.takePreciseCoverage')));
    if (!(await hasMessage(system.url, orderid))) throw new Error('the message took longer than a second');
    return taken.flatMap((coverage) => filesOf(coverage as Coverage)).sort();
  } finally {
    await system.close();
  }
}

async function listedFiles(): Promise<string[]> {
  const page = await readFile(new URL('../../../docs/architecture.md', import.meta.url), 'utf8');
  const [, list = ''] = /^## The path of an order$(.*?)^## /ms.exec(page) ?? [];
  return [...list.matchAll(/`(packages\/[^`]+\.ts)`/g)].map(([, file]) => file ?? '').sort();
}

it('is through at most 20 files, those that docs/architecture.md lists', async () => {
  const files = await walk();
  expect(files).toEqual(await listedFiles());
  expect(files.length).toBeLessThanOrEqual(20);
});
