import { MemoryExecutions } from '@coffee/adapter-memory';
import type { Execution, Executions } from '@coffee/ports';
import { expect, it } from 'vitest';
import { ExecutionQueue } from './execution-queue.ts';

it('does not run what it was given while it parked the same execution once more, but claims it again', async () => {
  const executions = new MemoryExecutions();
  const { execution } = await executions.start({ orderid: 'o1', input: '{}', startedAt: 0 });
  const parked = { dueAt: 0, resume: { state: 'work', input: {} }, history: [] };
  await executions.park(execution, parked); // this took effect, but its answer was lost
  const [taken, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow: Executions = Object.assign(Object.create(executions), {
    park: (...call: Parameters<Executions['park']>) => executions.park(...call),
    recover: (...call: Parameters<Executions['recover']>) => executions.recover(...call),
    claim: async (...call: Parameters<Executions['claim']>) => {
      const answer = await executions.claim(...call);
      taken.resolve();
      await answered.promise;
      return answer;
    },
  });
  const launched: Execution[] = [];
  let runs = true;
  const queue = new ExecutionQueue({
    executions: slow,
    time: { now: () => 1, after: () => () => undefined },
    room: () => 1 - launched.length,
    fullStates: () => [],
    runs: () => runs,
    claimed: () => (runs ? ['o1'] : []),
    launch: (each) => void launched.push(each),
    untilDone: (call) => call(),
  });
  queue.claimDue();
  await taken.promise; // the answer is slow
  await queue.park(execution, parked);
  runs = false;
  answered.resolve();
  await expect.poll(() => launched.length).toBe(1);
  queue.stop();
  expect((await executions.claim({ at: 1, limit: 1 })).executions).toEqual([]);
});
