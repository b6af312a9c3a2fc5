import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { SynthesisMessageLevel } from 'aws-cdk-lib/cx-api';
import { checkWithNag } from './nag.ts';
import { OrderStack } from './order-stack.ts';
import { readStage } from './stage.ts';

/** A CloudFormation template, as far as it is read by others. */
export interface StackTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** What cdk-nag found, beside what is acknowledged with a reason. */
interface NagReport {
  readonly pluginName: string;
  readonly suppressedViolations: readonly { readonly ruleName: string }[];
}

const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));

/**
 * Synthesizes a stage in this process as `pnpm infra synth --context …` does, with these context values; `change` may
 * alter the stack first.
 *
 * @throws StageRejected for a context value that cannot be used.
 * @throws Error for a finding of cdk-nag that is not acknowledged, and for a stage that may not be deployed as it is.
 */
export function synthesizeStage(
  values: Readonly<Record<string, string>> = {},
  change: (stack: OrderStack) => void = () => undefined,
) {
  const outdir = mkdtempSync(join(tmpdir(), 'coffee-synth-'));
  try {
    const app = new App({ context: { ...context, ...values }, outdir });
    const stack = new OrderStack(app, readStage(app.node));
    change(stack);
    checkWithNag(app);
    const assembly = app.synth();
    const { template, messages } = assembly.getStackByName(stack.stackName);
    const error = messages.find(({ level }) => level === SynthesisMessageLevel.ERROR);
    if (error !== undefined) throw new Error(String(error.entry.data));
    const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    return {
      template: template as StackTemplate,
      nag: (pluginReports as NagReport[]).find(({ pluginName }) => pluginName === 'AwsSolutions'),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
