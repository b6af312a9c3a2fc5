import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmHistoryCommand, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Menu } from '@coffee/domain';
import type { Stage } from './stage.ts';

/** A deployed stage, and how it is asked. */
interface Deployed {
  readonly url: string;
  readonly menu: Menu;
  readonly stateMachineArn: string;
  /** The physical ids of a type, by the logical ones. */
  readonly resources: ReadonlyMap<string, { readonly type: string; readonly id: string }>;
  /** How long an alarm or an execution may take, in milliseconds. */
  readonly patience: number;
}

const { COFFEE_TOKEN: token } = process.env; // of an operator, for a stage with an issuer
const signed = token === undefined ? undefined : { authorization: `Bearer ${token}` };

type Check = readonly [promise: string, hold: (stage: Deployed) => Promise<string>];

/** What only AWS can show, in the order in which it is tried. `docs/operations.md` lists the same promises. */
export const checks: readonly Check[] = [
  [
    'The subscriptions to emails and alarms are confirmed',
    async ({ resources }) => {
      const topics = [...resources.values()].filter(({ type }) => type === 'AWS::SNS::Topic');
      for (const { id: TopicArn } of topics) {
        const { Subscriptions = [] } = await new SNSClient().send(new ListSubscriptionsByTopicCommand({ TopicArn }));
        assert.notEqual(Subscriptions.length, 0, `no one is subscribed to ${TopicArn}`);
        const pending = Subscriptions.filter(({ SubscriptionArn }) => !SubscriptionArn?.startsWith('arn:'));
        assert.equal(pending.length, 0, `${pending[0]?.Endpoint} has not confirmed ${TopicArn}`);
      }
      return `${topics.length} topics`;
    },
  ],
  [
    'An order ends in time, and its invoice can be read by a signed link',
    async (stage) => {
      const order = anOrder(stage, {});
      const { orderid } = await place(stage, order);
      const { status, stopDate = 0, startDate } = await ended(stage, orderid);
      assert.equal(status, 'SUCCEEDED');
      const { invoice } = await json(stage, `/order?accountid=${order.accountid}&vendorid=${order.vendorid}`);
      const { url } = await json(stage, `/invoice?objectKey=${invoice}`);
      const { lines } = (await (await fetch(String(url))).json()) as { readonly lines: { readonly orderid: string }[] };
      assert.ok(lines.some((line) => line.orderid === orderid));
      return `${(Number(stopDate) - Number(startDate)).toFixed(2)} s`;
    },
  ],
  [
    'API Gateway escapes the quotes of what its validator found, and refuses a body that goes on after its JSON',
    async (stage) => {
      const response = await post(stage, anOrder(stage, { 'an "unknown" key': 1 }));
      assert.equal(response.status, 400);
      const { code, detail } = (await response.json()) as Record<string, unknown>;
      assert.equal(code, 'OrderRejected');
      assert.equal(await codeOf(await post(stage, anOrder(stage, {}), undefined, ' {}')), 'OrderRejected');
      return String(detail);
    },
  ],
  [
    "API Gateway's validator accepts a city of 100 characters, each of two UTF-16 units",
    async (stage) => `order ${(await place(stage, anOrder(stage, { city: '👩'.repeat(100) }))).orderid}`,
  ],
  [
    'A key that was used before is answered by 409, with the Location of its order',
    async (stage) => {
      const key = `verify-${Date.now()}`;
      const { orderid } = await place(stage, anOrder(stage, {}), key);
      await ended(stage, orderid);
      const again = await post(stage, anOrder(stage, { city: 'Perth' }), key);
      assert.equal(again.status, 409);
      const location = again.headers.get('location') ?? '';
      assert.ok(location.endsWith(`/order/${orderid}`), `Location: ${location}`);
      return location;
    },
  ],
  [
    'A key of 81 characters is answered by 400, a body of 300 KiB by 413',
    async (stage) => {
      const tooLong = await post(stage, anOrder(stage, {}), `verify-${Date.now()}`.padEnd(81, 'k'));
      assert.deepEqual([tooLong.status, await codeOf(tooLong)], [400, 'IdempotencyKeyRejected']);
      const tooLarge = await post(stage, anOrder(stage, {}), undefined, ' '.repeat(300 * 1024));
      assert.deepEqual([tooLarge.status, await codeOf(tooLarge)], [413, 'PayloadTooLarge']);
      return 'IdempotencyKeyRejected, PayloadTooLarge';
    },
  ],
  [
    'An order id of 200 characters is answered by 404',
    async ({ url }) => {
      const response = await fetch(`${url}/order/${'x'.repeat(200)}`, { headers: { ...signed } });
      assert.deepEqual([response.status, await codeOf(response)], [404, 'ExecutionNotFound']);
      return 'ExecutionNotFound';
    },
  ],
  [
    'An order that put-item refuses tells why and sets off no alarm',
    async (stage) => {
      const { orderid } = await place(stage, anOrder(stage, { city: 'x'.repeat(101) }));
      const { status, error, message } = await ended(stage, orderid);
      assert.deepEqual([status, error], ['FAILED', 'OrderRejected']);
      await sleep(Math.min(stage.patience, 180_000)); // metrics take a minute or two
      assert.notEqual(await stateOf(stage, 'OrdersFailed'), 'ALARM');
      return String(message);
    },
  ],
  [
    'An execution that fails sets off OrdersFailed, whose message goes through the encrypted topic',
    async (stage) => {
      await ended(stage, await failedExecution(stage));
      await until(stage, 'OrdersFailed', async () => (await stateOf(stage, 'OrdersFailed')) === 'ALARM');
      const AlarmName = nameOf(stage, 'OrdersFailed');
      return until(stage, 'its message', async () => {
        const command = new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType: 'Action', MaxRecords: 1 });
        const { AlarmHistoryItems: [last] = [] } = await new CloudWatchClient().send(command);
        return last?.HistorySummary?.startsWith('Successfully executed') ? last.HistorySummary : undefined;
      });
    },
  ],
  [
    'A failed execution can be redriven',
    async (stage) => {
      const orderid = await failedExecution(stage);
      await ended(stage, orderid);
      const executionArn = executionOf(stage, orderid);
      const sfn = new SFNClient();
      await sfn.send(new RedriveExecutionCommand({ executionArn }));
      const { redriveCount } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      assert.equal(redriveCount, 1);
      return orderid;
    },
  ],
];

