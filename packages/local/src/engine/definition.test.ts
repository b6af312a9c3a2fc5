import { Unavailable } from '@coffee/ports';
import { orderWorkflow } from '@coffee/workflow';
import { describe, expect, it } from 'vitest';
import { Definition } from './definition.ts';

const task = { Type: 'Task', Resource: '$'.concat('{WorkFunctionArn}'), End: true };

const delays = {
  'three times, after 1, 2 and 4 seconds by default': [{}, [1000, 2000, 4000, undefined]],
  'at its interval and rate': [{ IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 2 }, [10_000, 30_000, undefined]],
  'after its longest delay': [{ IntervalSeconds: 3, MaxDelaySeconds: 5 }, [3000, 5000, 5000, undefined]],
  'with full jitter': [{ JitterStrategy: 'FULL' }, [250, 500, 1000, undefined]],
  'without jitter': [{ JitterStrategy: 'NONE' }, [1000, 2000, 4000, undefined]],
  'not at all': [{ MaxAttempts: 0 }, [undefined]],
} as const;

const passing = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
const parallel = (name: string) => ({ Type: 'Parallel', Branches: [passing(name)] });
const on = (...patterns: readonly string[]) => ({
  Retry: patterns.map((ErrorEquals) => ({ ErrorEquals: [ErrorEquals] })),
});
const states: Record<string, object> = {
  ...Object.fromEntries(
    Object.entries(delays).map(([name, [fields]]) => [name, { Retry: [{ ErrorEquals: ['Unavailable'], ...fields }] }]),
  ),
  two: { Retry: [{ ErrorEquals: ['Other'] }, { ErrorEquals: ['Unavailable', 'Busy'] }] },
  all: on('States.ALL'),
  allInParallel: { ...parallel('one'), ...on('States.ALL') },
  failed: on('States.TaskFailed'),
  failedInParallel: { ...parallel('two of them'), ...on('States.TaskFailed') },
  timeout: on('States.Timeout'),
  none: {},
  pass: { Type: 'Pass' },
};
const names = Object.keys(states);

/** A workflow of these states, one after the other: checked once, which takes long. */
const source = {
  StartAt: names[0],
  States: Object.fromEntries([
    ...names.map((name, index) => [
      name,
      {
        ...(/Parallel|pass/.test(name) ? {} : task),
        ...states[name],
        End: undefined,
        Next: names[index + 1] ?? 'last',
      },
    ]),
    ['last', { ...task, TimeoutSeconds: 7 }],
  ]),
};

const error = (name: string, more: object = {}) => Object.assign(new Error('no'), { name, ...more });
const retry = (state: string, failure: Error, used: readonly number[] = []) =>
  Definition.of(source).retry(state, failure, used, () => 0.25);

describe('a retry', () => {
  it.each(Object.entries(delays))('is made %s', (name, [, expected]) => {
    const unavailable = new Unavailable('down');
    expect(expected.map((_, used) => retry(name, unavailable, [used])?.delay)).toEqual(expected);
  });

  it('is counted for each retrier by itself', () => {
    expect(retry('two', error('Other'))).toEqual({ index: 0, delay: 1000 });
    expect(retry('two', error('Busy'), [3])).toEqual({ index: 1, delay: 1000 });
    expect(retry('two', error('Unavailable'), [0, 2])).toEqual({ index: 1, delay: 4000 });
    expect(retry('two', error('Third'))).toBeUndefined();
  });

  it.each([
    ['all', 'Other', true],
    ['allInParallel', 'States.Timeout', true],
    ['failed', 'Other', true],
    ['failed', 'States.Timeout', false],
    ['failedInParallel', 'Other', false],
    ['timeout', 'States.Timeout', true],
    ['none', 'Other', false],
    ['pass', 'Other', false],
    ['a state that the workflow does not have', 'Other', false],
  ])('at %s meets %s: %s', (state, name, met) => {
    expect(retry(state, error(name)) !== undefined).toBe(met);
  });

  it('is not made for an error that no retry heals', () => {
    expect(retry('all', error('States.Runtime', { isRetryable: true }))).toBeDefined();
    expect(retry('all', error('States.Runtime', { isRetryable: false }))).toBeUndefined();
  });
});

it('limits an execution and its tasks to what it says, or not at all', () => {
  const endless = Definition.of(source);
  expect(endless.timeoutMilliseconds).toBe(Number.POSITIVE_INFINITY);
  expect(endless.tasks.get('none')).not.toHaveProperty('timeoutMilliseconds');
  expect(endless.tasks.get('last')).toMatchObject({ top: true, timeoutMilliseconds: 7000 });
  expect(Definition.of({ ...passing('only'), TimeoutSeconds: 9 }).timeoutMilliseconds).toBe(9000);
});

it('reads a definition once, and leaves it as it is', () => {
  const before = structuredClone(source);
  expect(Definition.of(source)).toBe(Definition.of(source));
  expect(source).toEqual(before);
});

it('refuses what is not valid Amazon States Language', () => {
  expect(() => Definition.of({ ...passing('only'), StartAt: 'another' })).toThrow('definition is invalid');
});

describe('runs without the library', () => {
  it('every state that an order passes through', () => {
    const passed = ['task_put_item', 'task_put_object', 'task_notify', 'Job Succeeded'];
    expect([...Definition.of(orderWorkflow).direct.keys()]).toEqual(passed);
  });

  it.each([
    [
      'constants and plain paths',
      { Parameters: { n: 1, none: null, 'order.$': '$.order', 'id.$': '$$.Execution.Id' } },
      true,
    ],
    ['a path with a filter', { Parameters: { 'first.$': '$.lines[0]' } }, false],
    ['an intrinsic function', { Parameters: { 'id.$': 'States.UUID()' } }, false],
    ['parameters inside others', { Parameters: { order: { 'city.$': '$.city' } } }, false],
    ['a result beside the input', { ResultPath: '$.result' }, false],
    ['a selected input', { InputPath: '$.order' }, false],
    ['a selected output', { OutputPath: '$.order' }, false],
    ['a time limit from the input', { TimeoutSecondsPath: '$.limit' }, false],
  ])('a task with %s: %#', (_, fields, isDirect) => {
    const definition = Definition.of({ StartAt: 'only', States: { only: { ...task, ...fields } } });
    expect(definition.direct.has('only')).toBe(isDirect);
  });
});
