import { setTimeout } from 'node:timers/promises';
import { MemoryExecutions } from '@coffee/adapter-memory';
import type { Execution } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import { Faults, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import { orderWorkflow } from '@coffee/workflow';
import { expect, it } from 'vitest';
import { Definition } from './definition.ts';
import { LiveEvents } from './live-events.ts';
import type { TaskCall, TaskContext, Time } from './tasks.ts';
import type { WorkflowEngineOptions } from './workflow-engine.ts';
import { WorkflowEngine } from './workflow-engine.ts';

const orders = Definition.of(orderWorkflow);

type Event = { readonly orderid: string; readonly acceptedAt: string };

/** An engine whose functions note their order ids, and fail while `broken` holds their name. */
function arrange(executions = new MemoryExecutions(), options: Partial<WorkflowEngineOptions> = {}) {
  const done: Record<string, string[]> = { put: [], object: [], notify: [] };
  const broken = new Set<string>();
  const faults = new Faults<MemoryExecutions>();
  const errors: unknown[] = [];
  const task = (name: string) => async (event: Event) => {
    if (broken.has(name)) throw new Unavailable(`${name} is down`);
    done[name]?.push(`${event.orderid} ${event.acceptedAt}`);
    return event;
  };
  const engine = new WorkflowEngine({
    executions: withFaults(executions, faults),
    definition: orders,
    functions: { PutItem: task('put'), PutObject: task('object'), Notify: task('notify') },
    live: new LiveEvents(),
    retryMilliseconds: 0,
    onError: (error) => errors.push(error),
    ...options,
  });
  const ended = (orderid: string) =>
    expect.poll(async () => (await executions.get(orderid))?.status, { interval: 1 }).not.toBe('RUNNING');
  return { executions, engine, done, broken, faults, errors, ended };
}

/** The history in short: type, state and attempt. */
const inShort = (execution: Execution | undefined) =>
  execution?.history.map(({ type, state, attempt }) => [type, state, attempt].filter(Boolean).join(' '));

/** Lets everything happen that waits for nothing but the event loop. */
const turn = () => new Promise(setImmediate);

const input = '{"order":{}}';
const accepted = Date.now() - 1000;
const begin = (executions: MemoryExecutions, orderid: string): Promise<{ readonly execution: Execution }> =>
  executions.start({ orderid, input, startedAt: accepted });

it('resumes every execution that was running, however many there are, with its own id and time', async () => {
  const { executions, engine, done } = arrange();
  const ids = Array.from({ length: 450 }, (_, index) => `o${index}`);
  for (const orderid of ids) await begin(executions, orderid);
  const { execution } = await begin(executions, 'ended');
  await executions.end(execution, { status: 'SUCCEEDED', stoppedAt: 1, history: [] });
  expect(await engine.resume()).toBe(450);
  await expect.poll(() => executions.counts()).toEqual({ RUNNING: 0, SUCCEEDED: 451, FAILED: 0 });
  for (const orders of Object.values(done)) {
    expect(orders.toSorted()).toEqual(
      ids.map((orderid) => `${orderid} ${new Date(accepted).toISOString()}`).toSorted(),
    );
  }
});

it('does not run again what is already running', async () => {
  const { engine, done, ended } = arrange();
  const [started] = await Promise.all([engine.start('o1', input), engine.start('o2', input)]);
  expect(started.kind).toBe('started');
  await engine.resume();
  await Promise.all([ended('o1'), ended('o2')]);
  expect(done.put?.map((order) => order.slice(0, 2)).toSorted()).toEqual(['o1', 'o2']);
});

it('answers the first execution to the same input while it runs, and refuses other input or a repeat afterwards', async () => {
  const { executions, engine, ended } = arrange();
  const [first, again, other] = await Promise.all([
    engine.start('o', input),
    engine.start('o', input),
    engine.start('o', '{"order":1}'),
  ]);
  expect([first.kind, again.kind, other.kind]).toEqual(['started', 'started', 'exists']);
  expect(again.execution).toEqual(first.execution);
  await ended('o');
  expect((await engine.start('o', input)).kind).toBe('exists');
  expect((await executions.get('o'))?.status).toBe('SUCCEEDED');
});

it('redrives at the state that failed, once for two calls, and keeps the history', async () => {
  const { executions, engine, done, broken, ended } = arrange();
  broken.add('notify');
  await engine.start('o', input);
  await ended('o');
  expect(await executions.get('o')).toMatchObject({
    status: 'FAILED',
    error: 'Unavailable',
    resume: { state: 'task_notify' },
  });
  expect(await engine.redrive('nobody')).toBeUndefined();
  broken.clear();
  const redriven = await Promise.all([engine.redrive('o'), engine.redrive('o')]);
  expect(redriven.filter((execution) => execution !== undefined)).toHaveLength(1);
  await ended('o');
  const execution = await executions.get('o');
  expect(execution?.status).toBe('SUCCEEDED');
  expect([done.put, done.object, done.notify].map((orders) => orders?.length)).toEqual([1, 1, 1]);
  const types = execution?.history.map(({ type }) => type) ?? [];
  expect(types.filter((type) => type === 'ExecutionStarted')).toHaveLength(1);
  expect(types.filter((type) => type === 'ExecutionRedriven')).toHaveLength(1);
  expect(inShort(execution)?.slice(types.indexOf('ExecutionRedriven'))).toEqual([
    ...['ExecutionRedriven', 'StateEntered task_notify', 'StateExited task_notify'],
    ...['StateEntered Job Succeeded', 'StateExited Job Succeeded', 'ExecutionSucceeded'],
  ]);
});

it('stores an end again until it is stored, and reports the failures', async () => {
  const { executions, engine, faults, errors, done, ended } = arrange();
  faults.next('end', unavailableBefore());
  faults.next('end', unavailableAfter());
  await engine.start('o', input);
  await ended('o');
  await expect.poll(() => errors, { interval: 1 }).toHaveLength(2);
  expect((await executions.get('o'))?.status).toBe('SUCCEEDED');
  expect(done.notify).toHaveLength(1);
});

it.each([0, 1])('runs what was started though the answer was lost, and that of %i claims', async (lost) => {
  const { engine, faults, done, ended } = arrange();
  await engine.resume();
  await turn();
  faults.next('start', unavailableAfter());
  await expect(engine.start('o', input)).rejects.toThrow(Unavailable);
  for (let claim = 0; claim < lost; claim += 1) faults.next('claim', unavailableAfter());
  await ended('o');
  expect([done.put, done.object, done.notify].map((orders) => orders?.length)).toEqual([1, 1, 1]);
});

it('waits for running executions when it stops', async () => {
  const { executions, engine, done } = arrange();
  expect(engine.isBusy).toBe(false);
  await Promise.all(['o1', 'o2', 'o3'].map((orderid) => engine.start(orderid, input)));
  await expect.poll(() => done.put, { interval: 1 }).toHaveLength(3);
  await engine.stop(60_000);
  expect(engine.isBusy).toBe(false);
  expect(await executions.counts()).toEqual({ RUNNING: 0, SUCCEEDED: 3, FAILED: 0 });
});

/** A clock that only {@link advance} moves. */
function virtualTime(start = 1_700_000_000_000) {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly call: () => void }>();
  const time: Time = {
    now: () => now,
    after(milliseconds, call) {
      const timer = { at: now + milliseconds, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const advance = (milliseconds: number) => {
    now += milliseconds;
    for (const timer of [...timers].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at)) {
      timers.delete(timer);
      timer.call();
    }
  };
  return { time, advance, timers };
}

const workResource = '$'.concat('{WorkFunctionArn}');

/** A workflow of one task, `work`, with these fields. */
const workflowOf = (fields: object) => ({
  StartAt: 'work',
  States: { work: { Type: 'Task', Resource: workResource, End: true, ...fields } },
});

const engineOf = (executions: MemoryExecutions, definition: object, work: TaskCall, more: object = {}) =>
  new WorkflowEngine({ executions, definition: Definition.of(definition), functions: { Work: work }, ...more });

const statusOf = async (executions: MemoryExecutions, orderid = 'o') => (await executions.get(orderid))?.status;

it('keeps a retry in the store, with its attempts, over a restart and until it is due', async () => {
  const { time, advance } = virtualTime();
  const executions = new MemoryExecutions();
  const retry = { ErrorEquals: ['Unavailable'], IntervalSeconds: 10, BackoffRate: 2, MaxAttempts: 2 };
  const definition = workflowOf({ Retry: [{ ErrorEquals: ['Other'] }, retry] });
  let calls = 0;
  const work = async () => {
    calls += 1;
    throw new Unavailable('down');
  };
  const first = engineOf(executions, definition, work, { time });
  await first.start('o', input);
  await expect.poll(async () => (await executions.get('o'))?.dueAt).toBe(time.now() + 10_000);
  await first.stop(0);
  advance(1000);
  const second = engineOf(executions, definition, work, { time });
  expect(await second.resume()).toBe(1);
  advance(8_999);
  await expect.poll(async () => (await second.find('o'))?.dueAt).toBeDefined();
  expect(calls).toBe(1);
  advance(1);
  await expect.poll(async () => (await executions.get('o'))?.resume?.retries).toEqual([0, 2]);
  expect((await executions.get('o'))?.dueAt).toBe(time.now() + 20_000);
  advance(20_000);
  await expect.poll(() => statusOf(executions)).toBe('FAILED');
  expect(calls).toBe(3);
  const { history = [], resume } = (await executions.get('o')) ?? {};
  expect(history.map(({ type, attempt }) => (attempt === undefined ? type : `${type} ${attempt}`))).toEqual([
    ...['ExecutionStarted', 'StateEntered', 'StateFailed 1', 'StateRetried 1', 'StateFailed 2', 'StateRetried 2'],
    ...['StateFailed 3', 'ExecutionFailed'],
  ]);
  expect(resume).toEqual({ state: 'work', input: { order: {} } });
});

it('lets a retry be due at once when it is redriven', async () => {
  const { time } = virtualTime();
  const { engine, broken, executions, ended } = arrange(undefined, { time, retryMilliseconds: 60_000 });
  broken.add('notify');
  await engine.start('o', input);
  await expect.poll(async () => (await executions.get('o'))?.dueAt).toBe(time.now() + 60_000);
  broken.clear();
  expect(await engine.redrive('o')).toMatchObject({ status: 'RUNNING', resume: { state: 'task_notify' } });
  await ended('o');
  expect(await statusOf(executions)).toBe('SUCCEEDED');
});

it('aborts a task that takes too long, and retries it as States.Timeout', async () => {
  const { time, advance } = virtualTime();
  const executions = new MemoryExecutions();
  const reasons: unknown[] = [];
  let calls = 0;
  const hang: TaskCall = (_event, { signal }) => {
    calls += 1;
    if (calls === 2) return Promise.resolve('done');
    return new Promise(() => signal.addEventListener('abort', () => reasons.push(signal.reason)));
  };
  const definition = workflowOf({
    TimeoutSeconds: 7,
    Retry: [{ ErrorEquals: ['States.TaskFailed'] }, { ErrorEquals: ['States.Timeout'], IntervalSeconds: 1 }],
  });
  const engine = engineOf(executions, definition, hang, { time });
  await engine.start('o', input);
  await expect.poll(() => calls).toBe(1);
  advance(6_999);
  expect(reasons).toEqual([]);
  advance(1);
  await expect.poll(async () => (await executions.get('o'))?.dueAt).toBe(time.now() + 1000);
  expect(reasons).toEqual([expect.objectContaining({ name: 'States.Timeout' })]);
  advance(1000);
  await expect.poll(() => statusOf(executions)).toBe('SUCCEEDED');
});

it('ends an execution that takes longer than the workflow may, waiting or not', async () => {
  const { time, advance } = virtualTime();
  const executions = new MemoryExecutions();
  const work = () => Promise.reject(new Unavailable('down'));
  const retry = { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 20, MaxAttempts: 9 }] };
  const engine = engineOf(executions, { ...workflowOf(retry), TimeoutSeconds: 30 }, work, { time });
  await engine.start('o', input);
  for (const delay of [20_000, 10_000]) {
    await expect.poll(async () => (await executions.get('o'))?.dueAt).toBe(time.now() + delay);
    advance(delay);
  }
  await expect.poll(() => statusOf(executions)).toBe('FAILED');
  expect(await executions.get('o')).toMatchObject({ error: 'States.Timeout', resume: { state: 'work' } });
});

