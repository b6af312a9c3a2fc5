import { MemoryExecutions } from '@coffee/adapter-memory';
import type { Execution } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import { Faults, unavailableBefore, withFaults } from '@coffee/ports/faults';
import { expect, it } from 'vitest';
import { LiveEvents } from './history.ts';
import { WorkflowEngine } from './workflow-engine.ts';

type Event = { readonly orderid: string; readonly acceptedAt: string };

/** An engine whose tasks note their order ids, and fail while `broken` holds their name. */
function arrange(executions = new MemoryExecutions()) {
  const done: Record<string, string[]> = { put: [], object: [], notify: [] };
  const broken = new Set<string>();
  const faults = new Faults<MemoryExecutions>();
  const errors: unknown[] = [];
  let now = 1_700_000_000_000;
  const task = (name: string) => async (event: Event) => {
    if (broken.has(name)) throw new Unavailable(`${name} is down`);
    done[name]?.push(`${event.orderid} ${event.acceptedAt}`);
    return event;
  };
  const engine = new WorkflowEngine({
    executions: withFaults(executions, faults),
    handlers: { task_put_item: task('put'), task_put_object: task('object'), task_notify: task('notify') },
    live: new LiveEvents(),
    clock: () => now++,
    retryMilliseconds: 0,
    onError: (error) => errors.push(error),
  });
  const ended = (orderid: string) =>
    expect.poll(async () => (await executions.get(orderid))?.status, { interval: 1 }).not.toBe('RUNNING');
  return { executions, engine, done, broken, faults, errors, ended };
}

const input = '{"order":{}}';
const begin = (executions: MemoryExecutions, orderid: string): Promise<{ readonly execution: Execution }> =>
  executions.start({ orderid, input, startedAt: 1_600_000_000_000 });

it('goes on with every execution that was running, however many there are, with its own id and time', async () => {
  const { executions, engine, done } = arrange();
  const ids = Array.from({ length: 450 }, (_, index) => `o${index}`);
  for (const orderid of ids) await begin(executions, orderid);
  const { execution } = await begin(executions, 'ended');
  await executions.end(execution, { status: 'SUCCEEDED', stoppedAt: 1, history: [] });
  expect(await engine.resume()).toBe(450);
  expect(await executions.counts()).toEqual({ RUNNING: 0, SUCCEEDED: 451, FAILED: 0 });
  for (const orders of Object.values(done)) {
    expect(orders.toSorted()).toEqual(ids.map((orderid) => `${orderid} 2020-09-13T12:26:40.000Z`).toSorted());
  }
});

it('does not run again what it is running already', async () => {
  const { engine, done, ended } = arrange();
  const [started] = await Promise.all([engine.start('o1', input), engine.start('o2', input)]);
  expect(started.kind).toBe('started');
  await engine.resume();
  await Promise.all([ended('o1'), ended('o2')]);
  expect(done.put?.map((order) => order.slice(0, 2)).toSorted()).toEqual(['o1', 'o2']);
});

it('answers the first execution to the same input while it runs, and refuses another input or a second time', async () => {
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
  expect(types.at(-1)).toBe('ExecutionSucceeded');
});

it('tells of an end that could not be stored, and goes on with it at the next start', async () => {
  const { executions, engine, faults, errors, done } = arrange();
  faults.next('end', unavailableBefore());
  await engine.start('o', input);
  await expect.poll(() => errors, { interval: 1 }).toHaveLength(1);
  expect((await executions.get('o'))?.status).toBe('RUNNING');
  const next = arrange(executions);
  expect(await next.engine.resume()).toBe(1);
  expect((await executions.get('o'))?.status).toBe('SUCCEEDED');
  expect([...(done.notify ?? []), ...(next.done.notify ?? [])]).toHaveLength(2);
});

it('waits for what runs when it stops', async () => {
  const { executions, engine } = arrange();
  await Promise.all(['o1', 'o2', 'o3'].map((orderid) => engine.start(orderid, input)));
  await engine.stop(10_000);
  expect(await executions.counts()).toEqual({ RUNNING: 0, SUCCEEDED: 3, FAILED: 0 });
});
