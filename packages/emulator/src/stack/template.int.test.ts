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

it.each([[{}], [{ stage: 'try', disposable: 'true', email: 'coffee@example.com', allow: '10.0.0.0/8' }]])(
  'cfn-lint has nothing to say about a stage with %j',
  async (values) => {
    expect(await lint(synthesizeStage(values).template)).toBe('');
  },
);

it('cfn-lint was asked: it finds a property that there is not', async () => {
  const bucket = { Type: 'AWS::S3::Bucket', Properties: { Name: 'invoices' } };
  expect(await lint({ Resources: { Bucket: bucket } })).toMatch(/E3002/);
});
