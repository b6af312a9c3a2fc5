import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, orderOf, whileFailing } from './test-support/coffee-test.ts';
import { ended, jsonLines, runCoffee, startCoffee } from './test-support/run-coffee.ts';
import { forward } from './test-support/stand-in-server.ts';

/** The ids of all executions. */
async function executions(url: string): Promise<string[]> {
  const run = await runCoffee(['executions', '--limit', '100000', '--json'], { url });
  return jsonLines<{ orderid: string }>(run).map(({ orderid }) => orderid);
}

describe('order --random', () => {
  it('places as many as asked for, a0 at v0 on, and sums up', async ({ system, coffee }) => {
    const run = await coffee('order', '--random', '200', '--wait');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Placed {5}200\nSucceeded {2}200\nFailed {5}0\nTook {7}.*, \d+ orders a second\n$/);
    expect(await executions(system.url)).toHaveLength(200);
    for (const number of [0, 199]) {
      expect(await coffee('get', `a${number}`, `v${number}`)).toMatchObject({ code: 0 });
    }
  });

  it('gives a line an order and the sum for machines', async ({ coffee }) => {
    const run = await coffee('order', '--random', '20', '--json');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const lines = jsonLines(run);
    expect(new Set(lines.slice(0, -1).map(({ orderid }) => orderid)).size).toBe(20);
    expect(lines.at(-1)).toMatchObject({ summary: { placed: 20, failed: 0, ordersPerSecond: expect.any(Number) } });
  });

  it('ends 1 when one execution of 200 fails, and tells which', async ({ system, coffee }) => {
    const attempts = 1 + 10; // task_notify is retried ten times
    const order = () => coffee('order', '--random', '200', '--wait', '--concurrency', '1');
    const run = await whileFailing(system.url, ['Notifier', 'publish', attempts], order);
    expect(run).toMatchObject({ code: 1, stderr: 'coffee: 1 of 200 orders failed\n' });
    expect(run.stdout).toMatch(/^Placed {5}200\nSucceeded {2}199\nFailed {5}1\n/);
    expect(run.stdout).toMatch(/^1 x the execution ended FAILED, Unavailable: .*, order \S+ for example$/m);
  });

  it('stops when the server goes away, and ends 3', async ({ system, startServer }) => {
    let answers = 0;
    const server = await startServer(async (request) => {
      answers += 1;
      return answers < 30 ? forward(request, system.url) : void server.close();
    });
    const run = await runCoffee(['order', '--random', '5000', '--retry-for', '1'], { url: server.url });
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/^coffee: no server answers at /);
    expect(Number(/^Placed +(\d+)$/m.exec(run.stdout)?.[1])).toBeGreaterThan(5);
  });

  it('ends with its sum on Ctrl-C, and 130', async ({ system }) => {
    const child = startCoffee(['order', '--random', '100000', '--json'], { url: system.url });
    const running = ended(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    const run = await running;
    expect(run.code).toBe(130);
    const lines = jsonLines<{ summary?: { placed: number } }>(run);
    expect(lines.at(-1)?.summary?.placed).toBe(lines.length - 1);
    expect(JSON.parse(run.stderr)).toMatchObject({
      code: 'Interrupted',
      detail: expect.stringMatching(/were not placed/),
    });
  });
});

describe('order --file', () => {
  const good = JSON.stringify(orderOf('f1', 'f1'));
  const lines = `\ufeff${good}\n\nnonsense\r\n{"order":${good}}\n{"accountid":"f2"}`;

  it('places each line, wrapped or not, and tells of each that failed by its line', async ({ coffee, folder }) => {
    const file = join(folder, 'orders.jsonl');
    await writeFile(file, lines);
    const run = await coffee('order', '--file', file, '--wait');
    expect(run).toMatchObject({ code: 1, stderr: 'coffee: 2 of 4 orders failed\n' });
    for (const line of [1, 4]) expect(run.stdout).toMatch(new RegExp(`^${file}:${line} {2}\\S+ {2}SUCCEEDED$`, 'm'));
    expect(run.stdout).toContain(`${file}:3  this line is not JSON; an order is one line`);
    expect(run.stdout).toMatch(/:5 {2}the order is refused \(400 OrderRejected\)\n {2}vendorid +is required\n/);
    expect(run.stdout).toMatch(/^Placed {5}2\nSucceeded {2}2\nFailed {5}2\n/m);
  });

  it('reads standard input, and gives a line an order for machines', async ({ system }) => {
    for (const args of [['--json'], ['--file', '-', '--json']]) {
      const run = await runCoffee(['order', ...args], { url: system.url, input: lines });
      const told = jsonLines<{ line?: number }>(run).sort((one, other) => (one.line ?? 99) - (other.line ?? 99));
      expect(told).toMatchObject([
        { line: 1, orderid: expect.any(String) },
        { line: 3, problem: { code: 'MalformedLine' } },
        { line: 4, orderid: expect.any(String) },
        { line: 5, problem: { status: 400, code: 'OrderRejected', issues: expect.any(Array) } },
        { summary: { placed: 2, failed: 2 } },
      ]);
    }
  });

  it('places a line as soon as it is there, and ends on Ctrl-C while it waits for more', async ({ system }) => {
    const child = startCoffee(['order', '--file', '-'], { url: system.url });
    const running = ended(child);
    child.stdin.write(`${good}\n`);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    expect(await running).toMatchObject({
      code: 130,
      stderr: 'coffee: interrupted\n',
      stdout: expect.stringMatching(/Placed +1/),
    });
  });

  it('says when there is no order, or no file', async ({ coffee, folder }) => {
    expect(await coffee('order')).toMatchObject({ code: 2, stderr: 'coffee: there was no order to place\n' });
    const missing = join(folder, 'missing.jsonl');
    expect(await coffee('order', '--file', missing)).toMatchObject({
      code: 2,
      stderr: `coffee: ${missing} cannot be read: there is no such file\n`,
    });
  });
});

describe('an order whose answer is lost', () => {
  it.for(['before it has ended', 'after it has ended'])(
    'is sent again and placed once: %s',
    async (when, { system, startServer }) => {
      let lost = 0;
      const server = await startServer(async (request) => {
        const answered = await forward(request, system.url);
        if (request.method !== 'POST' || lost > 0) return answered;
        lost += 1;
        const { orderid } = (await answered.json()) as { orderid: string };
        const status = async () =>
          ((await (await fetch(`${system.url}/prod/order/${orderid}`)).json()) as { status: string }).status;
        if (when.startsWith('after')) await expect.poll(status, { timeout: 20_000 }).toBe('SUCCEEDED');
        return undefined;
      });
      const run = await runCoffee(['order', '--file', '-', '--json'], {
        url: server.url,
        input: JSON.stringify(orderOf('l1', 'l1')),
      });
      expect(lost).toBe(1);
      expect(run).toMatchObject({ code: 0 });
      expect(jsonLines(run)).toMatchObject([{ orderid: expect.any(String) }, { summary: { placed: 1, failed: 0 } }]);
      expect(await executions(system.url)).toHaveLength(1);
    },
  );
});
