import { inputOf } from '@coffee/application';
import { exampleOrder } from '@coffee/domain/arbitraries';
import type { EndState, TaskState } from '@coffee/workflow';
import { orderWorkflow } from '@coffee/workflow';
import { describe, expect, it } from 'vitest';
import { askStates } from './ask-states.ts';

// Each state with each outcome, by TestState: what Step Functions says it does next.

const definition = JSON.stringify(orderWorkflow).replace(
  /\$\{(\w+)\}/g,
  'arn:aws:lambda:us-east-1:000000000000:function:$1',
);
const execution = { Name: 'o1', StartTime: '2026-11-24T09:30:00.000Z' };

/** What `TestState` answers, and what was passed to the task. */
interface Tested {
  readonly status: 'SUCCEEDED' | 'RETRIABLE' | 'CAUGHT_ERROR' | 'FAILED';
  readonly output?: string;
  readonly nextState?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly inspectionData: {
    readonly afterParameters?: string;
    readonly errorDetails?: { readonly retryBackoffIntervalSeconds: number };
  };
}

type Outcome =
  | { readonly result: string }
  | { readonly errorOutput: { readonly error: string; readonly cause: string } };

async function run(stateName: string, input: string, mock?: Outcome, retrierRetryCount = 0): Promise<Tested> {
  const context = JSON.stringify({ Execution: execution });
  const mocked = mock === undefined ? {} : { mock, stateConfiguration: { retrierRetryCount } };
  const state = { definition, stateName, input, context, inspectionLevel: 'DEBUG', ...mocked };
  return (await askStates(process.env.AWS_ENDPOINT_URL ?? '', 'TestState', state)) as unknown as Tested;
}

const failing = (error: string) => ({ errorOutput: { error, cause: `{"errorType":"${error}"}` } });
const placed = { orderid: 'o1', total: '7.00' };
const executionInput = inputOf(JSON.stringify({ order: exampleOrder }), { kind: 'anyone' });
const inputs: Readonly<Record<string, string>> = {
  task_put_item: executionInput,
  task_put_object: JSON.stringify(placed),
  task_notify: JSON.stringify(placed),
  'Job Succeeded': JSON.stringify(placed),
  'Job Failed': '{"Error":"OrderRejected","Cause":"{}"}',
};

/** Errors that no task retries or catches: a redrive goes on from there. */
const permanent = [
  'Conflict',
  'CallerUnknown',
  'OrderForbidden',
  'NotificationRefused',
  'TypeError',
  'Lambda.Unhandled',
];

const states = Object.entries<TaskState | EndState>(orderWorkflow.States);
const tasks = states.filter((entry): entry is [string, TaskState] => entry[1].Type === 'Task');

it('has an input for each state, so that one that is added is tried too', () => {
  expect(Object.keys(inputs).sort()).toEqual(states.map(([name]) => name).sort());
});

describe.each(tasks)('%s', (name, { Next, ResultPath, Retry, Catch = [] }) => {
  const input = inputs[name] ?? '';

  it(`goes on to ${Next} with its result, or with its input where the result is of no use`, async () => {
    const tested = await run(name, input, { result: '{"result":true}' });
    expect(tested).toMatchObject({ status: 'SUCCEEDED', nextState: Next });
    expect(JSON.parse(tested.output ?? '')).toEqual(ResultPath === null ? JSON.parse(input) : { result: true });
  });

  const retried = Retry.flatMap((rule) => rule.ErrorEquals.map((error) => ({ error, ...rule })));

  it.each(retried)('retries $error $MaxAttempts times, then fails', async ({ error, IntervalSeconds, ...rule }) => {
    const first = await run(name, input, failing(error));
    expect(first).toMatchObject({ status: 'RETRIABLE', error });
    expect(first.inspectionData.errorDetails?.retryBackoffIntervalSeconds).toBe(IntervalSeconds);
    expect(await run(name, input, failing(error), rule.MaxAttempts - 1)).toMatchObject({ status: 'RETRIABLE' });
    expect(await run(name, input, failing(error), rule.MaxAttempts)).toMatchObject({ status: 'FAILED', error });
  });

  it('has a limit of time, and retries what takes longer', () => {
    expect(retried.map(({ error }) => error)).toContain('States.Timeout');
  });

  const caught = Catch.flatMap((catcher) => catcher.ErrorEquals.map((error) => ({ error, next: catcher.Next })));

  it.for(caught)('goes on to $next after $error, with the reason', async ({ error, next }) => {
    const tested = await run(name, input, failing(error));
    expect(tested).toMatchObject({ status: 'CAUGHT_ERROR', nextState: next });
    const { cause } = failing(error).errorOutput;
    expect(JSON.parse(tested.output ?? '')).toEqual({ Error: error, Cause: cause });
  });

  const known = [...retried, ...caught].map(({ error }) => error);

  it.each([...permanent, 'OrderRejected', 'NotificationInProgress'].filter((error) => !known.includes(error)))(
    'fails at once on %s',
    async (error) => {
      expect(await run(name, input, failing(error))).toMatchObject({ status: 'FAILED', error });
    },
  );
});

it('task_put_item gets the name, the start and the whole input of the execution, of this version or an earlier one', async () => {
  for (const input of [executionInput, JSON.stringify({ order: exampleOrder })]) {
    const { inspectionData } = await run('task_put_item', input, { result: '{}' });
    expect(JSON.parse(inspectionData.afterParameters ?? '')).toEqual({
      orderid: execution.Name,
      acceptedAt: execution.StartTime,
      input: JSON.parse(input),
    });
  }
});

it('Job Succeeded ends the execution with the placed order', async () => {
  const { status, output = '' } = await run('Job Succeeded', inputs['Job Succeeded'] ?? '');
  expect([status, JSON.parse(output)]).toEqual(['SUCCEEDED', placed]);
});

it('Job Failed ends it with the error and the cause of the refusal', async () => {
  const tested = await run('Job Failed', inputs['Job Failed'] ?? '');
  expect(tested).toMatchObject({ status: 'FAILED', error: 'OrderRejected', cause: '{}' });
});
