import type { Execution, HistoryEvent, ResumePoint } from '@coffee/ports';
import type { StateMachine } from 'aws-local-stepfunctions';
import type { Definition } from './definition.ts';
import { catching } from './definition.ts';
import type { LiveEvents } from './live-events.ts';
import { parkedError } from './tasks.ts';

type EventLog = ReturnType<StateMachine['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;
type StateEvent = Extract<EventLog, { readonly state: unknown }>;

/** How a stretch of an execution begins: by entering a state, by retrying one, or by going on where it left one. */
export type Beginning = 'enter' | 'retry' | 'continue' | 'catch';

/**
 * The history of a running execution, which may be run in several stretches. The library buffers its events until they are
 * read. An execution that no one watches is read at the end of a stretch; {@link follow} reads events as they happen.
 */
export class ExecutionLog {
  readonly history: HistoryEvent[];
  /** How many states of the top level this stretch has entered. */
  entered = 0;
  readonly #orderid: string;
  readonly #definition: Definition;
  readonly #live: LiveEvents;
  readonly #now: () => number;
  readonly #attempts = new Map<string, number>();
  #beginning: Beginning = 'enter';
  #failed: ResumePoint | undefined;
  #read: () => Promise<void> = async () => undefined;
  #reading: Promise<void> | undefined;

  constructor(execution: Execution, definition: Definition, live: LiveEvents, now: () => number) {
    this.history = [...execution.history];
    this.#orderid = execution.orderid;
    this.#definition = definition;
    this.#live = live;
    this.#now = now;
    const { state = '', attempts = 0 } = execution.resume ?? {};
    this.#attempts.set(state, attempts);
  }

  /** The state of the top level that failed last, and its input: where a retry or a redrive resumes. */
  get failed(): ResumePoint | undefined {
    return this.#failed;
  }

  /** How often a state has failed since it was entered. */
  attemptsAt(state: string): number {
    return this.#attempts.get(state) ?? 0;
  }

  /** Starts another stretch. */
  begin(beginning: Beginning): void {
    this.entered = 0;
    this.#beginning = beginning;
    if (this.history.length === 0) this.add({ type: 'ExecutionStarted', timestamp: this.#now() });
  }

  /** Takes what the library tells. */
  read(logs: AsyncIterable<EventLog>): void {
    this.#reading = undefined;
    this.#read = () => this.#readAll(logs);
    if (this.#live.wanted) void this.follow();
  }

  /** Reads past events, then new ones as they happen; settles when the stretch has ended. */
  follow(): Promise<void> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  /** Adds an event that the library does not know. */
  add(event: HistoryEvent): void {
    const index = this.history.push(event) - 1;
    if (this.#live.wanted) this.#live.tell({ kind: 'history', orderid: this.#orderid, index, event });
  }

  /** Adds what a state did that the library did not run. */
  addState(
    type: 'StateEntered' | 'StateExited' | 'StateFailed',
    state: Partial<StateEvent['state']>,
    error?: Error,
  ): void {
    const event = { type, timestamp: this.#now(), state, Error: error?.name, Cause: error } as StateEvent;
    const seen = this.#toHistoryEvent(event);
    if (seen !== undefined) this.add(seen);
  }

  async #readAll(logs: AsyncIterable<EventLog>): Promise<void> {
    const ahead = this.#now() - Date.now(); // the library reads the wall clock
    for await (const event of logs) {
      const seen = this.#toHistoryEvent(event);
      if (seen === undefined) continue;
      const told = { ...seen, timestamp: seen.timestamp + ahead };
      const index = this.history.push(told) - 1;
      if (event.timestamp < this.#live.since) continue;
      this.#live.tell({ kind: 'history', orderid: this.#orderid, index, event: told });
    }
  }

  /** `undefined` for what is not told: the ends of stretches, and what an earlier stretch has told. */
  #toHistoryEvent(event: EventLog): HistoryEvent | undefined {
    const { type, timestamp } = event;
    if (!('state' in event)) return type.startsWith('Execution') ? undefined : { type, timestamp };
    const beginning = this.#beginning;
    const { name } = event.state;
    const isCatching = name.startsWith(catching);
    if (isCatching && /Entered|Failed/.test(type)) return undefined; // told by the stretch before
    const state = isCatching ? name.slice(catching.length) : name;
    const top = this.#definition.machines.has(state);
    switch (event.type) {
      case 'StateEntered':
        if (top) this.entered += 1;
        if (top && this.entered === 1 && (beginning === 'retry' || beginning === 'continue')) {
          return beginning === 'retry'
            ? { type: 'StateRetried', timestamp, state, attempt: this.attemptsAt(state) }
            : undefined;
        }
        this.#attempts.set(state, 0);
        return { type, timestamp, state };
      case 'StateExited':
        return this.#definition.changing.has(state)
          ? { type, timestamp, state, output: event.state.output }
          : { type, timestamp, state };
      case 'StateFailed': {
        if (top) this.#failed = { state, input: event.state.input };
        if (event.Error === parkedError) return undefined;
        const cause = event.Cause instanceof Error ? event.Cause.message : String(event.Cause);
        const failed = { type, timestamp, state, error: event.Error, cause };
        const attempt = this.attemptsAt(state) + 1;
        this.#attempts.set(state, attempt);
        return event.state.type === 'Task' ? { ...failed, attempt } : failed;
      }
      case 'StateRetried':
        return { type, timestamp, state, attempt: event.retry.attempt };
      default:
        return { type, timestamp, state };
    }
  }
}
