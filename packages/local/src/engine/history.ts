import type { ArrivedMail, Execution, HistoryEvent, ResumePoint } from '@coffee/ports';
import type { StateMachine } from 'aws-local-stepfunctions';

/** What happens in this process: an execution starts, ends or is redriven; a state is entered, retried or left; a mail arrives. */
export type LiveEvent =
  | { readonly kind: 'execution'; readonly execution: Execution }
  | { readonly kind: 'history'; readonly orderid: string; readonly index: number; readonly event: HistoryEvent }
  | { readonly kind: 'mail'; readonly mail: ArrivedMail };

type Listener = (event: LiveEvent) => void;

/** Hands what happens to whoever listens. Nothing is kept: who comes later reads what is there. */
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

  /** Is called whenever the first listener comes: what was not told so far must be told from now on. */
  set onFirst(call: () => void) {
    this.#onFirst = call;
  }

  /** Tells of a message, as the mailbox does when one arrives. */
  readonly arrived = (mail: ArrivedMail): void => this.tell({ kind: 'mail', mail });

  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Listens until the function it returns is called. */
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

/** What the log needs to know of the definition: does this state change the payload? */
export type ChangesPayload = (state: string) => boolean;

/**
 * The history of a running execution. The library keeps its events until they are read, so that an execution no one
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