it('runs at most so many at once, the oldest first, and lets none wait behind a state that is full', async () => {
  const executions = new MemoryExecutions();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  let inside = 0;
  let most = 0;
  const put = async ({ orderid }: Event) => {
    order.push(orderid);
    return { orderid };
  };
  const notify = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await gate.promise;
    inside -= 1;
  };
  const functions = { PutItem: put, PutObject: async () => ({}), Notify: notify };
  const engine = new WorkflowEngine({ executions, definition: orders, functions, maxRunning: 4 });
  const ids = Array.from({ length: 40 }, (_, index) => `o${String(index).padStart(2, '0')}`);
  for (const orderid of ids) await engine.start(orderid, input);
  await expect.poll(() => order.length).toBe(40); // every order gets as far as the outage
  expect(order.toSorted()).toEqual(ids);
  expect(most).toBe(2);
  gate.resolve();
  await expect.poll(() => executions.counts()).toEqual({ RUNNING: 0, SUCCEEDED: 40, FAILED: 0 });
  expect(most).toBeLessThanOrEqual(2);
});

it('runs what waited for a full state as soon as that has room, though no execution has ended', async () => {
  const begun: string[] = [];
  const gates = new Map<string, () => void>();
  const work: TaskCall = (_event, { orderid, state }) => {
    begun.push(`${orderid} ${state}`);
    return new Promise((end) => gates.set(`${orderid} ${state}`, () => end(null)));
  };
  const executions = new MemoryExecutions();
  const States = { ...workflowOf({ End: undefined, Next: 'last' }).States, last: workflowOf({}).States.work };
  const definition = JSON.parse(JSON.stringify({ StartAt: 'work', States }));
  const engine = engineOf(executions, definition, work, { maxRunning: 4 });
  for (const orderid of ['a', 'b', 'c']) await engine.start(orderid, input);
  await expect.poll(async () => (await executions.get('c'))?.dueAt, { interval: 1 }).toBeDefined();
  expect(begun).toEqual(['a work', 'b work']);
  gates.get('a work')?.();
  await expect.poll(() => begun, { interval: 1 }).toHaveLength(4);
  expect(begun.toSorted()).toEqual(['a last', 'a work', 'b work', 'c work']);
  expect(inShort(await engine.find('c'))).toEqual(['ExecutionStarted', 'StateEntered work']); // not retried
});

