import { MemoryExecutions } from '@coffee/adapter-memory';
import type { HistoryEvent } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import { expect, it } from 'vitest';
import { Definition } from './definition.ts';
import { LiveEvents } from './live-events.ts';
import type { TaskCall, Time } from './tasks.ts';
import { systemTime } from './tasks.ts';
import type { WorkflowEngineOptions } from './workflow-engine.ts';
import { WorkflowEngine } from './workflow-engine.ts';

const Resource = '$'.concat('{WorkFunctionArn}');
const task = { Type: 'Task', Resource };
const inside = { StartAt: 'inside', States: { inside: { ...task, End: true } } };

const ahead = 86_400_000;

/** An engine whose clock is a day ahead of the wall clock, and whose first state is one that the library runs. */
function arrange(states: object, work: TaskCall, options: Partial<WorkflowEngineOptions> = {}) {
  const executions = new MemoryExecutions();
  const live = new LiveEvents();
  const { after } = systemTime();
  const time: Time = { now: () => Date.now() + ahead, after };
  const first = { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd(1, 2)' }, Next: 'work' };
  const definition = Definition.of({ StartAt: 'first', States: { first, ...states } });
  const engine = new WorkflowEngine({ executions, definition, functions: { Work: work }, live, time, ...options });
  /** The history as it is told from now on, each event at its place. */
  const listen = () => {
    const told: HistoryEvent[] = [];
    live.listen((event) => {
      if (event.kind === 'history') told[event.index] = event.event;
    });
    return told;
  };
  const ended = async () => {
    await expect.poll(async () => (await executions.get('o'))?.status, { interval: 1 }).not.toBe('RUNNING');
    return executions.get('o');
  };
  return { engine, listen, ended };
}

const inShort = (history: readonly HistoryEvent[]) => history.map(({ type, state }) => [type, state].join(' ').trim());

const before = ['ExecutionStarted', 'StateEntered first', 'StateExited first', 'StateEntered work'];

it('tells what happens while it happens, at the time of the engine', async () => {
  const gate = Promise.withResolvers<string>();
  const { engine, listen, ended } = arrange({ work: { ...task, End: true } }, () => gate.promise);
  const startedAt = Date.now();
  const told = listen();
  await engine.start('o', '{}');
  await expect.poll(() => inShort(told), { interval: 1 }).toEqual(before);
  gate.resolve('done');
  const { history = [] } = (await ended()) ?? {};
  expect(told).toEqual(history);
  expect(inShort(history)).toEqual([...before, 'StateExited work', 'ExecutionSucceeded']);
  for (const { timestamp } of history) {
    expect(timestamp).toBeGreaterThanOrEqual(startedAt + ahead);
    expect(timestamp).toBeLessThanOrEqual(Date.now() + ahead);
  }
});

it('tells a late listener only what happens from then on', async () => {
  const gate = Promise.withResolvers<string>();
  const { engine, listen, ended } = arrange({ work: { ...task, End: true } }, () => gate.promise);
  await engine.start('o', '{}');
  await expect.poll(async () => inShort((await engine.find('o'))?.history ?? []), { interval: 1 }).toEqual(before);
  const last = Date.now();
  while (Date.now() === last) await new Promise(setImmediate); // a listener is told what has its own millisecond
  const told = listen();
  gate.resolve('done');
  await ended();
  expect(Object.keys(told)).toEqual(['4', '5']);
});

it('keeps where the workflow failed, and counts the attempts of tasks only', async () => {
  const work: TaskCall = () => Promise.reject(new Unavailable('down'));
  const both = { Type: 'Parallel', Branches: [inside], End: true };
  const { engine, ended } = arrange({ work: both }, work);
  await engine.start('o', '{}');
  const { history = [], resume } = (await ended()) ?? {};
  expect(resume).toEqual({ state: 'work', input: { n: 3 } });
  const failed = history.flatMap(({ type, state, attempt }) => (type === 'StateFailed' ? [[state, attempt]] : []));
  expect(failed).toEqual([
    ['inside', 1],
    ['work', undefined],
  ]);
});

it('counts the retries of a state from the start whenever it is entered', async () => {
  const answers = [false, true, false, true];
  const work: TaskCall = async (event) => {
    if (answers.shift() !== true) throw new Unavailable('down');
    return event;
  };
  const states = {
    work: { ...task, Retry: [{ ErrorEquals: ['Unavailable'], MaxAttempts: 1 }], Next: 'count' },
    count: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'enough' },
    enough: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 5, Next: 'yes' }], Default: 'work' },
    yes: { Type: 'Succeed' },
  };
  const { engine, ended } = arrange(states, work, { retryMilliseconds: 0 });
  await engine.start('o', '{}');
  const { status, history = [] } = (await ended()) ?? {};
  expect([status, answers]).toEqual(['SUCCEEDED', []]);
  const attempts = history.flatMap(({ type, attempt }) => (type === 'StateRetried' ? [attempt] : []));
  expect(attempts).toEqual([1, 1]);
});
