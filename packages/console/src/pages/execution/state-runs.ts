import type { StatusIndicatorProps } from '@cloudscape-design/components';
import type { HistoryEvent } from '@coffee/api';

/** The status of a state in an execution. `caught` is a failure that the definition handles. */
export type StateStatus = 'notStarted' | 'running' | 'succeeded' | 'failed' | 'caught';

/** How a status is shown: with the words and icons of the Step Functions console. */
export const stateStatuses: Readonly<Record<StateStatus, { type: StatusIndicatorProps.Type; children: string }>> = {
  running: { type: 'in-progress', children: 'In progress' },
  succeeded: { type: 'success', children: 'Succeeded' },
  failed: { type: 'error', children: 'Failed' },
  caught: { type: 'warning', children: 'Caught error' },
  notStarted: { type: 'pending', children: 'Not started' },
};

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

export type StateRuns = ReadonlyMap<string, StateRun>;

const untouched: StateRun = { status: 'notStarted', retries: 0 };

export const runOf = (runs: StateRuns, state: string): StateRun => runs.get(state) ?? untouched;

function advance(run: StateRun, event: HistoryEvent, payload: unknown): StateRun {
  const { timestamp, error, cause } = event;
  const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  switch (event.type) {
    case 'StateEntered':
      return { status: 'running', input: payload, retries: run.retries, enteredAt: timestamp };
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

/**
 * What became of each state, from the events so far. The history omits a payload that did not change, so the input of a
 * state is what the state before it left.
 */
export function stateRuns(input: unknown, history: readonly HistoryEvent[]): StateRuns {
  const runs = new Map<string, StateRun>();
  let payload = input;
  for (const event of history) {
    if (endsBadly.test(event.type)) {
      for (const [state, run] of runs) {
        if (run.status === 'running') runs.set(state, { leftAt: event.timestamp, ...run, status: 'failed' });
      }
    }
    if (event.state === undefined) continue;
    const run = advance(runOf(runs, event.state), event, payload);
    runs.set(event.state, run);
    if (event.type === 'StateExited') payload = run.output;
    // The event has what the next state gets of a caught error, if the server sends it.
    if (event.type === 'StateCaught') payload = event.output ?? { Error: event.error, Cause: event.cause };
  }
  return runs;
}

/** Appends an event that arrived live. A known one changes nothing; `undefined` when one before it is missing. */
export function withEvent(history: readonly HistoryEvent[], event: HistoryEvent): readonly HistoryEvent[] | undefined {
  const last = history.at(-1)?.id ?? 0;
  if (event.id <= last) return history;
  return event.id === last + 1 ? [...history, event] : undefined;
}

/**
 * The cause of an error, as a sentence for a person: a Lambda function's is JSON with `errorMessage`, and has the function's
 * full `answer` (name, message and stack); any other is a text.
 */
export function readCause(cause = ''): { readonly message: string; readonly answer?: object } {
  try {
    const answer: unknown = JSON.parse(cause);
    if (typeof answer !== 'object' || answer === null) return { message: cause };
    const { errorMessage } = answer as { errorMessage?: unknown };
    return { message: typeof errorMessage === 'string' ? errorMessage : cause, answer };
  } catch {
    return { message: cause };
  }
}