it('resumes the oldest first', async () => {
  const executions = new MemoryExecutions();
  const ids = Array.from({ length: 20 }, (_, index) => `o${index}`);
  for (const orderid of ids) await begin(executions, orderid);
  const order: string[] = [];
  const functions = {
    PutItem: async ({ orderid }: Event) => void order.push(orderid),
    PutObject: async () => ({}),
    Notify: async () => ({}),
  };
  const engine = new WorkflowEngine({ executions, definition: orders, functions, maxRunning: 1 });
  await engine.resume();
  await expect.poll(() => order).toEqual(ids);
});

it('refuses more than it may keep, and once it is being stopped', async () => {
  const gate = Promise.withResolvers<void>();
  const functions = { PutItem: () => gate.promise, PutObject: async () => ({}), Notify: async () => ({}) };
  const executions = new MemoryExecutions();
  const engine = new WorkflowEngine({ executions, definition: orders, functions, maxRunning: 1, maxStarted: 3 });
  for (const orderid of ['a', 'b', 'c']) await engine.start(orderid, input);
  await expect(engine.start('d', input)).rejects.toThrow(new Unavailable('3 orders are on their way already.'));
  gate.resolve();
  await expect.poll(() => executions.counts()).toMatchObject({ SUCCEEDED: 3 });
  await engine.start('e', input);
  await engine.stop(60_000);
  await expect(engine.start('f', input)).rejects.toThrow(new Unavailable('The engine is being stopped.'));
});

