import type { Execution, ExecutionEnd, HistoryEvent, ParkedExecution, ResumePoint } from '@coffee/ports';
import type { StateMachine } from 'aws-local-stepfunctions';
import type { Definition } from './definition.ts';
import { catching } from './definition.ts';
import type { LiveEvents } from './live-events.ts';
import type { TaskRunner } from './tasks.ts';
import { Parked, parkedError, StatesError, Stopped } from './tasks.ts';

type EventLog = ReturnType<StateMachine['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;

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
      const seen = this.#toHistoryEvent(event, beginning);
      if (seen === undefined) continue;
      const told = { ...seen, timestamp: seen.timestamp + ahead };
      const index = this.history.push(told) - 1;
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

type Json = Parameters<StateMachine['run']>[0];
type Overrides = NonNullable<NonNullable<Parameters<StateMachine['run']>[1]>['overrides']>;

/** How a stretch ends: with the execution, at a state that has to wait, or because the engine has been stopped. */
export type StretchOutcome =
  | { readonly kind: 'ended'; readonly end: ExecutionEnd }
  | { readonly kind: 'parked'; readonly parked: ParkedExecution }
  | { readonly kind: 'stopped' };

/** One stretch of an execution: from where it starts or resumes to its end, or to the next state that has to wait. */
export class Stretch {
  readonly #execution: Execution;
  readonly #log: ExecutionLog;
  readonly #definition: Definition;
  readonly #tasks: TaskRunner;

  constructor(execution: Execution, log: ExecutionLog, definition: Definition, tasks: TaskRunner) {
    this.#execution = execution;
    this.#log = log;
    this.#definition = definition;
    this.#tasks = tasks;
  }

  async run(now: () => number, random: () => number, retryMilliseconds?: number): Promise<StretchOutcome> {
    const { orderid, startedAt, resume, history } = this.#execution;
    const redriven = history.findLast(({ type }) => type === 'ExecutionRedriven')?.timestamp;
    const deadline = (redriven ?? startedAt) + this.#definition.timeoutMilliseconds;
    if (now() >= deadline) return this.#failed(new StatesError('States.Timeout'), resume, now());
    let input: unknown;
    try {
      input = JSON.parse(this.#execution.input);
    } catch (error) {
      return this.#failed(error as Error, resume, now());
    }
    const context = {
      Order: { Id: orderid, Name: orderid, Input: input, StartTime: new Date(startedAt).toISOString() },
    };
    let from: ResumePoint = resume ?? { state: this.#definition.startAt, input };
    let beginning: Beginning =
      history.at(-1)?.type === 'ExecutionRedriven' || resume === undefined ? 'enter' : 'continue';
    if (beginning === 'continue' && (resume?.attempts ?? 0) > 0 && resume?.waited !== true) beginning = 'retry';
    let machine = this.#definition.machines.get(from.state);
    if (machine === undefined) {
      return this.#failed(new StatesError('States.Runtime', `the workflow has no state ${from.state}`), resume, now());
    }
    const handlers = this.#tasks.handlersOf(orderid, resume?.waited === true ? from.state : undefined);
    const overrides: Overrides = { taskResourceLocalHandlers: handlers as never };
    if (retryMilliseconds !== undefined) {
      const { nested } = this.#definition;
      overrides.retryIntervalOverrides = Object.fromEntries(nested.map((state) => [state, retryMilliseconds]));
    }
    for (;;) {
      const run = machine.run(from.input as Json, { overrides, context });
      this.#log.begin(run.eventLogs, beginning);
      const error = await run.result.then(
        () => undefined,
        (reason: Error) => (reason.cause instanceof Error ? reason.cause : reason),
      );
      await this.#log.follow();
      if (error === undefined) return this.#ended({ status: 'SUCCEEDED', stoppedAt: now() }, 'ExecutionSucceeded');
      if (error instanceof Stopped) return { kind: 'stopped' };
      const failed = this.#log.failed ?? from;
      const again = /retry|continue/.test(beginning) && failed.state === from.state && this.#log.entered === 1;
      const retries = again ? (resume?.retries ?? []) : [];
      const attempts = this.#log.attemptsAt(failed.state);
      if (error instanceof Parked) {
        const waiting = error.waited ? { waited: true } : { attempts, retries };
        return this.#parked({ ...failed, ...waiting }, Math.min(error.dueAt, deadline));
      }
      if (beginning === 'catch' && this.#log.entered === 0) return this.#failed(error, from, now());
      const retry = this.#definition.retry(failed.state, error, retries, random);
      if (retry !== undefined) {
        const used = [...retries];
        used[retry.index] = (used[retry.index] ?? 0) + 1;
        const counted = Array.from(used, (times = 0) => times);
        const dueAt = now() + (retryMilliseconds ?? retry.delay);
        return this.#parked({ ...failed, attempts, retries: counted }, Math.min(dueAt, deadline));
      }
      const catcher = this.#definition.machineCatching(failed.state, error);
      if (catcher === undefined) return this.#failed(error, failed, now());
      handlers[`${catching}${failed.state}`] = () => Promise.reject(error);
      [machine, from, beginning] = [catcher, failed, 'catch'];
    }
  }

  #failed(error: Error, resume: ResumePoint | undefined, stoppedAt: number): StretchOutcome {
    const at = resume === undefined ? {} : { resume: { state: resume.state, input: resume.input } };
    const failure = { error: error.name, cause: error.message };
    return this.#ended({ status: 'FAILED', stoppedAt, ...failure, ...at }, 'ExecutionFailed');
  }

  #ended(end: Omit<ExecutionEnd, 'history'>, type: string): StretchOutcome {
    this.#log.add({ type, timestamp: end.stoppedAt });
    return { kind: 'ended', end: { ...end, history: this.#log.history } };
  }

  #parked(resume: ResumePoint, dueAt: number): StretchOutcome {
    return { kind: 'parked', parked: { resume, history: this.#log.history, dueAt: Math.ceil(dueAt) } };
  }
}
