import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect } from 'vitest';
import { flagsOf, it, orderOf, whileFailing } from './test-support/coffee-test.ts';
import { coffeeLine, ended, environment, jsonLines, runCoffee, startCoffee } from './test-support/run-coffee.ts';

/** What can go wrong, how it reads, and what the exit code says. */

/** An origin on which nothing listens. */
const refusingOrigin = 'http://127.0.0.1:2'; // too low to be given to a server that takes any free port

/** An order with its price, so that the server is not asked for its menu. */
const priced = ['order', ...flagsOf('a0', 'v0'), '--unitprice', '3.50'];

describe('a wrong command line ends 2', () => {
  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['ordre'], '(Did you mean order?)'],
    [['get', 'a0'], "missing required argument 'vendorid'"],
    [['get', 'a0', 'v0', '--wrong'], "unknown option '--wrong'"],
    [['get', 'a0', 'v0', '--url', 'nonsense'], '"nonsense" is not an http URL'],
    [['get', 'a0', 'v0', '--url', 'ftp://127.0.0.1'], '"ftp://127.0.0.1" is not an http URL'],
    [['executions', '--status', 'GONE'], 'Allowed choices are RUNNING, SUCCEEDED, FAILED'],
    [['mailbox', '--limit', '0'], 'It must be a whole number from 1 to 1000000'],
    [['order', '--random', 'many'], 'It must be a whole number from 1'],
    [['order', '--random', '2', '--city', 'Perth'], '--city is for one order and cannot be used with --random'],
    [['order', '--file', 'x', '--quantity', '1'], '--quantity is for one order and cannot be used with --file'],
    [
      ['order', '--file', 'x', '--random', '1'],
      "option '--file <file>' cannot be used with option '--random <number>'",
    ],
    [['order', '--random', '1', '--idempotency-key', 'k'], '--idempotency-key is for one order'],
    [['invoice'], 'which invoice?'],
    [['invoice', '2026/11/a0', '--accountid', 'a0'], 'not both'],
    [['invoice', '--accountid', 'a0', '--month', 'November'], '"November" is not a month; write it like 2026-11'],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
  ] as const)('%j', async (args, message) => {
    const run = await runCoffee(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^coffee: /);
    expect(run.stderr).toContain(message);
  });

  it('shows the help on standard error when there is no command', async () => {
    const run = await runCoffee([]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('Exit codes:');
  });
});

describe('no server ends 3', () => {
  it.each([
    [['order', ...flagsOf('a0', 'v0')]],
    [['order', '--random', '5']],
    [['get', 'a0', 'v0']],
    [['status', 'x', '--watch']],
    [['invoice', '2026/11/a0']],
    [['executions']],
    [['mailbox']],
    [['redrive', 'x']],
    [['menu']],
    [['demo']],
  ])('%j', async (args) => {
    const run = await runCoffee(args, { url: refusingOrigin });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain(`coffee: no server answers at ${refusingOrigin} (connection refused)\n`);
    expect(run.stderr).toContain('start one with: npx pnpm start\n');
    expect(run.stderr).not.toContain('    at ');
  });

  it('as JSON, and without a hint to start one that is elsewhere', async () => {
    const run = await runCoffee(['menu', '--json'], { url: 'http://nowhere.invalid' });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(JSON.parse(run.stderr)).toMatchObject({ code: 'NoAnswer', exitCode: 3 });
    const text = await runCoffee(['menu'], { url: 'http://nowhere.invalid' });
    expect(text.stderr).toContain('--url URL or COFFEE_URL');
    expect(text.stderr).not.toContain('npx pnpm start');
  });
});

