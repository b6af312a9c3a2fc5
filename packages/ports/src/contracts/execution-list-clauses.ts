import type { Execution, ExecutionEnd, ExecutionParties, ExecutionQuery, ExecutionSummary } from '../execution.ts';
import type { Executions } from '../executions.ts';
import type { Harness } from './manifest.ts';
import { uniqueId } from './samples.ts';
import type { Suite } from './suite.ts';

/** The harness of the {@link Executions} suite. */
export interface ExecutionsHarness extends Harness {
  readonly executions: Executions;
}

export const startedAt = 1_700_000_000_000;
export const failure: ExecutionEnd = {
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
export const success: ExecutionEnd = { status: 'SUCCEEDED', stoppedAt: startedAt + 9, history: [] };

/** What lists and counts of executions must do. */
export function executionListClauses({ expect, harness, clause }: Suite<ExecutionsHarness, never>): void {
  const start = async (orderid = uniqueId('o'), input = '{"order":{}}'): Promise<Execution> =>
    (await harness().executions.start({ orderid, input, startedAt })).execution;
  const end = (execution: Execution, how: ExecutionEnd) => harness().executions.end(execution, how);
  const redrive = (orderid: string) => harness().executions.redrive(orderid, startedAt + 900);
  const page = (query: ExecutionQuery) => harness().executions.page(query);
  const ids = (executions: readonly ExecutionSummary[]) => executions.map(({ orderid }) => orderid);

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
