import { SqliteDatabase } from '@coffee/adapter-sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExecutionEnd } from './execution.ts';
import type { Executions } from './executions.ts';
import { MemoryExecutions } from './memory-executions.ts';
import { executionTables, SqliteExecutions } from './sqlite-executions.ts';

let database: SqliteDatabase;
beforeAll(async () => {
  database = await SqliteDatabase.open(':memory:', { tables: [executionTables] });
});
afterAll(() => database.close());

const failure: ExecutionEnd = {
  status: 'FAILED',
  stoppedAt: 1_700_000_000_500,
  error: 'Unavailable',
  cause: '{}',
  resume: { state: 'task_notify', input: { orderid: 'x' } },
  history: [
    { type: 'ExecutionStarted', timestamp: 1_700_000_000_000 },
    { type: 'StateExited', timestamp: 1_700_000_000_100, state: 'task_put_item', output: { total: '7.00' } },
    { type: 'StateFailed', timestamp: 1_700_000_000_400, state: 'task_notify', error: 'Unavailable', cause: '{}' },
  ],
};

describe.each([
  ['memory', (): Executions => new MemoryExecutions()],
  ['SQLite', (): Executions => new SqliteExecutions(database)],
])('executions in %s', (_name, create) => {
  const startedAt = 1_700_000_000_000;

  it('start once an order id, end, come back as they were, and are redriven only when they have failed', async () => {
    const executions = create();
    const { started, execution } = await executions.start({ orderid: 'x', input: '{"order":1}', startedAt });
    expect(started).toBe(true);
    expect(await executions.start({ orderid: 'x', input: '{"order":2}', startedAt: startedAt + 1 })).toEqual({
      started: false,
      execution,
    });
    expect(await executions.get('x')).toEqual(execution);
    expect(await executions.redrive('x', startedAt)).toBeUndefined();

    await executions.end(execution, failure);
    expect(await executions.get('x')).toEqual({ ...execution, ...failure });

    const redriven = await executions.redrive('x', startedAt + 900);
    expect(redriven).toEqual({
      ...execution,
      resume: failure.resume,
      history: [...failure.history, { type: 'ExecutionRedriven', timestamp: startedAt + 900 }],
    });
    expect(await executions.redrive('x', startedAt)).toBeUndefined();
    expect(await executions.get('nobody')).toBeUndefined();
  });

  it('come in pages, newest first, by status', async () => {
    const executions = create();
    const before = (await executions.page({ limit: 1 })).executions[0]?.sequence ?? 0;
    for (let number = 1; number <= 5; number += 1) {
      const { execution } = await executions.start({ orderid: `p${number}`, input: '{}', startedAt });
      if (number % 2 === 0) await executions.end(execution, { status: 'SUCCEEDED', stoppedAt: startedAt, history: [] });
    }
    const first = await executions.page({ limit: 3 });
    expect(first.executions.map(({ orderid }) => orderid)).toEqual(['p5', 'p4', 'p3']);
    expect(first.next).toBe(before + 3);
    const second = await executions.page({ limit: 2, before: first.next ?? 0 });
    expect(second.executions.map(({ orderid }) => orderid)).toEqual(['p2', 'p1']);
    const succeeded = await executions.page({ limit: 10, status: 'SUCCEEDED' });
    expect(succeeded.executions.map(({ orderid }) => orderid)).toEqual(['p4', 'p2']);
    expect(succeeded.next).toBeUndefined();
  });

  it('are counted by status', async () => {
    const executions = create();
    const before = await executions.counts();
    const [first, second] = await Promise.all(
      ['c1', 'c2', 'c3'].map((orderid) => executions.start({ orderid, input: '{}', startedAt })),
    );
    await executions.start({ orderid: 'c1', input: '{}', startedAt }); // it is there already
    if (first === undefined || second === undefined) throw new Error('two were started');
    await executions.end(first.execution, { status: 'SUCCEEDED', stoppedAt: startedAt, history: [] });
    await executions.end(second.execution, failure);
    expect(await executions.counts()).toEqual({
      RUNNING: before.RUNNING + 1,
      SUCCEEDED: before.SUCCEEDED + 1,
      FAILED: before.FAILED + 1,
    });
    await executions.redrive('c2', startedAt);
    expect(await executions.counts()).toEqual({
      ...before,
      RUNNING: before.RUNNING + 2,
      SUCCEEDED: before.SUCCEEDED + 1,
    });
  });
});
