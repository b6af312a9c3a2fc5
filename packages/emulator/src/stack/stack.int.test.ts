import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApi, startGateway } from '../gateway/index.ts';
import type { Listening } from '../servers/listen.ts';
import type { AwsServer } from '../servers/start-server.ts';
import { startMiniStack } from '../servers/with-ministack.ts';
import type { DeployedStack } from './deploy-stack.ts';
import { bootstrap, deployStack, resolveIn } from './deploy-stack.ts';
import { runAcceptance } from './run-acceptance.ts';
import { startMailbox } from './start-mailbox.ts';

/** A test of the acceptance suite that fails here, though it passes on AWS or is declared for AWS. */
interface Deviation {
  /** The title of the test, or what its title begins with. */
  readonly test: string;
  readonly reason: string;
}

const badOrder = 'a bad order is refused and changes nothing';

/** Every test of `@coffee/acceptance` that fails behind the test gateway on MiniStack. One that passes must be removed. */
const deviations: readonly Deviation[] = [
  ...['with a space', 'with a slash', 'of 81 characters'].map((key) => ({
    test: `${badOrder} > an Idempotency-Key ${key}`,
    reason: 'MiniStack takes any name of an execution; the edge tests show what is sent and how a refusal is answered',
  })),
];

const minutes = 60_000;
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A deployed stage, with what its topic delivers. */
interface Served {
  readonly stack: DeployedStack;
  readonly gateway: Listening;
  readonly mailbox: Listening;
}

let folder: string;
let server: AwsServer;
let test: Served;
const closing: (() => Promise<void>)[] = [];

async function serve(values: Readonly<Record<string, string>> & { readonly stage: string }): Promise<Served> {
  const stack = await deployStack({ email: 'coffee@example.com', open: 'true', ...values }, join(folder, values.stage));
  const mailbox = await startMailbox(stack.outputs.NotificationsTopicArn ?? '');
  const gateway = await startGateway({
    api: readApi(stack.template, resolveIn(stack)),
    backEnd: server.endpoint,
    lambda: new LambdaClient(),
    timeoutMilliseconds: 4 * minutes, // the speed of the emulator is not under test
  });
  closing.push(mailbox.close, gateway.close);
  return { stack, gateway, mailbox };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-stack-'));
  // A separate server with TLS, which the stack's buckets and topics require. The limit is what two cores can bear; the
  // workflow retries throttled calls.
  server = await startMiniStack({ secure: true, environment: { LAMBDA_ACCOUNT_CONCURRENCY: '24' } });
  Object.assign(process.env, server.environment);
  await bootstrap(join(folder, 'bootstrap'));
  test = await serve({ stage: 'test' });
}, 5 * minutes);

afterAll(async () => {
  for (const close of closing) await close();
  await server?.stop();
  await rm(folder, { recursive: true });
});

describe('the stack, deployed by cdk deploy, behind the test gateway', () => {
  it('passes the acceptance suite, but for what is declared', { timeout: 15 * minutes }, async () => {
    const results = await runAcceptance('suite', {
      COFFEE_URL: `${test.gateway.url}/prod`,
      COFFEE_MAILBOX: test.mailbox.url,
    });
    expect(results.length).toBeGreaterThan(100);
    const isDeclared = (title: string) => deviations.some(({ test }) => title.startsWith(test));
    const failed = results.filter(({ passed }) => !passed);
    const surprises = failed.filter(({ title }) => !isDeclared(title));
    expect(surprises.map(({ title, message }) => `${title}\n${message}`)).toEqual([]);
    const unused = deviations.filter(({ test }) => !failed.some(({ title }) => title.startsWith(test)));
    expect(unused, 'declared, but kept after all').toEqual([]);
  });
});

describe('the smoke test of docs/operations.md', () => {
  it('places five orders, which succeed and send five emails', { timeout: 5 * minutes }, async () => {
    const page = await readFile(join(root, 'docs/operations.md'), 'utf8');
    const [, options = ''] = /^npx pnpm coffee (.+) --url https:\S+\/prod$/m.exec(page) ?? [];
    const sent = async () => ((await (await fetch(test.mailbox.url)).json()) as { mails: unknown[] }).mails.length;
    const before = await sent();
    const coffee = ['--conditions=@coffee/source', join(root, 'packages/cli/src/main.ts'), ...options.split(' ')];
    await promisify(execFile)(process.execPath, [...coffee, '--url', `${test.gateway.url}/prod`]);
    await expect.poll(sent).toBe(before + 5);
  });
});

