import type { Execution, HistoryEvent, ResumePoint } from '@coffee/ports';
import type { StateMachine } from 'aws-local-stepfunctions';
import type { LiveEvents } from '../live/live-events.ts';

type EventLog = ReturnType<StateMachine['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;

/** What the log needs to know of the definition: does this state change the payload? */
export type ChangesPayload = (state: string) => boolean;

/**
 * The history of a running execution. The library keeps its events until they are read, so that an execution nobody
 * looks at is read once, at its end; {@link follow} reads them as they happen, from the first one on.
 */
export class ExecutionLog {
  readonly history: HistoryEvent[];
  readonly #orderid: string;
  readonly #logs: AsyncIterable<EventLog>;
  readonly #live: LiveEvents;
  readonly #changesPayload: ChangesPayload;
  #attempt = 0;
  #resume: ResumePoint | undefined;
  #reading: Promise<void> | undefined;

  constructor(execution: Execution, logs: AsyncIterable<EventLog>, live: LiveEvents, changesPayload: ChangesPayload) {
    this.history = [...execution.history];
    this.#orderid = execution.orderid;
    this.#logs = logs;
    this.#live = live;
    this.#changesPayload = changesPayload;
  }

  /** The state that failed last, and its input: where a redrive goes on. */
  get resume(): ResumePoint | undefined {
    return this.#resume;
  }

  /** Reads what has happened and what happens from now on; settles when the execution has ended. */
  follow(): Promise<void> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  async #read(): Promise<void> {
    for await (const event of this.#logs) {
      if (event.type === 'ExecutionStarted' && this.history.length > 0) continue;
      if (event.type === 'StateFailed') this.#resume = { state: event.state.name, input: event.state.input };
      const told = this.#toHistoryEvent(event);
      const index = this.history.push(told) - 1;
      if (event.timestamp >= this.#live.since) {
        this.#live.tell({ kind: 'history', orderid: this.#orderid, index, event: told });
      }
    }
  }

  #toHistoryEvent(event: EventLog): HistoryEvent {
    const { type, timestamp } = event;
    if (!('state' in event)) return { type, timestamp };
    const state = event.state.name;
    switch (event.type) {
      case 'StateExited':
        return this.#changesPayload(state)
          ? { type, timestamp, state, output: event.state.output }
          : { type, timestamp, state };
      case 'StateFailed': {
        const cause = event.Cause instanceof Error ? event.Cause.message : String(event.Cause);
        const failed = { type, timestamp, state, error: event.Error, cause };
        this.#attempt += 1;
        return event.state.type === 'Task' ? { ...failed, attempt: this.#attempt } : failed;
      }
      case 'StateRetried':
        return { type, timestamp, state, attempt: event.retry.attempt };
      case 'StateEntered':
        this.#attempt = 0;
        return { type, timestamp, state };
      default:
        return { type, timestamp, state };
    }
  }
}
