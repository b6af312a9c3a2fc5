import type { ArrivedMail, Execution, HistoryEvent, ResumePoint } from '@coffee/ports';
import type { StateMachine } from 'aws-local-stepfunctions';
import type { Definition } from './definition.ts';
import { caughtState } from './definition.ts';

/** An event: an execution starts, ends or is redriven; a state is entered, retried or left; a message arrives. */
export type LiveEvent =
  | { readonly kind: 'execution'; readonly execution: Execution }
  | { readonly kind: 'history'; readonly orderid: string; readonly index: number; readonly event: HistoryEvent }
  | { readonly kind: 'mail'; readonly mail: ArrivedMail };

type Listener = (event: LiveEvent) => void;

/** Passes events on to listeners. Keeps nothing: a late listener reads the current state instead. */
export class LiveEvents {
  readonly #listeners = new Set<Listener>();
  #since = Number.POSITIVE_INFINITY;
  #onFirst: () => void = () => undefined;

  /** Whether anyone is subscribed: events cost nothing while no one is. */
  get wanted(): boolean {
    return this.#listeners.size > 0;
  }

  /** When the first subscriber came, in milliseconds since 1970 UTC; `Infinity` while there is none. */
  get since(): number {
    return this.#since;
  }

  /** Called whenever a first listener subscribes: from then on, every event must be told. */
  set onFirst(call: () => void) {
    this.#onFirst = call;
  }

  /** Tells that a message has arrived. */
  readonly arrived = (mail: ArrivedMail): void => this.tell({ kind: 'mail', mail });

  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Subscribes until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#since = Date.now();
      this.#onFirst();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#since = Number.POSITIVE_INFINITY;
    };
  }
}

type EventLog = ReturnType<StateMachine['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;

/** How a stretch of an execution begins: by entering a state, by retrying one, or by going on where it left one. */
export type Beginning = 'enter' | 'retry' | 'continue' | 'catch';

/** The name of the error by which a state tells that it has to wait. */
export const parkedError = 'coffee.Parked';

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
  begin(logs: AsyncIterable<EventLog>, beginning: Beginning): void {
    this.entered = 0;
    this.#reading = undefined;
    this.#read = () => this.#readAll(logs, beginning);
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

  async #readAll(logs: AsyncIterable<EventLog>, beginning: Beginning): Promise<void> {
    const ahead = this.#now() - Date.now(); // the library reads the wall clock
    for await (const event of logs) {
      const told = this.#toHistoryEvent(event, beginning);
      if (told === undefined) continue;
      const index = this.history.push({ ...told, timestamp: told.timestamp + ahead }) - 1;
      if (event.timestamp < this.#live.since) continue;
      this.#live.tell({ kind: 'history', orderid: this.#orderid, index, event: told });
    }
  }

  /** `undefined` for what is not told: the ends of stretches, and what an earlier stretch has told. */
  #toHistoryEvent(event: EventLog, beginning: Beginning): HistoryEvent | undefined {
    const { type, timestamp } = event;
    if (!('state' in event)) {
      if (type === 'ExecutionStarted' ? this.history.length > 0 : type.startsWith('Execution')) return undefined;
      return { type, timestamp };
    }
    const state = caughtState(event.state.name) ?? event.state.name;
    if (state !== event.state.name && /Entered|Failed/.test(type)) return undefined; // told by the stretch before
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
