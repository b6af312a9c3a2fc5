import { MemoryExecutions } from '@coffee/adapter-memory';
import { expect, it } from 'vitest';
import { Definition } from './definition.ts';
import { WorkflowEngine } from './workflow-engine.ts';

/** `null` as a whole is missing: the library fails on it, AWS and this engine do not. */
const inputs = [
  ...[5, 'text', [1, { city: 'a' }], {}, { order: null }, { order: 5 }, { order: 'text' }, { order: {} }],
  ...[{ order: [{ city: 1 }] }, { order: { city: null } }, { order: { city: 'Adelaide', length: 0 } }],
];

/** What a task gets of each input, and how its execution ends. */
async function runAll(fields: object): Promise<unknown[]> {
  const executions = new MemoryExecutions();
  const seen: Record<string, unknown> = {};
  const work = async (event: unknown, { orderid }: { readonly orderid: string }) => {
    seen[orderid] = event;
    return { done: true };
  };
  const task = { Type: 'Task', Resource: '$'.concat('{WorkFunctionArn}'), End: true, ...fields };
  const definition = Definition.of({ StartAt: 'work', States: { work: task } });
  const engine = new WorkflowEngine({ executions, definition, functions: { Work: work } });
  for (const [index, input] of inputs.entries()) await engine.start(`${index}`, JSON.stringify(input));
  await expect.poll(async () => (await executions.counts()).RUNNING, { interval: 1 }).toBe(0);
  const ends = await Promise.all(inputs.map((_, index) => executions.get(`${index}`)));
  return ends.map((end, index) => [inputs[index], seen[index], end?.status, end?.error]);
}

it.each(['$', '$.order', '$.order.city', '$.order.length', '$.toString', '$$.Execution.Input', '$$.Execution.Nothing'])(
  'gives a task what is at %s, or fails, as the library does',
  async (path) => {
    const fields = { Parameters: { 'value.$': path, constant: 1 } };
    expect(await runAll(fields)).toEqual(await runAll({ ...fields, InputPath: '$' })); // which only the library runs
  },
);
