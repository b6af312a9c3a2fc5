import { expect, it, onTestFinished, vi } from 'vitest';
import { Definition } from './definition.ts';
import { systemTime, TaskRunner } from './tasks.ts';

function arrange() {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return systemTime();
}

it('goes on at its own pace while the wall clock is set back, and follows it forward', () => {
  const time = arrange();
  const start = time.now();
  expect(start).toBe(Date.now());
  vi.advanceTimersByTime(1000);
  expect(time.now()).toBe(start + 1000);
  vi.setSystemTime(start - 3_600_000);
  vi.advanceTimersByTime(500);
  expect(time.now()).toBe(start + 1500);
  expect(time.now()).toBe(start + 1500);
  vi.setSystemTime(start + 60_000);
  expect(time.now()).toBe(start + 60_000);
  vi.advanceTimersByTime(0.75);
  expect(Number.isInteger(time.now())).toBe(true);
});

it('calls after a while, unless it is cancelled, and not at once after a time that is too long for a timer', () => {
  const time = arrange();
  const called: string[] = [];
  time.after(10, () => called.push('later'));
  time.after(10, () => called.push('never'))();
  time.after(2 ** 31, () => called.push('in weeks'));
  vi.advanceTimersByTime(9);
  expect(called).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(called).toEqual(['later']);
});

/** A runner of the task `top` and of `nested` inside `Parallel`, each with 7 seconds, whose function ends on demand. */
function arrangeRunner(maxInState: number) {
  const task = { Type: 'Task', Resource: '$'.concat('{WorkFunctionArn}'), TimeoutSeconds: 7 };
  const nested = { StartAt: 'nested', States: { nested: { ...task, End: true } } };
  const free = { ...task, TimeoutSeconds: undefined, End: true };
  const States = { top: { ...task, Next: 'both' }, both: { Type: 'Parallel', Branches: [nested], Next: 'free' }, free };
  const calls: { readonly signal: AbortSignal; readonly end: (value: unknown) => void }[] = [];
  const timers: (() => void)[] = [];
  let rooms = 0;
  const runner = new TaskRunner(
    Definition.of(JSON.parse(JSON.stringify({ StartAt: 'top', States }))),
    { functions: { Work: (_, { signal }) => new Promise((end) => calls.push({ signal, end })) } },
    {
      time: {
        now: () => 5,
        after: (_, call) => {
          timers.push(call);
          return () => void timers.splice(timers.indexOf(call), 1);
        },
      },
      maxInState,
      onRoom: () => {
        rooms += 1;
      },
    },
  );
  /** Begins a task, and answers what has come of it so far. */
  const begin = (state: string, handlers = runner.handlersOf('o', undefined)) => {
    const outcome: { value?: unknown; error?: unknown } = {};
    handlers[state]?.({}).then(
      (value) => Object.assign(outcome, { value }),
      (error) => Object.assign(outcome, { error }),
    );
    return outcome;
  };
  return { runner, begin, calls, timers, rooms: () => rooms };
}

const turn = () => new Promise(setImmediate);

it('lets a state of the top level hold no more than its share, and tells when it has room again', async () => {
  const { runner, begin, calls, rooms } = arrangeRunner(2);
  const first = begin('top');
  expect(runner.fullStates()).toEqual([]);
  begin('top');
  expect(runner.fullStates()).toEqual(['top']);
  const third = begin('top');
  await turn();
  expect([calls.length, third.error]).toEqual([2, expect.objectContaining({ dueAt: 5, waited: false })]);
  for (const [index, { end }] of calls.entries()) {
    end('done');
    await turn();
    expect([index, rooms(), runner.fullStates()]).toEqual([index, 1, []]);
  }
  expect(first).toEqual({ value: 'done' });
});

it('lets states inside others hold as many as they like', async () => {
  const { runner, begin, calls, rooms } = arrangeRunner(1);
  for (const state of ['nested', 'nested']) begin(state);
  expect([calls.length, runner.fullStates()]).toEqual([2, []]);
  for (const { end } of calls) end('done');
  await turn();
  expect([rooms(), runner.fullStates()]).toEqual([0, []]);
});

it('aborts a task that takes too long, and leaves it to the library to tell of those inside others', async () => {
  const { begin, calls, timers } = arrangeRunner(2);
  begin('free');
  expect(timers).toEqual([]);
  const [top, nested] = [begin('top'), begin('nested')];
  for (const timer of [...timers]) timer();
  await turn();
  const timeout = expect.objectContaining({ name: 'States.Timeout' });
  expect(calls.map(({ signal }) => signal.reason)).toEqual([undefined, timeout, timeout]);
  expect([top, nested]).toEqual([{ error: timeout }, {}]);
});

it('aborts nothing else of the execution: neither what runs beside the task, nor what runs after it', async () => {
  const { runner, begin, calls, timers } = arrangeRunner(2);
  const handlers = runner.handlersOf('o', undefined);
  for (const state of ['top', 'nested', 'nested']) begin(state, handlers);
  for (const timer of timers.slice(0, 2)) timer(); // of the first two
  await turn();
  begin('free', handlers);
  expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, true, false, false]);
});

it('aborts every task when it stops, and begins none any more', async () => {
  const { runner, begin, calls } = arrangeRunner(1);
  const running = [begin('top'), begin('nested')];
  runner.stop();
  running.push(begin('free'));
  await turn();
  const error = expect.objectContaining({ name: 'coffee.Stopped', message: 'The engine has been stopped.' });
  expect(running).toEqual([{ error }, { error }, { error }]);
  expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
});
