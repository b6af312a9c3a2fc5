import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { synthesizeStage } from '@coffee/infra';
import { expect, it } from 'vitest';
import { pythonTool } from '../servers/python-tools.ts';

const configuration = fileURLToPath(new URL('../../../infra/.cfnlintrc.yaml', import.meta.url));

/** What cfn-lint has to say about a template, a line each. */
async function lint(template: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-template-'));
  const file = join(folder, 'template.json');
  try {
    await writeFile(file, JSON.stringify(template));
    const args = ['--config-file', configuration, '--format', 'parseable', file];
    return (await promisify(execFile)(await pythonTool('cfn-lint'), args)).stdout;
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const email = 'coffee@example.com';

it.each([
  [{ open: 'true' }],
  [{ issuer: 'https://issuer.example', audience: 'coffee-orders', email }],
  [{ stage: 'try', disposable: 'true', email, allow: '10.0.0.0/8', budget: '200', dashboard: 'true' }],
])('cfn-lint has nothing to say about a stage with %j', async (values) => {
  expect(await lint(synthesizeStage(values).template)).toBe('');
});

it('cfn-lint was asked: it finds a property that there is not', async () => {
  const bucket = { Type: 'AWS::S3::Bucket', Properties: { Name: 'invoices' } };
  expect(await lint({ Resources: { Bucket: bucket } })).toMatch(/E3002/);
});

it.each(['synth', 'deploy'])(
  'pnpm infra %s refuses a stage that does not say who may call it, in one sentence',
  async (command) => {
    const main = fileURLToPath(new URL('../../../infra/src/infra.ts', import.meta.url));
    const output = await mkdtemp(join(tmpdir(), 'coffee-undecided-'));
    try {
      const env = { ...process.env, CDK_DISABLE_VERSION_CHECK: '1', CI: 'true' };
      const { code, stdout, stderr } = await promisify(execFile)(
        process.execPath,
        [main, command, '--output', output],
        {
          env,
        },
      ).then(
        () => expect.fail('it was not refused'),
        (error: { code: number; stdout: string; stderr: string }) => error,
      );
      expect(code).toBe(1);
      expect(stdout + stderr).toMatch(
        /Decide who may call .*--context issuer=URL --context audience=NAME .*--context allow=RANGES .*--context open=true \(everyone\)\./,
      );
    } finally {
      await rm(output, { recursive: true });
    }
  },
);
