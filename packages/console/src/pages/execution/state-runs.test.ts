import type { HistoryEvent } from '@coffee/api';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCause, runOf, stateRuns, withEvent } from './state-runs.ts';

type Untimed = Omit<HistoryEvent, 'id' | 'timestamp'>;

const start = Date.parse('2026-11-24T09:30:00.000Z');
const historyOf = (events: readonly Untimed[]): HistoryEvent[] =>
  events.map((event, index) => ({ ...event, id: index + 1, timestamp: new Date(start + index * 10).toISOString() }));

const failed = (state: string, attempt: number): Untimed => ({
  type: 'StateFailed',
  state,
  attempt,
  error: 'Unavailable',
  cause: 'the store is down',
});

/** What a task does: so many retries, then it ends or fails for good. */
interface Fate {
  readonly retries: number;
  readonly fails: boolean;
}

/** The events of an execution whose tasks have these fates, as the server writes them. */
function eventsOf(fates: readonly Fate[]): Untimed[] {
  const events: Untimed[] = [{ type: 'ExecutionStarted' }];
  for (const [index, { retries, fails }] of fates.entries()) {
    const state = `task_${index}`;
    events.push({ type: 'StateEntered', state });
    for (let attempt = 1; attempt <= retries; attempt++) {
      events.push(failed(state, attempt), { type: 'StateRetried', state, attempt });
    }
    if (fails) return [...events, failed(state, retries + 1), { type: 'ExecutionFailed' }];
    events.push({ type: 'StateExited', state, output: { after: index } });
  }
  return [...events, { type: 'ExecutionSucceeded' }];
}

const fates = fc.array(fc.record({ retries: fc.nat(4), fails: fc.boolean() }), { minLength: 1, maxLength: 5 });

describe('what became of each state', () => {
  it('always follows from the fates of the tasks', () => {
    fc.assert(
      fc.property(fates, (given) => {
        const stop = given.findIndex(({ fails }) => fails);
        const runs = stateRuns('input', historyOf(eventsOf(given)));
        for (const [index, { retries, fails }] of given.entries()) {
          const run = runOf(runs, `task_${index}`);
          if (stop !== -1 && index > stop) expect(run).toEqual({ status: 'notStarted', retries: 0 });
          else {
            expect(run).toMatchObject({ status: fails ? 'failed' : 'succeeded', retries });
            expect(run.input).toEqual(index === 0 ? 'input' : { after: index - 1 });
            expect(run.output).toEqual(fails ? undefined : { after: index });
            expect(run.error).toBe(fails ? 'Unavailable' : undefined);
          }
        }
      }),
    );
  });

  it('never has two states in progress, and none once the execution has ended', () => {
    fc.assert(
      fc.property(fates, fc.nat(), (given, cut) => {
        const history = historyOf(eventsOf(given));
        const seen = history.slice(0, (cut % history.length) + 1);
        const running = [...stateRuns({}, seen).values()].filter(({ status }) => status === 'running');
        expect(running.length).toBeLessThanOrEqual(seen.length === history.length ? 0 : 1);
      }),
    );
  });

  it('is in progress while it waits for a retry', () => {
    const history = historyOf([{ type: 'StateEntered', state: 'a' }, failed('a', 1)]);
    expect(runOf(stateRuns({}, history), 'a')).toMatchObject({ status: 'running', retries: 0, error: 'Unavailable' });
  });

  it('starts again after a redrive and keeps its input and the count of its retries', () => {
    const before = eventsOf([
      { retries: 0, fails: false },
      { retries: 2, fails: true },
    ]);
    const redriven: Untimed[] = [{ type: 'ExecutionRedriven' }, { type: 'StateEntered', state: 'task_1' }];
    expect(runOf(stateRuns({}, historyOf([...before, ...redriven])), 'task_1')).toMatchObject({
      status: 'running',
      retries: 2,
      input: { after: 0 },
    });
    const done = historyOf([...before, ...redriven, { type: 'StateExited', state: 'task_1' }]);
    const run = runOf(stateRuns({}, done), 'task_1');
    expect(run).toMatchObject({ status: 'succeeded', output: { after: 0 } });
    expect(run).not.toHaveProperty('error');
  });

  it('is caught where the definition handles the error, which is the input of the next state', () => {
    const history = historyOf([
      { type: 'StateEntered', state: 'a' },
      { type: 'StateFailed', state: 'a', error: 'OrderRejected', cause: 'city is required' },
      { type: 'StateCaught', state: 'a', error: 'OrderRejected', cause: 'city is required' },
      { type: 'StateEntered', state: 'Job Failed' },
      { type: 'ExecutionFailed' },
    ]);
    const runs = stateRuns({}, history);
    expect(runOf(runs, 'a').status).toBe('caught');
    expect(runOf(runs, 'Job Failed')).toMatchObject({
      status: 'failed',
      input: { Error: 'OrderRejected', Cause: 'city is required' },
    });
  });
});

describe('an event that arrives live', () => {
  const history = historyOf([{ type: 'ExecutionStarted' }, { type: 'StateEntered', state: 'a' }]);
  const event = (id: number): HistoryEvent => ({ id, type: 'StateExited', timestamp: '', state: 'a' });

  it('is added when it is the next', () => expect(withEvent(history, event(3))).toHaveLength(3));
  it('changes nothing when its number is known', () => expect(withEvent(history, event(2))).toBe(history));
  it('shows that one is missing when it is not the next', () => expect(withEvent(history, event(4))).toBeUndefined());
});

describe('a cause', () => {
  it('of a function is a sentence and the whole answer', () => {
    const answer = { errorType: 'Unavailable', errorMessage: 'the store is down', trace: [] };
    expect(readCause(JSON.stringify(answer))).toEqual({ message: 'the store is down', answer });
  });

  it.each(['States.Timeout', '"text"', '12', '{', ''])('that is not an object is itself: %s', (text) => {
    expect(readCause(text)).toEqual({ message: text });
  });
});