it('does not count twice what is redriven while it waits', async () => {
  const { engine, broken, executions } = arrange(undefined, { retryMilliseconds: 60_000, maxStarted: 2 });
  broken.add('put');
  await engine.start('a', input);
  await expect.poll(async () => (await executions.get('a'))?.dueAt, { interval: 1 }).toBeDefined();
  expect(await engine.redrive('a')).toBeDefined();
  const { execution } = await engine.start('b', input);
  expect(execution.orderid).toBe('b');
  const full = new Unavailable('2 orders are on their way already.');
  await expect(engine.start('c', input)).rejects.toThrow(full);
  await engine.stop(0);
});

it('has no effect once it has stopped', async () => {
  const { engine, broken, executions, done } = arrange(undefined, { retryMilliseconds: 200 });
  broken.add('notify');
  await engine.start('o', input);
  await expect.poll(async () => (await executions.get('o'))?.dueAt, { interval: 1 }).toBeDefined();
  await engine.stop(0);
  const stored = await executions.get('o');
  broken.clear();
  await setTimeout(300);
  expect(done.notify).toEqual([]);
  expect(await executions.get('o')).toEqual(stored);
});

it('never accepts an order before one that came earlier, even after the clock was set back', async () => {
  const executions = new MemoryExecutions();
  const future = 1_800_000_000_000;
  await executions.start({ orderid: 'earlier', input, startedAt: future });
  const { engine } = arrange(executions, { time: virtualTime(future - 86_400_000_000).time });
  const { execution } = await engine.start('later', input);
  expect(execution.startedAt).toBeGreaterThan(future);
});

