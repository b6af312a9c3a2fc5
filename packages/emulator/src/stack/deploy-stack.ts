import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import type { StackTemplate, TemplateResource } from '@coffee/infra';
import type { Resolve } from '../gateway/index.ts';

/** A deployed stage: what was synthesized, and what came of it. */
export interface DeployedStack {
  /** The template as `cdk synth` wrote it. */
  readonly template: StackTemplate;
  /** The physical ids, by logical id. */
  readonly physicalIds: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const workspace = fileURLToPath(new URL('../../../../', import.meta.url));
const run = promisify(execFile);

async function cdk(root: string, ...args: readonly string[]): Promise<void> {
  const infra = join(root, 'packages/infra');
  try {
    await run(join(infra, 'node_modules/.bin/cdk'), args, {
      cwd: infra,
      env: { ...process.env, CDK_DISABLE_VERSION_CHECK: '1', CI: 'true' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`cdk ${args.join(' ')} failed\n${stdout}${stderr}`, { cause: error });
  }
}

/** Bootstraps the account as `pnpm infra bootstrap` does, to wherever the variables of the AWS SDKs point. */
export async function bootstrap(output: string): Promise<void> {
  await cdk(workspace, 'bootstrap', '--output', output);
}

/** What MiniStack's CloudFormation cannot create, and nothing that the tests use depends on. */
function beyondMiniStack({ Type, Properties }: TemplateResource): boolean {
  return ['AWS::Budgets::Budget', 'AWS::XRay::SamplingRule'].includes(Type) || Properties?.Metrics !== undefined;
}

/** An earlier template with the code of today's functions, which the assembly at hand can publish. */
function onTodaysCode(earlier: StackTemplate, today: StackTemplate): StackTemplate {
  const Resources = Object.entries(earlier.Resources).map(([id, resource]): [string, TemplateResource] => {
    if (resource.Type !== 'AWS::Lambda::Function') return [id, resource];
    const { Code } = today.Resources[id]?.Properties ?? {};
    return [id, { ...resource, Properties: { ...resource.Properties, Code } }];
  });
  return { ...earlier, Resources: Object.fromEntries(Resources) };
}

/**
 * Deploys a stage as `pnpm infra deploy` does, with these context values, but for what MiniStack cannot create; the assembly
 * is written to `output`. An earlier template of the same stage takes the place of today's; another copy of this workspace, of
 * this one.
 */
export async function deployStack(
  values: Readonly<Record<string, string>> & { readonly stage: string },
  output: string,
  earlier?: StackTemplate,
  root = workspace,
): Promise<DeployedStack> {
  const context = Object.entries(values).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  await cdk(root, 'synth', '--quiet', '--output', output, ...context);
  const StackName = `coffee-orders-${values.stage}`;
  const file = join(output, `${StackName}.template.json`);
  const today = JSON.parse(await readFile(file, 'utf8')) as StackTemplate;
  const whole = earlier === undefined ? today : onTodaysCode(earlier, today);
  const possible = Object.entries(whole.Resources).filter(([, resource]) => !beyondMiniStack(resource));
  const template: StackTemplate = { ...whole, Resources: Object.fromEntries(possible) };
  await writeFile(file, JSON.stringify(template));
  if (earlier !== undefined) await renameTemplate(output, StackName);
  await cdk(root, 'deploy', '--app', output, '--require-approval', 'never');
  const client = new CloudFormationClient();
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return {
    template,
    physicalIds: Object.fromEntries(
      StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
        LogicalResourceId,
        PhysicalResourceId,
      ]),
    ),
    outputs: Object.fromEntries(
      (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
  };
}

/** Publishes a template under another name than today's: what is published already is not published again. */
async function renameTemplate(output: string, stackName: string): Promise<void> {
  const assets = join(output, `${stackName}.assets.json`);
  const { files } = JSON.parse(await readFile(assets, 'utf8')) as {
    readonly files: Record<string, { source: { path: string } }>;
  };
  const [hash = ''] =
    Object.entries(files).find(([, { source }]) => source.path === `${stackName}.template.json`) ?? [];
  for (const file of [assets, join(output, 'manifest.json')]) {
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(hash, hash.split('').reverse().join('')));
  }
}

/** Resolves the references in the template of a deployed stack by the physical ids, as CloudFormation does. */
export function resolveIn({ physicalIds, outputs }: DeployedStack): Resolve {
  const [, , , region = '', account = ''] = (outputs.StateMachineArn ?? '').split(':');
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return ({ logicalId, attribute }) => {
    const id = pseudo[logicalId] ?? physicalIds[logicalId];
    if (id === undefined) throw new Error(`the stack has no ${logicalId}`);
    if (attribute === undefined) return id;
    if (attribute === 'Name') return id.slice(id.lastIndexOf(':') + 1); // of a state machine, whose id is its ARN
    if (attribute === 'Arn' && logicalId.startsWith('Functions')) {
      return logicalId.includes('Role')
        ? `arn:aws:iam::${account}:role/${id}`
        : `arn:aws:lambda:${region}:${account}:function:${id}`;
    }
    return `${id}.${attribute}`;
  };
}
