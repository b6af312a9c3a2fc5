import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Execution, ExecutionPage, MailPage } from '@coffee/api';
import type { PlacedOrder } from '@coffee/domain';
import type { OrderWorkflow } from '@coffee/workflow';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { readApi, startGateway } from '../gateway/index.ts';
import type { AwsServer } from '../servers/start-server.ts';
import { startMiniStack } from '../servers/with-ministack.ts';
import { askStates } from './ask-states.ts';
import { bootstrap, deployStack, resolveIn } from './deploy-stack.ts';
import { startMailbox } from './start-mailbox.ts';

// Follows docs/add-a-step.md in a copy of this workspace: its patches, its JSON and its commands.

const minutes = 60_000;
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const run = promisify(execFile);

let folder: string;
let server: AwsServer;
let page: string;

beforeAll(async () => {
  page = await readFile(join(root, 'docs/add-a-step.md'), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'coffee-step-'));
  server = await startMiniStack({ secure: true });
  Object.assign(process.env, server.environment);
  await bootstrap(join(folder, 'bootstrap'));
}, 5 * minutes);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true });
});

/** The blocks of a language in the section of the page with this title. */
function blocks(title: string, language: string): string[] {
  const [, section = ''] = page.split(`\n## ${title}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
}

/** A copy of this workspace with the patches of a section. */
async function patchedCopy(title: string): Promise<string> {
  const copy = await mkdtemp(join(folder, 'workspace-'));
  await cp(join(root, 'packages'), join(copy, 'packages'), { recursive: true, verbatimSymlinks: true });
  for (const name of await readdir(root)) {
    if (/\.(?:json|yaml)$/.test(name)) await cp(join(root, name), join(copy, name));
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const patches = blocks(title, 'diff');
  expect(patches).not.toEqual([]);
  for (const [index, patch] of patches.entries()) {
    const file = join(copy, `${index}.patch`);
    await writeFile(file, patch);
    await run('git', ['apply', file], { cwd: copy, env: { ...process.env, GIT_CEILING_DIRECTORIES: folder } });
  }
  return copy;
}

/** Builds what the page changes, as `pnpm start` and `pnpm infra` do first. */
async function build(copy: string): Promise<void> {
  for (const name of ['workflow', 'lambdas', 'local']) {
    const project = join(copy, 'packages', name, 'tsconfig.build.json');
    await run(join(root, 'node_modules/.bin/tsc'), ['-p', project]).catch(({ stdout }) => expect.fail(stdout));
  }
  await run(process.execPath, [join(copy, 'packages/lambdas/src/bundling/main.ts')]);
}

/** Serves what `npx pnpm start` serves. */
async function startEmbedded(copy: string): Promise<string> {
  const data = join(copy, 'coffee.sqlite');
  const main = join(copy, 'packages/local/dist/main.js');
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await exit;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/prod/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the embedded system ended before it served');
}

/** Runs a command of the page, `npx pnpm coffee …`, with a server of the test. */
async function coffee(command: string, url: string): Promise<string> {
  const [, text = ''] = /^npx pnpm coffee (.+?)(?: --url https:\S+)?$/.exec(command) ?? [];
  expect(text, command).not.toBe('');
  const main = join(root, 'packages/cli/src/main.ts');
  const args = ['--conditions=@coffee/source', main, ...text.split(' '), '--url', url];
  return (await run(process.execPath, args)).stdout;
}

/** Runs the commands of a section that need no AWS, and returns where the server is that they used. */
async function followEmbedded(title: string, copy: string): Promise<{ readonly url: string; readonly said: string }> {
  const [start, ...commands] = (blocks(title, 'sh')[0] ?? '').trim().split('\n');
  expect(start).toBe('npx pnpm start');
  const url = await startEmbedded(copy);
  let said = '';
  for (const command of commands) said = await coffee(command, url);
  return { url, said };
}

/** Deploys as the page says, and places its order. */
async function followDeployed(title: string, copy: string) {
  const [deploy = '', place = '', ...rest] = (blocks(title, 'sh')[1] ?? '').trim().split('\n');
  expect([deploy, rest]).toEqual([expect.stringMatching(/^npx pnpm infra deploy(?: --context \w+=\S+)+$/), []]);
  const values = Object.fromEntries([...deploy.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  const stack = await deployStack({ stage: '', ...values }, join(copy, 'assembly'), undefined, copy);
  const mailbox = await startMailbox(stack.outputs.NotificationsTopicArn ?? '');
  onTestFinished(mailbox.close);
  const gateway = await startGateway({
    api: readApi(stack.template, resolveIn(stack)),
    backEnd: server.endpoint,
    lambda: new LambdaClient(),
    timeoutMilliseconds: 4 * minutes,
  });
  onTestFinished(gateway.close);
  await coffee(place, `${gateway.url}/prod`);
  const stateMachineArn = stack.outputs.StateMachineArn;
  const { executions } = await askStates(server.endpoint, 'ListExecutions', { stateMachineArn });
  const [{ executionArn }] = executions as [{ readonly executionArn: string }];
  const { output, name } = await askStates(server.endpoint, 'DescribeExecution', { executionArn });
  const mails = async () => ((await (await fetch(mailbox.url)).json()) as MailPage).mails;
  return { orderid: String(name), output: JSON.parse(String(output)) as unknown, mails };
}

const get = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

it('a state that publishes to a topic sends one message, embedded and deployed', {
  timeout: 12 * minutes,
}, async () => {
  const title = 'A state that publishes to a topic';
  const copy = await patchedCopy(title);
  const file = join(copy, 'packages/workflow/src/order-workflow.asl.json');
  const { States, ...workflow } = JSON.parse(await readFile(file, 'utf8')) as OrderWorkflow;
  const { task_notify: _, task_put_object, ...others } = States;
  const [added = ''] = blocks(title, 'json');
  const edited = { ...others, task_put_object: { ...task_put_object, Next: 'SNS Publish' }, ...JSON.parse(added) };
  await writeFile(file, JSON.stringify({ ...workflow, States: edited }));
  await build(copy);

  const { url, said } = await followEmbedded(title, copy);
  const { mails } = await get<MailPage>(`${url}/mailbox`);
  const { executions } = await get<ExecutionPage>(`${url}/executions`);
  const [sent] = executions;
  expect(mails).toMatchObject([
    { id: `${sent?.orderid}.SNS Publish`, text: expect.stringContaining(sent?.orderid ?? '') },
  ]);
  expect(said).toContain('AWS Notification Message');

  const deployed = await followDeployed(title, copy);
  await expect.poll(deployed.mails, { timeout: 2 * minutes }).toHaveLength(1);
  const [mail] = await deployed.mails();
  const placed = JSON.parse(mail?.text ?? '') as PlacedOrder;
  expect(placed.orderid).toBe(deployed.orderid);
  expect(deployed.output).toMatchObject({ MessageId: expect.any(String) });
});

it('a state with a function of its own runs it, embedded and deployed', { timeout: 12 * minutes }, async () => {
  const title = 'A state with a function of its own';
  const copy = await patchedCopy(title);
  await build(copy);

  const { url } = await followEmbedded(title, copy);
  const { executions } = await get<ExecutionPage>(`${url}/executions`);
  const { history } = await get<Execution>(`${url}/executions/${executions[0]?.orderid}`);
  const { output } = history.find(({ type, state }) => type === 'StateExited' && state === 'task_stamp') ?? {};
  const { order, card } = output as PlacedOrder & { readonly card: unknown };
  expect(card).toEqual({ stamps: order.details.quantity });
  expect((await get<OrderWorkflow>(`${url}/workflow`)).States).toHaveProperty('task_stamp');

  const deployed = await followDeployed(title, copy);
  const placed = deployed.output as PlacedOrder & { readonly card: unknown };
  expect(placed).toMatchObject({ orderid: deployed.orderid, card: { stamps: placed.order.details.quantity } });
  await expect.poll(deployed.mails, { timeout: 2 * minutes }).toMatchObject([{ id: deployed.orderid }]);
});