it('tells live what it stores, also while its clock is ahead of the wall clock', async () => {
  const executions = new MemoryExecutions();
  await executions.start({ orderid: 'earlier', input, startedAt: Date.now() + 86_400_000 });
  const live = new LiveEvents();
  const told: unknown[] = [];
  live.listen((event) => event.kind === 'history' && event.orderid === 'later' && told.push(event.event));
  const { engine, ended } = arrange(executions, { live });
  await engine.start('later', input);
  await ended('later');
  expect(told).toEqual((await executions.get('later'))?.history);
});

it('runs a state of each type, waits in the store, and gives tasks the execution', async () => {
  const { time, advance } = virtualTime();
  const executions = new MemoryExecutions();
  const seen: unknown[] = [];
  const work: TaskCall = async (event: unknown) => {
    seen.push(event);
    return event;
  };
  const echo = { Type: 'Task', Resource: workResource };
  const definition = {
    StartAt: 'pass',
    States: {
      pass: {
        Type: 'Pass',
        Parameters: { 'n.$': 'States.MathAdd(1, 2)', 'name.$': '$$.Execution.Name' },
        Next: 'choice',
      },
      choice: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 3, Next: 'wait' }], Default: 'no' },
      wait: { Type: 'Wait', SecondsPath: '$.n', Next: 'both' },
      both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'one', States: { one: { ...echo, InputPath: '$.n', End: true } } },
          { StartAt: 'two', States: { two: { Type: 'Pass', Result: [1, 2], End: true } } },
        ],
        ResultPath: '$.both',
        Next: 'each',
      },
      each: {
        Type: 'Map',
        ItemsPath: '$.both[1]',
        ItemProcessor: { StartAt: 'item', States: { item: { ...echo, End: true } } },
        ResultPath: '$.each',
        OutputPath: '$.each',
        Next: 'invoke',
      },
      invoke: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: workResource, 'Payload.$': '$' },
        ResultSelector: { 'Message.$': 'States.JsonToString($.Payload)' },
        Next: 'publish',
      },
      publish: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        Parameters: {
          TopicArn: 'arn:aws:sns:us-east-1:000000000000:orders',
          'Message.$': '$.Message',
          Subject: 'Hello',
        },
        Next: 'yes',
      },
      yes: { Type: 'Succeed' },
      no: { Type: 'Fail', Error: 'No' },
    },
  };
  const published: unknown[] = [];
  const publish = async (parameters: unknown, { orderid, state }: TaskContext) => {
    published.push([orderid, state, parameters]);
    return { MessageId: 'm' };
  };
  const engine = engineOf(executions, definition, work, { time, publish });
  await engine.start('o', input);
  await expect.poll(async () => (await executions.get('o'))?.dueAt).toBe(time.now() + 3000);
  advance(3000);
  await expect.poll(() => statusOf(executions)).not.toBe('RUNNING');
  const { history = [], ...execution } = (await executions.get('o')) ?? {};
  expect(execution).toMatchObject({ status: 'SUCCEEDED' });
  expect(seen).toEqual([3, 1, 2, [1, 2]]);
  const topic = 'arn:aws:sns:us-east-1:000000000000:orders';
  expect(published).toEqual([['o', 'publish', { TopicArn: topic, Message: '[1,2]', Subject: 'Hello' }]]);
  expect(history.filter(({ type, state }) => type === 'StateEntered' && state === 'wait')).toHaveLength(1);
  expect(history.filter(({ type }) => type === 'StateRetried')).toEqual([]);
  const outputs = history.flatMap(({ type, state, output }) => (type === 'StateExited' ? [[state, output]] : []));
  expect(outputs.filter(([state]) => !/one|two|item/.test(String(state)))).toEqual([
    ['pass', { n: 3, name: 'o' }],
    ['choice', undefined],
    ['wait', undefined],
    ['both', { n: 3, name: 'o', both: [3, [1, 2]] }],
    ['each', [1, 2]],
    ['invoke', { Message: '[1,2]' }],
    ['publish', { MessageId: 'm' }],
    ['yes', undefined],
  ]);
});

