import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { synthesize } from './test-support/synthesize.ts';

const stage = synthesize();
const [, machine] = stage.resources('AWS::StepFunctions::StateMachine')[0] ?? [];
const file = readFileSync(fileURLToPath(import.meta.resolve('@coffee/workflow/order-workflow.asl.json')), 'utf8');

it('deploys the workflow file as it is, with the ARN of a function for each placeholder', () => {
  expect(machine?.Properties.DefinitionString).toBe(file);
  const substitutions = machine?.Properties.DefinitionSubstitutions as Record<string, unknown>;
  const placeholders = [...file.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  expect(Object.keys(substitutions).sort()).toEqual([...placeholders].sort());
  for (const [name, value] of Object.entries(substitutions)) {
    const id = `Functions${name.replace('FunctionArn', '')}`;
    expect(value).toEqual({ 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${id}[0-9A-F]{8}$`)), 'Arn'] });
  }
});