describe('pnpm infra verify', () => {
  it('tries every promise against the stage, and says which held', { timeout: 10 * minutes }, async () => {
    const main = fileURLToPath(new URL('../../../infra/src/infra.ts', import.meta.url));
    const args = ['verify', '--context', 'stage=test', '--url', `${test.gateway.url}/prod`, '--patience', '15'];
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...args]).catch(
      (error: { readonly stdout: string }) => error,
    );
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('held'))).toHaveLength(7);
    expect(lines.filter((line) => !line.startsWith('held'))).toEqual([
      // MiniStack takes any name of an execution, emits no metrics of EventBridge and redrives nothing.
      expect.stringMatching(/^NOT HELD {2}A key of 81 characters .* 202/),
      expect.stringMatching(
        /^NOT HELD {2}An execution that fails sets off OrdersFailed.*: waited 15 s for OrdersFailed$/,
      ),
      expect.stringMatching(/^NOT HELD {2}A failed execution can be redriven: Unknown action/),
      '7 of 10 held',
    ]);
  });
});

describe('the embedded edge and engine on the tables of the stack (--aws)', () => {
  it('pass the acceptance suite', { timeout: 15 * minutes }, async () => {
    const hybrid = await startHybrid(test.stack, join(folder, 'hybrid.sqlite'));
    try {
      const results = await runAcceptance('suite', { COFFEE_URL: hybrid.url, COFFEE_MAILBOX: test.mailbox.url });
      expect(results.length).toBeGreaterThan(100);
      const failed = results.filter(({ passed }) => !passed);
      expect(failed.map(({ title, message }) => `${title}\n${message}`)).toEqual([]);
    } finally {
      await hybrid.close();
    }
    const { Count = 0 } = await new DynamoDBClient().send(
      new ScanCommand({ TableName: test.stack.outputs.OrdersTable, Select: 'COUNT' }),
    );
    expect(Count).toBeGreaterThan(2 * 200); // the suite's own orders, of both runs
  });
});

describe('a stage with a menu in yen (--context menu=FILE)', () => {
  it('places, prices, invoices and announces an order in yen, and no other', { timeout: 10 * minutes }, async () => {
    const menu = join(folder, 'yen.json');
    const yen = {
      currency: 'JPY',
      coffeetypes: ['Sencha'],
      coffeesizes: [{ coffeesize: 'Kobachi', unitprice: '450' }],
    };
    await writeFile(menu, JSON.stringify(yen));
    const { gateway, mailbox } = await serve({ stage: 'yen', menu });
    const get = async (url: string) => (await (await fetch(url)).json()) as Readonly<Record<string, unknown>>;
    const place = (details: object) =>
      fetch(`${gateway.url}/prod/order`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ order: { ...exampleOrder, accountid: 'yen', details } }),
      });

    const details = { coffeetype: 'Sencha', coffeesize: 'Kobachi', unitprice: '450', quantity: 2 };
    const refused = await place({ ...details, unitprice: '3.20' }); // a price in euros
    const atTheEdge = { code: 'OrderRejected', detail: expect.stringMatching(/^\[/) };
    expect([refused.status, await refused.json()]).toMatchObject([400, atTheEdge]);
    const placed = await place(details);
    expect(placed.status).toBe(202);
    const { orderid } = (await placed.json()) as { readonly orderid: string };
    const status = () => get(`${gateway.url}/prod/order/${orderid}`);
    await expect.poll(status, { timeout: 4 * minutes }).toMatchObject({ status: 'SUCCEEDED' });

    const { invoice, ...found } = await get(
      `${gateway.url}/prod/order?accountid=yen&vendorid=${exampleOrder.vendorid}`,
    );
    expect(found).toMatchObject({ orderid, total: '900', currency: 'JPY' });
    const { url } = await get(`${gateway.url}/prod/invoice?objectKey=${invoice}`);
    expect(await get(String(url))).toMatchObject({
      lines: [{ orderid, amount: '900', currency: 'JPY' }],
      totals: [{ currency: 'JPY', total: '900' }],
    });
    const mails = async () => (await get(`${mailbox.url}?orderid=${orderid}`)).mails;
    await expect.poll(mails, { timeout: 2 * minutes }).toMatchObject([{ text: expect.stringContaining('900 JPY') }]);
  });
});

const main = fileURLToPath(new URL('../../../local/dist/main.js', import.meta.url));

/** An embedded system on the tables of a stack. */
interface Hybrid {
  readonly url: string;
  close(): Promise<void>;
}

/** Runs what `npx pnpm start -- --aws` runs, on what a stack has deployed; `data` is the SQLite file of its executions. */
async function startHybrid({ outputs }: DeployedStack, data: string): Promise<Hybrid> {
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data, '--aws'], {
    env: {
      ...process.env,
      ORDERS_TABLE: outputs.OrdersTable,
      NOTIFICATION_LOG_TABLE: outputs.NotificationLogTable,
      INVOICES_BUCKET: outputs.InvoicesBucket,
      NOTIFICATIONS_TOPIC_ARN: outputs.NotificationsTopicArn,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const close = async () => {
    child.kill('SIGTERM');
    await exit;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/prod/.exec(line) ?? [];
    if (url !== undefined) return { url, close };
  }
  throw new Error('the embedded system ended before it served');
}