it('waits in the store for seconds, for a time, and for those that the input names', async () => {
  const { time, advance } = virtualTime(); // 2023-11-14T22:13:20Z
  const executions = new MemoryExecutions();
  const seen: unknown[] = [];
  const work: TaskCall = async (event: unknown) => seen.push(event);
  const waits: [object, number][] = [
    [{ Seconds: 5 }, 5000],
    [{ SecondsPath: '$.seconds' }, 7000],
    [{ Timestamp: '2023-11-14T22:14:00Z' }, 28_000],
    [{ TimestampPath: '$.time' }, 10_000],
    [{ Timestamp: '2023-11-14T22:13:00Z' }, -70_000],
  ];
  const states = waits.map(([fields], index) => {
    const Next = index + 1 < waits.length ? `wait ${index + 1}` : 'work';
    return [`wait ${index}`, { Type: 'Wait', ...fields, Next }];
  });
  const definition = { StartAt: 'wait 0', States: { ...Object.fromEntries(states), ...workflowOf({}).States } };
  const event = { seconds: 7, time: '2023-11-14T22:14:10Z' };
  await engineOf(executions, definition, work, { time }).start('o', JSON.stringify(event));
  for (const [, milliseconds] of waits) {
    await expect.poll(async () => (await executions.get('o'))?.dueAt).toBe(time.now() + milliseconds);
    expect(seen).toEqual([]);
    advance(Math.max(0, milliseconds));
  }
  await expect.poll(() => statusOf(executions)).toBe('SUCCEEDED');
  expect(seen).toEqual([event]);
});

it('fails where the input says no time to wait for', async () => {
  const executions = new MemoryExecutions();
  const definition = { StartAt: 'wait', States: { wait: { Type: 'Wait', TimestampPath: '$.time', End: true } } };
  await engineOf(executions, definition, async () => null).start('o', '{"time":"soon"}');
  await expect.poll(() => statusOf(executions)).toBe('FAILED');
  expect(await executions.get('o')).toMatchObject({
    error: 'States.Runtime',
    cause: '"soon" is neither seconds nor a timestamp',
  });
});

it('waits again when it comes back to a state', async () => {
  const { time, advance } = virtualTime();
  const executions = new MemoryExecutions();
  const definition = {
    StartAt: 'wait',
    States: {
      wait: { Type: 'Wait', Seconds: 5, Next: 'count' },
      count: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'enough' },
      enough: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 3, Next: 'yes' }], Default: 'wait' },
      yes: { Type: 'Succeed' },
    },
  };
  await engineOf(executions, definition, async () => null, { time }).start('o', '{"n":0}');
  for (let round = 0; round < 3; round += 1) {
    await expect.poll(async () => (await executions.get('o'))?.dueAt).toBe(time.now() + 5000);
    advance(5000);
  }
  await expect.poll(() => statusOf(executions)).toBe('SUCCEEDED');
});

it('tells of retries, errors that are caught, and states inside others, each once', async () => {
  const executions = new MemoryExecutions();
  const failing = new Map([
    ['inside', 1],
    ['work', 2],
  ]);
  const work: TaskCall = async (_event, { state }) => {
    const left = failing.get(state) ?? 0;
    failing.set(state, left - 1);
    if (left > 0) throw new Unavailable(`${state} is down`);
    return state;
  };
  const task = { Type: 'Task', Resource: workResource };
  const definition = {
    StartAt: 'both',
    States: {
      both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'inside',
            States: {
              inside: { ...task, Retry: [{ ErrorEquals: ['Unavailable'], IntervalSeconds: 9999 }], End: true },
            },
          },
        ],
        ResultPath: null,
        Next: 'work',
      },
      work: {
        ...task,
        Retry: [{ ErrorEquals: ['Unavailable'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['Unavailable'], Next: 'caught' }],
        End: true,
      },
      caught: { Type: 'Pass', End: true },
    },
  };
  const engine = engineOf(executions, definition, work, { retryMilliseconds: 0 });
  await engine.start('o', input);
  await expect.poll(() => statusOf(executions)).toBe('SUCCEEDED');
  const execution = await executions.get('o');
  expect(inShort(execution)).toEqual([
    ...['ExecutionStarted', 'StateEntered both', 'ParallelBranchStarted'],
    ...['StateEntered inside', 'StateFailed inside 1', 'StateRetried inside 1', 'StateExited inside'],
    ...['ParallelBranchSucceeded', 'StateExited both'],
    ...['StateEntered work', 'StateFailed work 1', 'StateRetried work 1', 'StateFailed work 2', 'StateCaught work'],
    ...['StateExited work', 'StateEntered caught', 'StateExited caught', 'ExecutionSucceeded'],
  ]);
  const cause = '{"errorType":"Unavailable","errorMessage":"work is down"}';
  expect(execution?.history.find(({ type, state }) => type === 'StateFailed' && state === 'work')).toMatchObject({
    error: 'Unavailable',
    cause,
  });
  expect(execution?.history.find(({ type, state }) => type === 'StateExited' && state === 'caught')?.output).toEqual({
    Error: 'Unavailable',
    Cause: cause,
  });
});