describe('what is not there ends 4', () => {
  it.for([
    [['get', 'nobody', 'v0'], 'account nobody has no order at vendor v0 (404 OrderNotFound)'],
    [['status', 'nobody'], 'there is no such order (404 ExecutionNotFound)'],
    [['status', 'nobody', '--watch'], '(404 ExecutionNotFound)'],
    [['invoice', '2030/1/a0'], 'there is no invoice 2030/1/a0 (404 InvoiceNotFound)'],
    [['redrive', 'nobody'], 'there is no such execution (404 ExecutionNotFound)'],
  ] as const)('%j', async ([args, message], { coffee }) => {
    const run = await coffee(...args);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('asks whether the URL is right where nothing is served', async ({ system }) => {
    const run = await runCoffee(['get', 'a0', 'v0'], { url: `${system.url}/stage` });
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/\(404 RouteNotFound\)\n {2}is this the base URL of the API\? http.*\/stage\/order/);
  });
});

describe('what the server refuses ends 1', () => {
  it('with each issue at its field', async ({ coffee }) => {
    const flags = [
      '--accountid',
      'not an id',
      '--coffeetype',
      'Tea',
      '--coffeesize',
      'Small',
      '--unitprice',
      '1',
      '--quantity',
      'two',
    ];
    const run = await coffee('order', ...flags, '--orderdate', 'today', '--city', 'Perth', '--vendorid', 'v0');
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(/^coffee: the order is refused \(400 OrderRejected\)\n/);
    for (const [field, rule] of [
      ['accountid', 'must be 1 to 64 of the characters'],
      ['orderdate', 'must be a real date and time'],
      ['details.coffeetype', 'must be one of Short Black, Flat White, Latte, Long Black'],
      ['details.unitprice', 'must be the list price of Small, 3.50 AUD'],
      ['details.quantity', 'must be a whole number from 1 to 100'],
    ] as const) {
      expect(run.stderr).toMatch(new RegExp(`^ {2}${field} +${rule}`, 'm'));
    }
    const json = JSON.parse((await coffee('order', ...flags, '--json')).stderr) as { issues: unknown[] };
    expect(json).toMatchObject({ status: 400, code: 'OrderRejected', exitCode: 1 });
    expect(json.issues).toContainEqual(expect.objectContaining({ path: ['order', 'accountid'], code: 'wrong_format' }));
  });

  it('with its text where a gateway names no fields', async ({ startServer }) => {
    const detail = '[object has missing required properties (["city"])]';
    const problem = { status: 400, code: 'OrderRejected', detail };
    const server = await startServer(() => Response.json(problem, { status: 400 }));
    const run = await runCoffee(priced, { url: server.url });
    expect(run).toMatchObject({ code: 1, stderr: `coffee: ${detail} (400 OrderRejected)\n` });
  });

  it('a key that another order has: shows that order', async ({ coffee }) => {
    const args = ['order', ...flagsOf('a0', 'v0'), '--idempotency-key', 'used', '--wait'];
    expect(await coffee(...args)).toMatchObject({ code: 0 });
    expect(await coffee(...args)).toMatchObject({ code: 0 }); // the same order, whose answer may have been lost
    const run = await coffee(...args, '--quantity', '7');
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(
      /\(409 ExecutionAlreadyExists\)\n {2}the first order: \{"accountid":"a0",.+"quantity":[^7]/,
    );
    expect(run.stderr).toContain('\n  see the first order: coffee status used\n');
    const bad = await coffee('order', ...flagsOf('a0', 'v0'), '--idempotency-key', 'no good');
    expect(bad).toMatchObject({ code: 1, stderr: expect.stringContaining('(400 IdempotencyKeyRejected)') });
  });

  it('a body that is too large', async ({ system }) => {
    const input = JSON.stringify({ ...orderOf('a0', 'v0'), city: 'x'.repeat(300_000) });
    const run = await runCoffee(['order', '--file', '-'], { url: system.url, input });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('the body must not be larger than 262144 bytes (413 PayloadTooLarge)');
  });

  it.for([
    [415, 'UnsupportedMediaType', 'the content type must be application/json'],
    [500, 'InternalError', 'this is a defect'],
  ] as const)('%i', async ([status, code, detail], { startServer }) => {
    const server = await startServer(() => Response.json({ status, code, detail }, { status }));
    const run = await runCoffee(priced, { url: server.url });
    expect(run).toMatchObject({ code: 1, stderr: `coffee: ${detail} (${status} ${code})\n` });
  });

  it('an answer that is not JSON', async ({ startServer }) => {
    const server = await startServer(() => new Response('<p>hello', { headers: { 'content-type': 'text/html' } }));
    const run = await runCoffee(['get', 'a0', 'v0'], { url: server.url });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/answered 200, but not with JSON \(text\/html\)\n {2}is this the base URL of the API\?/);
  });
});

describe('a busy server', () => {
  it.for([429, 503])('%i: is asked again after the pause it asks for', async (status, { startServer }) => {
    const times: number[] = [];
    const server = await startServer((request) => {
      if (request.method !== 'POST') return Response.json({}, { status: 404 });
      times.push(Date.now());
      if (times.length > 1) return Response.json({ orderid: 'x', executionArn: 'arn', startDate: 1 }, { status: 202 });
      const problem = { status, code: 'Throttled', detail: 'busy' };
      return Response.json(problem, { status, headers: { 'retry-after': '1' } });
    });
    const run = await runCoffee(priced, { url: server.url });
    expect(run).toMatchObject({ code: 0, stderr: `the server is busy (${status}), trying again in 1.0 s\n` });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('ends 3 when the patience is over, and says when to come back', async ({ startServer }) => {
    const problem = { status: 429, code: 'Throttled', detail: 'too many' };
    const headers = { 'retry-after': '60' };
    const server = await startServer(() => Response.json(problem, { status: 429, headers }));
    const run = await runCoffee(['get', 'a0', 'v0'], { url: server.url });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain('too many (429 Throttled)\n  the same command can be given again in 60 s\n');
  });

  it('ends 3 when its store stays away', async ({ system, coffee }) => {
    const get = () => coffee('get', 'a0', 'v0', '--retry-for', '2');
    const run = await whileFailing(system.url, ['OrderRepository', 'get'], get);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      /trying again in 1\.0 s\n.*\(503 Unavailable\)\n {2}the same command can be given again later/,
    );
  });

  it.for([502, 504])('%i without a reason, as a proxy gives it', async (status, { startServer }) => {
    const server = await startServer(() => new Response('<html>', { status }));
    const run = await runCoffee(['get', 'a0', 'v0', '--retry-for', '0'], { url: server.url });
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/^coffee: (Bad Gateway|Gateway Timeout) \(50\d\)\n/);
  });
});

describe('the output', () => {
  it('never lets a server control the terminal', async ({ startServer }) => {
    const cause = 'red \u001b[31malert\u001b[0m\nnext \u202eline';
    const state = { orderid: 'x', status: 'FAILED', startDate: 1, error: 'E', cause };
    const server = await startServer(() => Response.json(state));
    const run = await runCoffee(['status', 'x'], { url: server.url });
    expect(run.stdout).toContain('Error    E: red [31malert[0m next line\n');
  });

  it('ends without complaint when its reader goes away', async ({ system, coffee }) => {
    await coffee('order', '--random', '50', '--wait');
    const child = startCoffee(['executions', '--limit', '1000', '--json'], { url: system.url });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
  });

  it('has colours only where they can be seen, or are asked for', async ({ system, coffee }) => {
    await coffee('order', ...flagsOf('a0', 'v0'), '--idempotency-key', 'colourful', '--wait');
    const run = (env: Record<string, string>) => runCoffee(['status', 'colourful'], { url: system.url, env });
    expect((await run({})).stdout).not.toContain('\u001b');
    expect((await run({ FORCE_COLOR: '1' })).stdout).toContain('\u001b[32mSUCCEEDED\u001b[39m');
    const json = await runCoffee(['status', 'colourful', '--json'], { url: system.url, env: { FORCE_COLOR: '1' } });
    expect(jsonLines(json)).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it.runIf(process.platform === 'linux')(
    'shows progress and colours on a terminal, but not with NO_COLOR',
    async ({ system }) => {
      const terminal = (env: Record<string, string>) => {
        // The first of 50 is always drawn, however fast the others follow.
        const line = `${coffeeLine} order --random 50 --concurrency 1`;
        // What is written to either output of a pseudo-terminal arrives as its standard output.
        const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
          env: environment({ url: system.url, env: { TERM: 'xterm-256color', ...env } }),
        });
        child.stdin.end();
        return ended(child);
      };
      const coloured = await terminal({});
      expect(coloured.code).toBe(0);
      expect(coloured.stdout).toMatch(/█+.*░.*\d+\/50 .* left/);
      expect(coloured.stdout).toContain('\u001b[1mPlaced');
      const plain = await terminal({ NO_COLOR: '1' });
      expect(plain.stdout).toMatch(/50\/50/);
      expect(plain.stdout.replaceAll('\u001b', 'ESC')).not.toMatch(/ESC\[\d+m/);
    },
  );
});
