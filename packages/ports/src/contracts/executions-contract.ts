import type {
  ClaimQuery,
  Execution,
  ExecutionEnd,
  ExecutionParties,
  ExecutionQuery,
  ExecutionSummary,
} from '../execution.ts';
import type { Executions } from '../executions.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { uniqueId } from './samples.ts';
import type { Suite } from './suite.ts';
import { contractSuite } from './suite.ts';

/** The harness of the {@link Executions} suite. */
export interface ExecutionsHarness extends Harness {
  readonly executions: Executions;
}

/** The manifest of an adapter of {@link Executions}. `limits.concurrency` defaults to 20. */
export type ExecutionsManifest = Manifest<ExecutionsHarness, readonly [], 'unavailable'>;

const startedAt = 1_700_000_000_000;
const failure: ExecutionEnd = {
  status: 'FAILED',
  stoppedAt: startedAt + 500,
  error: 'Unavailable',
  cause: '{"errorMessage":"L\'Aquila \u2615"}',
  resume: { state: 'task_notify', input: { orderid: 'x', order: { city: 'null' } } },
  history: [
    { type: 'ExecutionStarted', timestamp: startedAt },
    { type: 'StateExited', timestamp: startedAt + 100, state: 'task_put_item', output: { total: '7.00' } },
    {
      type: 'StateFailed',
      timestamp: startedAt + 400,
      state: 'task_notify',
      error: 'Unavailable',
      cause: '{}',
      attempt: 2,
    },
  ],
};
const success: ExecutionEnd = { status: 'SUCCEEDED', stoppedAt: startedAt + 9, history: [] };
const parkedAt = (state: string, dueAt: number) => ({
  dueAt,
  resume: { state, input: { orderid: 'x', order: { city: 'null' } }, attempts: 2, retries: [2, 0] },
  history: failure.history,
});

const someone: Execution = { orderid: 'x', input: '{}', startedAt, status: 'RUNNING', history: [], sequence: 1 };

function clauses({ expect, harness, clause, concurrency }: Suite<ExecutionsHarness, never>): void {
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
  const page = (query: ExecutionQuery) => harness().executions.page(query);
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

  clause('lists and counts the executions of an account, of a vendor, and of both', async () => {
    const [accountid, vendorid] = [uniqueId('a'), uniqueId('v')];
    const begin = async (parties: ExecutionParties) => {
      const started = { orderid: uniqueId('o'), input: '{}', startedAt, ...parties };
      return (await harness().executions.start(started)).execution;
    };
    const [first, account, vendor] = [
      await begin({ accountid, vendorid }),
      await begin({ accountid, vendorid: uniqueId('v') }),
      await begin({ accountid: uniqueId('a'), vendorid }),
    ];
    await begin({});
    await end(account, success);
    const listed = async (query: ExecutionQuery) => ids((await page(query)).executions);
    expect(await listed({ accountid })).toEqual([account.orderid, first.orderid]);
    expect(await listed({ vendorid })).toEqual([vendor.orderid, first.orderid]);
    expect(await listed({ accountid, vendorid })).toEqual([first.orderid]);
    expect(await listed({ accountid, status: 'SUCCEEDED' })).toEqual([account.orderid]);
    expect(await listed({ accountid, before: account.sequence })).toEqual([first.orderid]);
    expect(await listed({ accountid: uniqueId('a') })).toEqual([]);
    expect(await listed({ accountid, limit: 1 })).toEqual([account.orderid]);
    const counts = (of: ExecutionParties) => harness().executions.counts(of);
    expect(await counts({ accountid })).toEqual({ RUNNING: 1, SUCCEEDED: 1, FAILED: 0 });
    expect(await counts({ vendorid })).toEqual({ RUNNING: 2, SUCCEEDED: 0, FAILED: 0 });
    expect(await counts({ accountid, vendorid })).toEqual({ RUNNING: 1, SUCCEEDED: 0, FAILED: 0 });
    expect(await counts({ accountid: uniqueId('a') })).toEqual({ RUNNING: 0, SUCCEEDED: 0, FAILED: 0 });
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

  clause('lists every execution once, newest first, by status, whatever the page size', async () => {
    const started: Execution[] = [];
    for (let count = 0; count < 6; count += 1) started.unshift(await start());
    const wanted = new Map<ExecutionQuery['status'], string[]>([[undefined, ids(started)]]);
    for (const [index, execution] of started.entries()) {
      if (index % 3 > 0) await end(execution, index % 3 === 1 ? success : failure);
      const status = (['RUNNING', 'SUCCEEDED', 'FAILED'] as const)[index % 3];
      wanted.set(status, [...(wanted.get(status) ?? []), execution.orderid]);
    }
    for (const [status, expected] of wanted) {
      for (const limit of [1, 2, 4, 100]) {
        const found: string[] = [];
        let before: number | undefined;
        do {
          const { executions, next } = await page({ status, limit, before });
          expect(executions.length).toBeGreaterThan(next === undefined ? -1 : 0);
          found.push(...ids(executions));
          before = next;
        } while (before !== undefined && found.length < expected.length);
        expect(found.slice(0, expected.length)).toEqual(expected);
      }
    }
  });

  clause('lists summaries, with no more than the first 2,000 characters of a cause', async () => {
    const { orderid, sequence } = await start();
    const cause = '\u{1f375}'.repeat(2001);
    await end({ ...(await start(orderid)) }, { ...failure, cause });
    const { executions } = await page({ limit: 1, before: sequence + 1 });
    const { resume: _resume, history: _history, ...summary } = failure;
    const cut = cause.slice(0, 4000); // each of these characters is two UTF-16 units
    expect(executions).toEqual([{ ...summary, orderid, sequence, startedAt, cause: cut }]);
  });

  clause('counts executions by status', async () => {
    const before = await harness().executions.counts();
    const [first, second] = [await start(), await start(), await start()];
    await start(first.orderid); // already there
    await end(first, success);
    await end(second, failure);
    const { RUNNING, SUCCEEDED, FAILED } = before;
    expect(await harness().executions.counts()).toEqual({
      RUNNING: RUNNING + 1,
      SUCCEEDED: SUCCEEDED + 1,
      FAILED: FAILED + 1,
    });
    await redrive(second.orderid);
    expect(await harness().executions.counts()).toEqual({ RUNNING: RUNNING + 2, SUCCEEDED: SUCCEEDED + 1, FAILED });
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