it.each<[string, unknown, object]>([
  ['an error', new TypeError('no'), { error: 'TypeError', cause: '{"errorType":"TypeError","errorMessage":"no"}' }],
  ['anything else', 'no', { error: 'Error', cause: '{"errorType":"Error","errorMessage":"no"}' }],
])('fails as Lambda does when a function throws %s', async (_, thrown, failure) => {
  const executions = new MemoryExecutions();
  await engineOf(executions, workflowOf({}), () => Promise.reject(thrown)).start('o', input);
  await expect.poll(() => statusOf(executions)).toBe('FAILED');
  expect(await executions.get('o')).toMatchObject(failure);
});

it('answers lambda:invoke as AWS does, and calls without a payload with an empty one', async () => {
  const executions = new MemoryExecutions();
  const seen: unknown[] = [];
  const work: TaskCall = async (event: unknown) => {
    seen.push(event);
    return 'done';
  };
  const Parameters = { FunctionName: workResource };
  await engineOf(executions, workflowOf({ Resource: 'arn:aws:states:::lambda:invoke', Parameters }), work).start(
    'o',
    input,
  );
  await expect.poll(() => statusOf(executions)).toBe('SUCCEEDED');
  expect(seen).toEqual([{}]);
  expect((await executions.get('o'))?.history.find(({ type }) => type === 'StateExited')?.output).toEqual({
    ExecutedVersion: '$LATEST',
    Payload: 'done',
    StatusCode: 200,
  });
});

it('refuses a definition that nothing on this machine can run', () => {
  const unknown = workflowOf({ Resource: 'arn:aws:states:::sqs:sendMessage' });
  expect(() => engineOf(new MemoryExecutions(), unknown, async () => null)).toThrow('arn:aws:states:::sqs:sendMessage');
  const publishing = workflowOf({ Resource: 'arn:aws:states:::sns:publish' });
  expect(() => engineOf(new MemoryExecutions(), publishing, async () => null)).toThrow('arn:aws:states:::sns:publish');
  expect(() => engineOf(new MemoryExecutions(), { StartAt: 'none', States: {} }, async () => null)).toThrow();
});

it('fails an execution whose input is not JSON, and one that was at a state the workflow no longer has', async () => {
  const { executions, engine, ended } = arrange();
  await engine.start('o1', '{');
  const { execution } = await executions.start({ orderid: 'o2', input, startedAt: accepted });
  await executions.park(execution, { resume: { state: 'gone', input: 1 }, history: [], dueAt: accepted });
  expect(await engine.redrive('o2')).toBeDefined();
  await Promise.all([ended('o1'), ended('o2')]);
  expect(await executions.get('o1')).toMatchObject({ status: 'FAILED', error: 'SyntaxError' });
  expect(await executions.get('o2')).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'the workflow has no state gone',
    resume: { state: 'gone', input: 1 },
  });
});

it('gives an execution its whole time again when it is redriven', async () => {
  const { time, advance } = virtualTime();
  const executions = new MemoryExecutions();
  const work = () => Promise.reject(new Unavailable('down'));
  const retry = { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 100, MaxAttempts: 9 }] };
  const engine = engineOf(executions, { ...workflowOf(retry), TimeoutSeconds: 30 }, work, { time });
  await engine.start('o', input);
  for (let run = 0; run < 2; run += 1) {
    await expect.poll(async () => (await executions.get('o'))?.dueAt).toBe(time.now() + 30_000);
    advance(30_000);
    await expect.poll(() => statusOf(executions)).toBe('FAILED');
    expect(await engine.redrive('o')).toBeDefined();
  }
});

it('takes up what is left a second after the store was unavailable, and reports it until then', async () => {
  const { time, advance } = virtualTime();
  const { executions, engine, faults, errors, ended } = arrange(undefined, { time });
  await executions.start({ orderid: 'o', input, startedAt: time.now() });
  faults.next('counts', unavailableBefore(), unavailableBefore());
  await expect(engine.resume()).rejects.toThrow(Unavailable);
  advance(1000);
  await expect.poll(() => errors).toEqual([expect.any(Unavailable)]);
  advance(1000);
  await ended('o');
  expect(await statusOf(executions)).toBe('SUCCEEDED');
});

