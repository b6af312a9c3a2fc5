import { MemoryExecutions } from '@coffee/adapter-memory';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { StateMachine } from 'aws-local-stepfunctions';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Definition } from './definition.ts';
import { WorkflowEngine } from './workflow-engine.ts';

const names = ['Unavailable', 'OrderRejected', 'Other'];
const errorEquals = fc.subarray([...names, 'States.ALL', 'States.TaskFailed'], { minLength: 1, maxLength: 2 });
const retry = fc.array(fc.record({ ErrorEquals: errorEquals, MaxAttempts: fc.nat(2) }), { maxLength: 3 });
const catches = fc.array(
  fc.record({
    ErrorEquals: errorEquals,
    Next: fc.constantFrom('caught', 'again', 'last'),
    ResultPath: fc.constantFrom('$', '$.error'),
  }),
  { maxLength: 2 },
);
const resultPath = fc.constantFrom('$', '$.result', null);
const fields = fc.record({ Retry: retry, Catch: catches, ResultPath: resultPath });
/** Plain paths, which the engine reads itself, one that leads nowhere, and others, which are the library's. */
const parameters = fc.constantFrom(
  { constant: 1, 'order.$': '$.order' },
  { 'city.$': '$.order.city', 'whole.$': '$' },
  { 'none.$': '$.order.none' },
  { 'all.$': '$..city' },
  { nested: { 'city.$': '$.order.city' } },
  {},
);
const taskFields = fc.record(
  { Retry: retry, Catch: catches, ResultPath: resultPath, Parameters: parameters },
  { requiredKeys: ['Retry', 'Catch'] },
);

/** Tasks that retry and catch, one of them inside `Parallel`, and a way back to the first. */
const definitions = fc
  .record({ work: taskFields, both: fields, inside: fields, last: taskFields })
  .map(({ work, both, inside, last }): StateMachineDefinition => {
    const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Work' } as const;
    return {
      StartAt: 'start',
      States: {
        start: {
          Type: 'Choice',
          Choices: ['again', 'caught'].map((Next) => ({ Variable: '$.none', IsPresent: true, Next })),
          Default: 'work',
        },
        work: { ...task, ...work, Next: 'both' } as never,
        both: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'inside', States: { inside: { ...task, ...inside, Catch: [], End: true } as never } }],
          ...both,
          Next: 'last',
        } as never,
        last: { ...task, ...last, End: true } as never,
        again: { Type: 'Pass', Result: { again: true }, Next: 'work' },
        caught: { Type: 'Pass', End: true },
      },
    };
  });

/** Whether each call of a function fails, and how. Later calls succeed. */
const scripts = fc.array(fc.option(fc.constantFrom(...names), { freq: 2 }), { maxLength: 12 });

/** A function that follows a script and notes what it was called with. */
function scripted(script: readonly (string | null)[]) {
  const calls: unknown[] = [];
  const work = async (event: unknown) => {
    const name = script[calls.push(event) - 1] ?? null;
    if (name === null) return { calls: calls.length };
    throw Object.assign(new Error(JSON.stringify({ errorType: name, errorMessage: 'no' })), { name });
  };
  return { calls, work };
}

async function byLibrary(definition: StateMachineDefinition, script: readonly (string | null)[]) {
  const { calls, work } = scripted(script);
  const retryIntervalOverrides = { work: 0, both: 0, inside: 0, last: 0 };
  const taskResourceLocalHandlers = { work, inside: work, last: work } as never;
  const run = new StateMachine(definition, { validationOptions: { noValidate: true } }).run(
    { order: { city: 'Adelaide' } },
    {
      overrides: { taskResourceLocalHandlers, retryIntervalOverrides },
    },
  );
  const outcome = await run.result.then(
    () => 'SUCCEEDED',
    (error: Error) => `FAILED ${(error.cause as Error).name}`,
  );
  return { calls, outcome };
}

async function byEngine(definition: Definition, script: readonly (string | null)[]) {
  const { calls, work } = scripted(script);
  const executions = new MemoryExecutions();
  const functions = {
    Work: async (event: unknown) => {
      try {
        return await work(event);
      } catch (error) {
        throw Object.assign(new Error('no'), { name: (error as Error).name }); // as a function throws it
      }
    },
  };
  const ended = Promise.withResolvers<string>();
  const end = executions.end.bind(executions);
  executions.end = async (execution, outcome) => {
    await end(execution, outcome);
    ended.resolve(outcome.error === undefined ? outcome.status : `${outcome.status} ${outcome.error}`);
  };
  const engine = new WorkflowEngine({ executions, definition, functions, retryMilliseconds: 0 });
  await engine.start('o', '{"order":{"city":"Adelaide"}}');
  const outcome = await ended.promise;
  await engine.stop(0);
  return { calls, outcome };
}

it('retries and catches as the library does, whatever the definition and the errors', async () => {
  await fc.assert(
    fc.asyncProperty(definitions, fc.array(scripts, { minLength: 10, maxLength: 10 }), async (definition, scripts) => {
      const checked = Definition.of(definition);
      for (const script of scripts) {
        expect(await byEngine(checked, script)).toEqual(await byLibrary(definition, script));
      }
    }),
    { numRuns: 10 },
  );
}, 60_000);
