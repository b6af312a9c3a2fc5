import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TemplateResource } from './synthesize-stage.ts';
import { synthesize } from './test-support/synthesize.ts';

const stage = synthesize();

/** The methods of adapters that each function calls. */
const calls: Readonly<Record<string, readonly string[]>> = {
  PutItem: ['DynamoDBOrderRepository.put'],
  PutObject: ['S3InvoiceStore.addLine'],
  Notify: ['DynamoDBNotificationLog.begin', 'DynamoDBNotificationLog.finish', 'SnsNotifier.publish'],
  GetItem: ['DynamoDBOrderRepository.get'],
  GetObject: ['S3InvoiceStore.exists', 'S3InvoiceLinks.link'],
};

interface Row {
  readonly method: string;
  readonly actions: readonly string[];
  readonly resource: string;
}

/** The rows under `## IAM` of a package's README: class, method, actions, resource. */
function documented(name: string): Row[] {
  const readme = readFileSync(new URL(`../../${name}/README.md`, import.meta.url), 'utf8');
  const [, section] = readme.split(/^## IAM$/m);
  if (section === undefined) throw new Error(`the README of ${name} has no section ## IAM`);
  const [table = ''] = section.split(/^## /m);
  return [...table.matchAll(/^\|(.+)\|$/gm)].slice(2).map(([, line = '']) => {
    const [owner = '', method = '', actions = '', resource = ''] = line.split('|').map((cell) => cell.trim());
    const plain = (text: string) => text.replaceAll('`', '');
    return {
      method: `${plain(owner)}.${plain(method)}`,
      actions: plain(actions).split(/, */),
      resource: plain(resource),
    };
  });
}

const rows = ['adapter-dynamodb', 'adapter-s3', 'adapter-sns', 'lambdas'].flatMap(documented);

/** An action on a resource, as one text. The resource is told by its logical id in the template. */
function allowed(roleId: string): string[] {
  const policies = stage
    .resources('AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties.Roles) === JSON.stringify([{ Ref: roleId }]));
  return policies.flatMap(([, { Properties }]) => {
    const { Statement } = Properties.PolicyDocument as { Statement: Record<string, unknown>[] };
    return Statement.flatMap(({ Effect, Action, Resource, Condition }) => {
      expect([Effect, Condition]).toEqual(['Allow', undefined]);
      return [Action].flat().flatMap((action) => [Resource].flat().map((each) => `${action} on ${nameOf(each)}`));
    });
  });
}

function nameOf(resource: unknown): string {
  if (resource === '*') return '*';
  const text = JSON.stringify(resource);
  const [, id = text] = /"(?:Ref":"|Fn::GetAtt":\[")(\w+?)[0-9A-F]{8}"/.exec(text) ?? [];
  const names: Readonly<Record<string, string>> = {
    StorageOrders: 'orders table',
    StorageNotificationLog: 'notification log table',
    StorageInvoices: text.includes('"/*"') ? 'objects' : 'bucket',
    TopicsNotifications: 'topic',
    TopicsKey: 'topic key',
  };
  return names[id] ?? id;
}

describe.each(Object.entries(calls))('the role of %s', (name, methods) => {
  const lambda = stage.resources('AWS::Lambda::Function').find(([id]) => id.startsWith(`Functions${name}`));
  const [, roleId = ''] = /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(lambda?.[1].Properties.Role)) ?? [];
  const role = stage.json.Resources[roleId] as TemplateResource;

  it('may do what the READMEs of its adapters say, and nothing else', () => {
    const own = rows.filter(({ method }) => methods.includes(method) || method.startsWith('runtime.'));
    for (const method of methods) expect(own.map((row) => row.method)).toContain(method);
    const expected = own.flatMap(({ actions, resource }) => actions.map((action) => `${action} on ${resource}`));
    const log = `Functions${name}Log`;
    const written = [...new Set(expected)].map((text) => text.replace("the function's log group", log));
    expect(allowed(roleId).sort()).toEqual(written.sort());
  });

  it('is of this function alone, has no managed policy and nothing in line', () => {
    expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(role.Properties).not.toHaveProperty('Policies');
    const users = stage
      .resources('AWS::Lambda::Function')
      .filter(([, { Properties }]) => JSON.stringify(Properties.Role).includes(roleId));
    expect(users).toHaveLength(1);
    expect(role.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    });
  });
});

it('the workflow may invoke its three functions, and deliver its logs and traces', () => {
  const [id = ''] = stage.resources('AWS::IAM::Role').find(([each]) => each.startsWith('WorkflowRole')) ?? [];
  expect(
    allowed(id)
      .filter((text) => !text.endsWith(' on *'))
      .sort(),
  ).toEqual([
    'lambda:InvokeFunction on FunctionsNotify',
    'lambda:InvokeFunction on FunctionsPutItem',
    'lambda:InvokeFunction on FunctionsPutObject',
  ]);
  const everywhere = allowed(id).filter((text) => text.endsWith(' on *'));
  expect(everywhere.filter((text) => !/^(logs|xray):/.test(text))).toEqual([]);
});

it('the API may start and describe executions of this workflow, and nothing else', () => {
  const [id = ''] = stage.resources('AWS::IAM::Role').find(([each]) => each.startsWith('ApiExecutionsRole')) ?? [];
  const policy = stage
    .resources('AWS::IAM::Policy')
    .find(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(id));
  expect(allowed(id)).toEqual([
    'states:StartExecution on WorkflowStateMachine',
    'states:DescribeExecution on WorkflowStateMachine',
  ]);
  expect(JSON.stringify(policy)).toContain(':execution:');
});