it('tries to store an end less and less often, and no longer once it has stopped', async () => {
  const { time, advance } = virtualTime();
  const { engine, faults, errors } = arrange(undefined, { time });
  faults.always('end', unavailableBefore());
  await engine.start('o', input);
  const delays = [50, 100, 200, 400, 800, 1600, 3200, 5000, 5000];
  for (const [index, delay] of delays.entries()) {
    await expect.poll(() => errors, { interval: 1 }).toHaveLength(index + 1);
    advance(delay - 1);
    await turn();
    expect(faults.calls('end')).toBe(index + 1);
    advance(1);
  }
  await expect.poll(() => errors, { interval: 1 }).toHaveLength(delays.length + 1);
  const stopped = engine.stop(7000);
  advance(5000);
  await expect.poll(() => errors, { interval: 1 }).toHaveLength(delays.length + 2);
  advance(2000);
  await stopped;
  advance(60_000);
  await turn();
  expect(faults.calls('end')).toBe(delays.length + 2);
});

it('aborts what is running when it stops, after the time it was given, and leaves it to the next start', async () => {
  const { time, advance } = virtualTime();
  const executions = new MemoryExecutions();
  const reasons: unknown[] = [];
  const hang: TaskCall = (_event, { signal }) =>
    new Promise(() => signal.addEventListener('abort', () => reasons.push(signal.reason)));
  const live = new LiveEvents();
  const told: string[] = [];
  live.listen((event) => event.kind === 'execution' && told.push(event.execution.status));
  const engine = engineOf(executions, workflowOf({ TimeoutSeconds: 20 }), hang, { time, live });
  await engine.start('o', input);
  await expect.poll(async () => (await engine.find('o'))?.history.length, { interval: 1 }).toBe(2);
  expect(inShort(await engine.find('o'))).toEqual(['ExecutionStarted', 'StateEntered work']);
  expect(engine.isBusy).toBe(true);
  const stopped = engine.stop(5000);
  advance(4999);
  expect(reasons).toEqual([]);
  advance(1);
  await stopped;
  expect(reasons).toEqual([expect.objectContaining({ name: 'coffee.Stopped' })]);
  await turn();
  expect(await executions.get('o')).toMatchObject({ status: 'RUNNING', history: [] });
  expect(told).toEqual(['RUNNING']);
});

it('takes no more input into memory at once than it may', async () => {
  const gate = Promise.withResolvers<void>();
  const begun: string[] = [];
  const work: TaskCall = async (_event, { orderid }) => {
    begun.push(orderid);
    await gate.promise;
    return null;
  };
  const executions = new MemoryExecutions();
  const engine = engineOf(executions, workflowOf({}), work);
  const large = JSON.stringify('x'.repeat(9_000_000));
  for (const [orderid, content] of Object.entries({ a: large, b: large, c: input }))
    await engine.start(orderid, content);
  await expect.poll(() => begun, { interval: 1 }).toEqual(['a', 'b']);
  gate.resolve();
  await expect.poll(() => executions.counts()).toMatchObject({ SUCCEEDED: 3 });
  expect(begun).toEqual(['a', 'b', 'c']);
});

it('tells live of every start, wait, redrive and end of an execution', async () => {
  const live = new LiveEvents();
  const told: string[] = [];
  const { engine, broken } = arrange(undefined, { live, time: virtualTime().time, retryMilliseconds: 1000 });
  live.listen((event) => event.kind === 'execution' && told.push(event.execution.status));
  broken.add('notify');
  await engine.start('o', input);
  await expect.poll(() => told, { interval: 1 }).toEqual(['RUNNING', 'RUNNING']);
  await engine.start('o', input); // the same order again: nothing happens
  broken.clear();
  await engine.redrive('o');
  await expect.poll(() => told, { interval: 1 }).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'SUCCEEDED']);
});

it('wakes each execution when it is due, in whatever order they began to wait, and none once it has stopped', async () => {
  const { time, advance, timers } = virtualTime();
  const executions = new MemoryExecutions();
  const definition = {
    StartAt: 'wait',
    States: { wait: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'yes' }, yes: { Type: 'Succeed' } },
  };
  const engine = engineOf(executions, definition, async () => null, { time });
  for (const seconds of [10, 5, 20, 60]) {
    await engine.start(`${seconds}`, JSON.stringify({ seconds }));
    await expect
      .poll(async () => (await executions.get(`${seconds}`))?.dueAt, { interval: 1 })
      .toBe(time.now() + seconds * 1000);
    await turn();
  }
  for (const [milliseconds, ended] of [
    [4999, 0],
    [1, 1],
    [5000, 2],
    [10_000, 3],
  ] as const) {
    advance(milliseconds);
    await turn();
    await expect.poll(async () => (await executions.counts()).SUCCEEDED, { interval: 1 }).toBe(ended);
  }
  await engine.stop(60_000);
  expect(timers.size).toBe(0);
});