/** Finds a deployed stage; `url` replaces the address of its API. @throws Error where there is none. */
export async function findStage({ name, menu }: Stage, patience: number, url?: string): Promise<Deployed> {
  const StackName = `coffee-orders-${name}`;
  const client = new CloudFormationClient();
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const resources = new Map<string, { type: string; id: string }>();
  for (let NextToken: string | undefined, first = true; first || NextToken !== undefined; first = false) {
    const page = await client.send(new ListStackResourcesCommand({ StackName, NextToken }));
    for (const { LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' } of page.StackResourceSummaries ??
      []) {
      resources.set(LogicalResourceId, { type: ResourceType, id: PhysicalResourceId });
    }
    NextToken = page.NextToken;
  }
  const output = (key: string) => stack?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? '';
  return { url: url ?? output('ApiUrl'), menu, stateMachineArn: output('StateMachineArn'), resources, patience };
}

/** Tries each promise in turn and prints what held. Resolves to whether all did. */
export async function verify(stage: Deployed, print: (line: string) => void): Promise<boolean> {
  let held = 0;
  for (const [promise, hold] of checks) {
    const [mark, detail] = await hold(stage).then(
      (detail) => ['held    ', detail] as const,
      (error: unknown) => ['NOT HELD', error instanceof Error ? error.message : String(error)] as const,
    );
    if (mark === 'held    ') held += 1;
    print(`${mark}  ${promise}: ${detail.replaceAll('\n', ' ')}`);
  }
  print(`${held} of ${checks.length} held`);
  return held === checks.length;
}

function anOrder({ menu }: Deployed, changed: Readonly<Record<string, unknown>>) {
  const [{ coffeesize = '', unitprice = '' } = {}] = menu.coffeesizes;
  const details = { coffeetype: menu.coffeetypes[0], coffeesize, unitprice, quantity: 1 };
  const parties = { accountid: 'verify', vendorid: 'verify' };
  const orderdate = new Date().toISOString();
  return { ...parties, orderdate, city: 'Sydney', details, eventtype: ['verify'], ...changed };
}

function post({ url }: Deployed, order: object, key?: string, after = ''): Promise<Response> {
  const headers = {
    ...signed,
    'content-type': 'application/json',
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  return fetch(`${url}/order`, { method: 'POST', headers, body: `${JSON.stringify({ order })}${after}` });
}

async function place(stage: Deployed, order: object, key?: string): Promise<{ readonly orderid: string }> {
  const response = await post(stage, order, key);
  assert.equal(response.status, 202, await response.clone().text());
  return (await response.json()) as { readonly orderid: string };
}

async function json({ url }: Deployed, path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await (await fetch(`${url}${path}`, { headers: { ...signed } })).json()) as Readonly<Record<string, unknown>>;
}

async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { readonly code?: unknown }).code;
}

function ended(stage: Deployed, orderid: string) {
  return until(stage, `the end of ${orderid}`, async () => {
    const execution = await json(stage, `/order/${orderid}`);
    return execution.status === 'RUNNING' ? undefined : execution;
  });
}

/** Starts an execution whose input has no caller, past the API: it fails at the first task. */
async function failedExecution({ stateMachineArn }: Deployed): Promise<string> {
  const name = `verify-failure-${Date.now()}`;
  await new SFNClient().send(new StartExecutionCommand({ stateMachineArn, name, input: '{}' }));
  return name;
}

function executionOf({ stateMachineArn }: Deployed, orderid: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${orderid}`;
}

function nameOf({ resources }: Deployed, alarm: string): string {
  const [, found] = [...resources].find(([id]) => id.startsWith(`Alarms${alarm}`)) ?? [];
  if (found === undefined) throw new Error(`the stack has no alarm ${alarm}`);
  return found.id;
}

async function stateOf(stage: Deployed, alarm: string): Promise<string | undefined> {
  const command = new DescribeAlarmsCommand({ AlarmNames: [nameOf(stage, alarm)] });
  return (await new CloudWatchClient().send(command)).MetricAlarms?.[0]?.StateValue;
}

async function until<T>({ patience }: Deployed, what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${patience / 1000} s for ${what}`);
    await sleep(Math.min(5_000, patience / 10));
  }
}
