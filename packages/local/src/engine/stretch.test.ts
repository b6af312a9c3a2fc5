import { MemoryExecutions } from '@coffee/adapter-memory';
import { StateMachine } from 'aws-local-stepfunctions';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Definition } from './definition.ts';
import { WorkflowEngine } from './workflow-engine.ts';

const Resource = '$'.concat('{WorkFunctionArn}');

/** `null` as a whole is missing: the library fails on it, AWS and this engine do not. */
const inputs = [
  ...[5, 'text', [1, { city: 'a' }], {}, { order: null }, { order: 5 }, { order: 'text' }, { order: {} }],
  ...[{ order: [{ city: 1 }] }, { order: { city: null } }, { order: { city: 'Adelaide', length: 0 } }],
];

/** What a task gets of each input, and how its execution ends. */
async function runAll(fields: object, given: readonly unknown[] = inputs): Promise<unknown[]> {
  const executions = new MemoryExecutions();
  const seen: Record<string, unknown> = {};
  const work = async (event: unknown, { orderid }: { readonly orderid: string }) => {
    seen[orderid] = event;
    return { done: true };
  };
  const task = { Type: 'Task', Resource, End: true, ...fields };
  const definition = Definition.of({ StartAt: 'work', States: { work: task } });
  const engine = new WorkflowEngine({ executions, definition, functions: { Work: work } });
  for (const [index, input] of given.entries()) await engine.start(`${index}`, JSON.stringify(input));
  await expect.poll(async () => (await executions.counts()).RUNNING, { interval: 1 }).toBe(0);
  const ends = await Promise.all(given.map((_, index) => executions.get(`${index}`)));
  return ends.map((end, index) => [given[index], seen[index], end?.status, end?.error]);
}

it.each(['$', '$.order', '$.order.city', '$.order.length', '$.toString', '$$.Execution.Input', '$$.Execution.Nothing'])(
  'gives a task what is at %s, or fails, as the library does',
  async (path) => {
    const fields = { Parameters: { 'value.$': path, constant: 1 } };
    expect(await runAll(fields)).toEqual(await runAll({ ...fields, InputPath: '$' })); // which only the library runs
  },
);

it('runs a task that takes plain paths, constants and the execution without the library', async () => {
  const library = vi.spyOn(StateMachine.prototype, 'run');
  onTestFinished(() => library.mockRestore());
  const Parameters = { 'city.$': '$.order.city', 'name.$': '$$.Execution.Name', constant: 1 };
  const last = await runAll({ Parameters }, [{ order: { city: 'Adelaide' } }]);
  expect(last).toEqual([[expect.anything(), { city: 'Adelaide', name: '0', constant: 1 }, 'SUCCEEDED', undefined]]);
  expect(library).not.toHaveBeenCalled();
});

it.each([
  ['counts the retries of the state that a catcher leads to for itself', null, 'SUCCEEDED', undefined],
  ['fails when a catcher cannot keep the error', '$.missing[0].error', 'FAILED', 'work'],
])('%s', async (_, ResultPath, status, state) => {
  const executions = new MemoryExecutions();
  const failures = new Map([
    ['work', 2],
    ['other', 1],
  ]);
  const work = async (event: unknown, { state: name }: { readonly state: string }) => {
    const left = failures.get(name) ?? 0;
    failures.set(name, left - 1);
    if (left > 0) throw new Error('no');
    return event;
  };
  const task = { Type: 'Task', Resource, Retry: [{ ErrorEquals: ['Error'], MaxAttempts: 1 }] };
  const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath, Next: 'other' }];
  const States = { work: { ...task, Catch, Next: 'other' }, other: { ...task, End: true } };
  const definition = Definition.of({ StartAt: 'work', States });
  const engine = new WorkflowEngine({ executions, definition, functions: { Work: work }, retryMilliseconds: 0 });
  await engine.start('o', '5');
  await expect.poll(async () => (await executions.counts()).RUNNING, { interval: 1 }).toBe(0);
  const execution = await executions.get('o');
  expect([execution?.status, execution?.resume?.state]).toEqual([status, state]);
});
