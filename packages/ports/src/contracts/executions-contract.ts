import type { ClaimQuery, Execution, ExecutionEnd, ExecutionSummary } from '../execution.ts';
import type { Executions } from '../executions.ts';
import type { ExecutionsHarness } from './execution-list-clauses.ts';
import { executionListClauses, failure, startedAt, success } from './execution-list-clauses.ts';
import type { Manifest, TestRunner } from './manifest.ts';
import { uniqueId } from './samples.ts';
import type { Suite } from './suite.ts';
import { contractSuite } from './suite.ts';

/** The manifest of an adapter of {@link Executions}. `limits.concurrency` defaults to 20. */
export type ExecutionsManifest = Manifest<ExecutionsHarness, readonly [], 'unavailable'>;

const parkedAt = (state: string, dueAt: number) => ({
  dueAt,
  resume: { state, input: { orderid: 'x', order: { city: 'null' } }, attempts: 2, retries: [2, 0] },
  history: failure.history,
});

const someone: Execution = { orderid: 'x', input: '{}', startedAt, status: 'RUNNING', history: [], sequence: 1 };

function clauses(suite: Suite<ExecutionsHarness, never>): void {
  const { expect, harness, clause, concurrency } = suite;
  executionListClauses(suite);
  const start = async (orderid = uniqueId('o'), input = '{"order":{}}'): Promise<Execution> =>
    (await harness().executions.start({ orderid, input, startedAt })).execution;
  const startAt = async (dueAt: number): Promise<Execution> =>
    (await harness().executions.start({ orderid: uniqueId('o'), input: '{}', startedAt, dueAt })).execution;
  const claim = (query: ClaimQuery) => harness().executions.claim(query);
  /** A time long past, so that what this test parks is due before anything else, and when the last of it is due. */
  const longAgo = 1000;
  const soon = longAgo + 10;
  const get = (orderid: string) => harness().executions.get(orderid);
  const end = (execution: Execution, how: ExecutionEnd) => harness().executions.end(execution, how);
  const redrive = (orderid: string) => harness().executions.redrive(orderid, startedAt + 900);
  const ids = (executions: readonly ExecutionSummary[]) => executions.map(({ orderid }) => orderid);

  clause('starts an order id once, and answers the first execution to later calls', async () => {
    const orderid = uniqueId('o');
    const first = await harness().executions.start({ orderid, input: '{"order":1}', startedAt });
    expect(first).toMatchObject({ started: true, execution: { orderid, input: '{"order":1}', startedAt } });
    expect(first.execution).toMatchObject({ status: 'RUNNING', history: [] });
    const again = await harness().executions.start({ orderid, input: '{"order":2}', startedAt: startedAt + 1 });
    expect(again).toEqual({ started: false, execution: first.execution });
    expect(await get(orderid)).toEqual(first.execution);
    expect(await get(uniqueId('o'))).toBeUndefined();
  });

  clause('starts once for concurrent calls', async () => {
    const orderid = uniqueId('o');
    const calls = Array.from({ length: concurrency(20) }, (_, index) =>
      harness().executions.start({ orderid, input: `{"order":${index}}`, startedAt }),
    );
    const outcomes = await Promise.all(calls);
    expect(outcomes.filter(({ started }) => started)).toHaveLength(1);
    for (const { execution } of outcomes) expect(execution).toEqual(outcomes[0]?.execution);
  });

  clause('keeps how an execution ended, to the last character', async () => {
    for (const how of [failure, success]) {
      const execution = await start();
      await end(execution, how);
      await end(execution, how);
      expect(await get(execution.orderid)).toEqual({ ...execution, ...how });
    }
  });

  clause('redrives what has failed, and nothing else', async () => {
    const [failed, succeeded, running] = [await start(), await start(), await start()];
    await end(failed, failure);
    await end(succeeded, success);
    for (const orderid of [succeeded.orderid, running.orderid, uniqueId('o')]) {
      expect(await redrive(orderid)).toBeUndefined();
    }
    const { resume, history } = failure;
    const redriven = {
      ...failed,
      dueAt: startedAt + 900,
      resume,
      history: [...history, { type: 'ExecutionRedriven', timestamp: startedAt + 900 }],
    };
    expect(await redrive(failed.orderid)).toEqual(redriven);
    expect(await get(failed.orderid)).toEqual(redriven);
    expect(ids((await claim({ at: startedAt + 900, limit: 1000 })).executions).includes(failed.orderid)).toEqual(true);
    expect(await redrive(failed.orderid)).toBeUndefined();
    expect(await get(succeeded.orderid)).toMatchObject({ status: 'SUCCEEDED' });
  });

  clause('redrives once for concurrent calls', async () => {
    const { orderid } = await start();
    await end(await start(orderid), failure);
    const redriven = await Promise.all(Array.from({ length: concurrency(20) }, () => redrive(orderid)));
    const events = redriven.flatMap((execution) => execution?.history ?? []);
    expect(events.filter(({ type }) => type === 'ExecutionRedriven').length).toBeGreaterThan(0);
    const { history } = (await get(orderid)) as Execution;
    expect(history.filter(({ type }) => type === 'ExecutionRedriven')).toHaveLength(1);
  });

  clause('lets what waits be due at once, keeping an earlier time', async () => {
    const [late, early] = [await startAt(startedAt + 5000), await startAt(soon)];
    expect(await redrive(late.orderid)).toEqual({ ...late, dueAt: startedAt + 900 });
    expect(await redrive(early.orderid)).toEqual(early);
    await end(early, success);
  });

  clause('claims what is due, once, the longest due first, and says when the next is due', async () => {
    const third = await startAt(longAgo + 3);
    const first = await startAt(longAgo + 1);
    const second = await start();
    await harness().executions.park(second, parkedAt('task_notify', longAgo + 2));
    const { dueAt, resume, history } = parkedAt('task_notify', longAgo + 2);
    expect(await get(second.orderid)).toEqual({ ...second, dueAt, resume, history });
    expect(await claim({ at: longAgo, limit: 10 })).toEqual({ executions: [], next: longAgo + 1 });
    const { dueAt: _, ...claimed } = first;
    expect(await claim({ at: soon, limit: 1 })).toEqual({ executions: [claimed], next: longAgo + 2 });
    expect(await get(first.orderid)).toEqual(claimed);
    const others = await Promise.all(Array.from({ length: concurrency(20) }, () => claim({ at: soon, limit: 10 })));
    expect(others.flatMap(({ executions }) => ids(executions)).toSorted()).toEqual(ids([second, third]).toSorted());
  });

  clause('passes over the states that are excepted', async () => {
    const [atStart, atNotify] = [await startAt(longAgo), await start()];
    await harness().executions.park(atNotify, parkedAt('task_notify', longAgo));
    const without = await claim({ at: soon, limit: 10, except: ['task_notify'] });
    expect(ids(without.executions)).toEqual([atStart.orderid]);
    expect(ids((await claim({ at: soon, limit: 10, except: ['task_put_item'] })).executions)).toEqual([
      atNotify.orderid,
    ]);
  });

  clause('does not park what has ended, and does not claim it', async () => {
    const execution = await startAt(longAgo);
    await end(execution, success);
    await harness().executions.park(execution, parkedAt('task_notify', longAgo));
    expect((await claim({ at: soon, limit: 10 })).executions).toEqual([]);
    expect(await get(execution.orderid)).toMatchObject({ status: 'SUCCEEDED' });
  });

  clause('recovers what is claimed and does not run', async () => {
    const [lost, running, waiting] = [await start(), await start(), await startAt(startedAt + 5000)];
    expect(await harness().executions.recover([running.orderid], longAgo)).toBeGreaterThanOrEqual(1);
    expect(ids((await claim({ at: longAgo, limit: 1000 })).executions).includes(lost.orderid)).toEqual(true);
    expect(await get(running.orderid)).toEqual(running);
    expect(await get(waiting.orderid)).toEqual(waiting);
  });

  clause('redrives what failed without a place to resume from', async () => {
    const execution = await start();
    const { resume: _, ...bare } = failure;
    await end(execution, bare);
    const redriven = await redrive(execution.orderid);
    expect(redriven).toMatchObject({ status: 'RUNNING' });
    expect(redriven?.resume).toBeUndefined();
  });
}

/** Registers the contract tests of {@link Executions}. */
export function executionsContract(manifest: ExecutionsManifest, runner: TestRunner): void {
  contractSuite('Executions', runner, manifest, [], clauses, {
    start: ({ executions }, options) => executions.start({ orderid: uniqueId('o'), input: '{}', startedAt }, options),
    end: ({ executions }, options) => executions.end(someone, success, options),
    claim: ({ executions }, options) => executions.claim({ at: 0, limit: 1 }, options),
    park: ({ executions }, options) => executions.park(someone, parkedAt('task_notify', 0), options),
    recover: ({ executions }, options) => executions.recover([], 0, options),
    redrive: ({ executions }, options) => executions.redrive('x', startedAt, options),
    get: ({ executions }, options) => executions.get('x', options),
    page: ({ executions }, options) => executions.page({}, options),
    counts: ({ executions }, options) => executions.counts({}, options),
  });
}
