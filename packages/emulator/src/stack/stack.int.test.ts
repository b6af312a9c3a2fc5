import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway, StackTemplate } from '../gateway/index.ts';
import { readApi, startGateway } from '../gateway/index.ts';
import { startMiniStack } from '../servers/start-ministack.ts';
import type { AwsServer } from '../servers/start-server.ts';
import type { DeployedStack } from './deploy-stack.ts';
import { deployStack } from './deploy-stack.ts';
import { deviations } from './deviations.ts';
import { resolveIn } from './resolve-in.ts';
import { runAcceptance } from './run-acceptance.ts';
import { startHybrid } from './start-hybrid.ts';
import type { RunningMailbox } from './start-mailbox.ts';
import { startMailbox } from './start-mailbox.ts';

const minutes = 60_000;
let folder: string;
let server: AwsServer;
let stack: DeployedStack;
let gateway: Gateway;
let mailbox: RunningMailbox;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coffee-stack-'));
  // A server of its own, by TLS: the stack's buckets and topics take nothing else. Functions in as many processes as two
  // cores can bear; what is throttled, the workflow tries again.
  server = await startMiniStack({ secure: true, environment: { LAMBDA_ACCOUNT_CONCURRENCY: '24' } });
  Object.assign(process.env, server.environment);
  stack = await deployStack('test', folder);
  mailbox = await startMailbox(stack.outputs.NotificationsTopicArn ?? '');
  gateway = await startGateway({
    api: readApi(stack.template as StackTemplate, resolveIn(stack)),
    backEnd: server.endpoint,
    lambda: new LambdaClient(),
  });
}, 5 * minutes);

afterAll(async () => {
  await gateway?.close();
  await mailbox?.close();
  await server?.stop();
  await rm(folder, { recursive: true });
});

describe('the stack, deployed by cdk deploy, behind the test gateway', () => {
  it('passes the acceptance suite, but for what is declared', { timeout: 15 * minutes }, async () => {
    const results = await runAcceptance(`${gateway.url}/prod`, mailbox.url);
    expect(results.length).toBeGreaterThan(100);
    const isDeclared = (title: string) => deviations.some(({ test }) => title.startsWith(test));
    const failed = results.filter(({ passed }) => !passed);
    const surprises = failed.filter(({ title }) => !isDeclared(title));
    expect(surprises.map(({ title, message }) => `${title}\n${message}`)).toEqual([]);
    const unused = deviations.filter(({ test }) => !failed.some(({ title }) => title.startsWith(test)));
    expect(unused, 'declared, but kept after all').toEqual([]);
  });
});

describe('the embedded edge and engine on the tables of the stack (--aws)', () => {
  it('pass the acceptance suite', { timeout: 15 * minutes }, async () => {
    const hybrid = await startHybrid(stack, join(folder, 'hybrid.sqlite'));
    try {
      const results = await runAcceptance(hybrid.url, mailbox.url);
      expect(results.length).toBeGreaterThan(100);
      const failed = results.filter(({ passed }) => !passed);
      expect(failed.map(({ title, message }) => `${title}\n${message}`)).toEqual([]);
    } finally {
      await hybrid.close();
    }
    const { Count = 0 } = await new DynamoDBClient().send(
      new ScanCommand({ TableName: stack.outputs.OrdersTable, Select: 'COUNT' }),
    );
    expect(Count).toBeGreaterThan(2 * 200); // the suite's own orders, of both runs
  });
});
