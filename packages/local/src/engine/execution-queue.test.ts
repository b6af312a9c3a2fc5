import { MemoryExecutions } from '@coffee/adapter-memory';
import { expect, it } from 'vitest';
import type { ExecutionQueueOptions } from './execution-queue.ts';
import { ExecutionQueue } from './execution-queue.ts';

const parked = { dueAt: 0, resume: { state: 'work', input: {} }, history: [] };

/** Lets everything happen that waits for nothing but the event loop. */
const turn = () => new Promise(setImmediate);

/** A queue at the time 1, and what it does; `answer` holds back the answer to each claim. */
function arrange(options: Partial<ExecutionQueueOptions> = {}, answer: () => Promise<void> = async () => undefined) {
  const executions = new MemoryExecutions();
  const launched: string[] = [];
  const limits: number[] = [];
  const recovered: (readonly string[])[] = [];
  const alarms: { readonly delay: number; readonly call: () => void; cancelled?: boolean }[] = [];
  const queue = new ExecutionQueue({
    executions: Object.assign(Object.create(executions), {
      park: executions.park.bind(executions),
      recover: (...call: Parameters<MemoryExecutions['recover']>) => {
        recovered.push(call[0]);
        return executions.recover(...call);
      },
      claim: async (...call: Parameters<MemoryExecutions['claim']>) => {
        limits.push(call[0].limit);
        const claimed = await executions.claim(...call);
        await answer();
        return claimed;
      },
    }),
    time: {
      now: () => 1,
      after: (delay, call) => {
        const alarm: (typeof alarms)[number] = { delay, call };
        alarms.push(alarm);
        return () => void Object.assign(alarm, { cancelled: true });
      },
    },
    room: () => 64,
    fullStates: () => [],
    runs: () => false,
    claimed: () => [],
    launch: ({ orderid }) => void launched.push(orderid),
    untilDone: (call) => call(),
    ...options,
  });
  /** Starts an execution that waits until then. */
  const wait = async (orderid: string, dueAt = 0) =>
    (await executions.start({ orderid, input: '{}', startedAt: 0, dueAt })).execution;
  return { executions, queue, launched, limits, recovered, alarms, wait };
}

it.each(['before', 'after'])(
  'does not run what was parked just %s it was claimed, but claims it again',
  async (when) => {
    const [taken, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let runs = true;
    const { executions, queue, launched, wait } = arrange(
      { runs: () => runs, claimed: () => (runs ? ['o1'] : []) },
      () => {
        taken.resolve();
        return answered.promise;
      },
    );
    const execution = await wait('o1'); // it was parked, but the answer was lost: it is parked once more
    const parking = when === 'before' ? queue.park(execution, parked) : undefined;
    queue.claimDue();
    await taken.promise; // the answer is slow
    await (parking ?? queue.park(execution, parked));
    runs = false;
    answered.resolve();
    await expect.poll(() => launched).toEqual(['o1']);
    queue.stop();
    expect((await executions.claim({ at: 1, limit: 1 })).executions).toEqual([]);
  },
);

it('claims what there is room for, at most 64 at once, and more when there is room again', async () => {
  let places = 70;
  const { queue, launched, limits, wait } = arrange({ room: () => places - launched.length });
  for (let index = 0; index < 72; index += 1) await wait(`o${index}`);
  queue.claimDue();
  await expect.poll(() => launched.length).toBe(70);
  await turn();
  expect([limits, queue.waiting]).toEqual([[64, 6], true]);
  places = 80;
  queue.claimDue();
  await expect.poll(() => launched.length).toBe(72);
  await turn();
  expect([limits, queue.waiting]).toEqual([[64, 6, 10], false]);
});

it('knows that something waits for a state that is full', async () => {
  const { queue, limits } = arrange({ fullStates: () => ['work'] });
  queue.claimDue();
  await expect.poll(() => limits).toHaveLength(1);
  await turn();
  expect(queue.waiting).toBe(true);
});

it('launches nothing once it has been stopped', async () => {
  const answered = Promise.withResolvers<void>();
  const { queue, launched, limits, wait } = arrange({}, () => answered.promise);
  await wait('o1');
  queue.claimDue();
  await expect.poll(() => limits).toHaveLength(1);
  queue.stop();
  answered.resolve();
  await turn();
  queue.claimDue();
  await turn();
  expect([launched, limits.length]).toEqual([[], 1]);
});

it('recovers what was claimed while it ran, once it has left, and no more often than that', async () => {
  let runs = true;
  const { queue, launched, recovered, wait } = arrange({ runs: () => runs, claimed: () => (runs ? ['o1'] : []) });
  await wait('o1');
  queue.claimDue();
  await expect.poll(() => recovered).toEqual([['o1']]); // what an earlier process had claimed
  await turn();
  expect(queue.waiting).toBe(true);
  queue.left('another');
  await turn();
  expect(recovered).toHaveLength(1);
  runs = false;
  queue.left('o1');
  await expect.poll(() => launched).toEqual(['o1']);
  expect(recovered).toEqual([['o1'], []]);
});

it('does not count as running what it parks when it recovers', async () => {
  const answers = [new Promise<undefined>(() => undefined)]; // that it is parked is never answered
  const { queue, recovered, wait } = arrange({
    runs: () => true,
    claimed: () => ['o1', 'o2'],
    untilDone: (call) => answers.pop() ?? call(),
  });
  void queue.park(await wait('o1'), parked);
  queue.claimDue();
  await expect.poll(() => recovered).toEqual([['o2']]);
});

it('sets one alarm, for what is due first, and none once it has been stopped', async () => {
  const { queue, alarms, launched, wait } = arrange();
  const execution = await wait('o1', 5001);
  const inEffect = () => alarms.flatMap(({ delay, cancelled }) => (cancelled ? [] : [delay]));
  queue.claimDue();
  await expect.poll(inEffect).toEqual([5000]);
  for (const [dueAt, delays] of [
    [6001, [5000]],
    [5001, [5000]],
    [4001, [4000]],
    [0, [0]],
  ] as const) {
    await queue.park(execution, { ...parked, dueAt });
    expect(inEffect()).toEqual(delays);
  }
  expect(alarms).toHaveLength(3);
  alarms.at(-1)?.call();
  await expect.poll(() => launched).toEqual(['o1']);
  await queue.park(execution, { ...parked, dueAt: 7001 });
  expect(inEffect()).toEqual([0, 7000]);
  queue.stop();
  await queue.park(execution, { ...parked, dueAt: 2 });
  expect(inEffect()).toEqual([0]);
});
