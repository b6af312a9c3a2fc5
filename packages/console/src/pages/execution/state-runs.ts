import type { HistoryEvent } from '../../api/wire.ts';

/** How a state stands in an execution. `caught` is a failure that the definition has a way for. */
export type StateStatus = 'notStarted' | 'running' | 'succeeded' | 'failed' | 'caught';

/** What an execution did at one state. Times are ISO 8601. */
export interface StateRun {
  readonly status: StateStatus;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly retries: number;
  readonly enteredAt?: string;
  readonly leftAt?: string;
}

const untouched: StateRun = { status: 'notStarted', retries: 0 };

/** The run of a state that has no event. */
export const runOf = (runs: ReadonlyMap<string, StateRun>, state: string): StateRun => runs.get(state) ?? untouched;

function advance(run: StateRun, event: HistoryEvent, payload: unknown): StateRun {
  const { timestamp } = event;
  const failure = {
    ...(event.error === undefined ? {} : { error: event.error }),
    ...(event.cause === undefined ? {} : { cause: event.cause }),
  };
  switch (event.type) {
    case 'StateEntered': {
      const input = event.input === undefined ? payload : event.input;
      return { status: 'running', input, retries: run.retries, enteredAt: timestamp };
    }
    case 'StateRetried': {
      const { leftAt: _leftAt, ...rest } = run;
      return { ...rest, ...failure, status: 'running', retries: run.retries + 1 };
    }
    // Not the end of the state yet: a retry or a catch may follow.
    case 'StateFailed':
      return { ...run, ...failure, leftAt: timestamp };
    case 'StateCaught':
      return { ...run, ...failure, status: 'caught', leftAt: timestamp };
    case 'StateExited': {
      const { error: _error, cause: _cause, ...rest } = run;
      const output = event.output === undefined ? payload : event.output;
      if (run.status === 'caught') return { ...run, output, leftAt: timestamp };
      return { ...rest, status: 'succeeded', output, leftAt: timestamp };
    }
    default:
      return run;
  }
}

const endsBadly = /^Execution(Failed|Aborted|TimedOut)$/;

/** Where the execution stopped: what still ran has failed. */
function markFailed(runs: Map<string, StateRun>, timestamp: string): void {
  for (const [state, run] of runs) {
    if (run.status === 'running') runs.set(state, { leftAt: timestamp, ...run, status: 'failed' });
  }
}

/**
 * What became of each state, from the events so far. A payload that did not change stands once in the history, so the
 * input of a state is what the one before it left.
 */
export function stateRuns(input: unknown, history: readonly HistoryEvent[]): ReadonlyMap<string, StateRun> {
  const runs = new Map<string, StateRun>();
  let payload = input;
  for (const event of history) {
    if (endsBadly.test(event.type)) markFailed(runs, event.timestamp);
    if (event.state === undefined) continue;
    const run = advance(runOf(runs, event.state), event, payload);
    runs.set(event.state, run);
    if (event.type === 'StateExited') payload = run.output;
    // What the next state gets of a caught error is in the event where the server tells it.
    if (event.type === 'StateCaught') payload = event.output ?? { Error: event.error, Cause: event.cause };
  }
  return runs;
}

/** Adds events that arrived live, in order and each once; `undefined` when one before them is missing. */
export function withEvent(history: readonly HistoryEvent[], event: HistoryEvent): readonly HistoryEvent[] | undefined {
  const last = history.at(-1)?.id ?? 0;
  if (event.id <= last) return history;
  return event.id === last + 1 ? [...history, event] : undefined;
}

/** Milliseconds between two ISO 8601 times. */
export const millisecondsBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
