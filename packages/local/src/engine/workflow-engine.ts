import { setImmediate } from 'node:timers/promises';
import type { Execution, ExecutionEnd, ExecutionParties, Executions, ParkedExecution } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import type { Definition } from './definition.ts';
import { ExecutionLog } from './execution-log.ts';
import { ExecutionQueue } from './execution-queue.ts';
import { LiveEvents } from './live-events.ts';
import type { RetryTiming } from './stretch.ts';
import { Stretch } from './stretch.ts';
import type { TaskResources, Time } from './tasks.ts';
import { systemTime, TaskRunner } from './tasks.ts';

/** What the engine needs. */
export interface WorkflowEngineOptions extends TaskResources {
  readonly executions: Executions;
  readonly definition: Definition;
  /** Gets the events while anyone is subscribed. */
  readonly live?: LiveEvents;
  readonly time?: Time;
  /** Draws from 0 to 1, for jitter. */
  readonly random?: () => number;
  /** Waits this long before every retry instead of the backoff of the definition. */
  readonly retryMilliseconds?: number;
  /** How many executions are in memory at once; the others wait in the store. */
  readonly maxRunning?: number;
  /** How many executions may be on their way before a start is refused. */
  readonly maxStarted?: number;
  /** Called with errors that the engine gets over by trying again. */
  readonly onError?: (error: unknown) => void;
}

/** The answer to a start: `exists` means the order id is taken by another input, or by an execution that has ended. */
export type StartOutcome = { readonly kind: 'started' | 'exists'; readonly execution: Execution };

/** The most input that running executions hold together, in UTF-16 units. */
const maxInput = 16_000_000;

/**
 * A workflow on this machine: the same definition and functions as on AWS. Executions are kept by {@link Executions},
 * which is also the queue: an execution that waits for its turn, for a retry or in a `Wait` state holds no memory.
 */
export class WorkflowEngine {
  readonly #executions: Executions;
  readonly #definition: Definition;
  readonly #live: LiveEvents;
  readonly #time: Time;
  readonly #retries: RetryTiming;
  readonly #most: { readonly running: number; readonly started: number };
  readonly #onError: (error: unknown) => void;
  readonly #tasks: TaskRunner;
  readonly #queue: ExecutionQueue;
  readonly #running = new Map<string, { readonly log: ExecutionLog; readonly done: Promise<void> }>();
  /** Those that are being started to run at once, and those that are being redriven. */
  readonly #starting = new Set<string>();
  readonly #redriving = new Set<string>();
  #input = 0;
  #started = 0;
  #ahead = 0;
  #opened: Promise<number> | undefined;
  #stopping = false;
  #stopped = false;

  /** @throws when the definition names a resource that nothing on this machine runs. */
  constructor(options: WorkflowEngineOptions) {
    const { executions, definition, live = new LiveEvents(), time = systemTime() } = options;
    const { random = Math.random, retryMilliseconds, maxRunning = 512, maxStarted = 250_000 } = options;
    this.#executions = executions;
    this.#definition = definition;
    this.#live = live;
    live.onFirst = () => {
      for (const { log } of this.#running.values()) void log.follow();
    };
    this.#time = { now: () => time.now() + this.#ahead, after: (delay, call) => time.after(delay, call) };
    this.#retries = { random, retryMilliseconds };
    this.#most = { running: maxRunning, started: maxStarted };
    this.#onError = options.onError ?? (() => undefined);
    this.#tasks = new TaskRunner(this.#definition, options, {
      time: this.#time,
      // No state may hold every place: orders behind an outage get as far as they can.
      maxInState: Math.ceil(maxRunning / 2),
      onRoom: () => this.#queue.claimDue(),
    });
    this.#queue = new ExecutionQueue({
      executions,
      time: this.#time,
      room: () => this.#room,
      fullStates: () => this.#tasks.fullStates(),
      runs: (orderid) => this.#running.has(orderid),
      claimed: () => [...this.#running.keys(), ...this.#starting],
      launch: (execution) => this.#launch(execution),
      untilDone: (call) => this.#untilDone(call),
    });
  }

  /**
   * Takes up what an earlier process left, and answers how many executions that is.
   *
   * @throws Unavailable when the store is; it is tried again with the next call, or in a second.
   */
  resume(): Promise<number> {
    this.#opened ??= this.#open().catch((error: unknown) => {
      this.#opened = undefined;
      this.#time.after(1000, () => {
        if (!this.#stopping) this.resume().catch(this.#onError);
      });
      throw error;
    });
    return this.#opened;
  }

  /**
   * Starts the execution of an order, and answers once it is durable. The same order id and input get the first execution.
   *
   * @throws Unavailable when the store is, too many executions wait, or the engine stops.
   */
  async start(orderid: string, input: string, parties: ExecutionParties = {}): Promise<StartOutcome> {
    await this.resume();
    if (this.#stopping) throw new Unavailable('The engine is being stopped.');
    if (this.#started >= this.#most.started) throw new Unavailable(`${this.#started} orders are on their way already.`);
    const startedAt = this.#time.now();
    const waits = this.#queue.waiting || this.#room <= 0;
    if (!waits) this.#starting.add(orderid);
    try {
      const queued = { orderid, input, startedAt, ...(waits && { dueAt: startedAt }), ...parties };
      const { started, execution } = await this.#executions.start(queued);
      if (started) this.#started += 1;
      else if (execution.status !== 'RUNNING' || execution.input !== input) return { kind: 'exists', execution };
      if (started && this.#live.wanted) this.#live.tell({ kind: 'execution', execution });
      if (started && !waits && !this.#stopping) this.#launch(execution);
      return { kind: 'started', execution };
    } catch (error) {
      this.#starting.delete(orderid); // before the queue asks what runs
      this.#queue.lose(); // it may have been started all the same
      throw error;
    } finally {
      this.#starting.delete(orderid);
      if (waits) this.#queue.claimDue();
    }
  }

  /** Runs a failed execution again from the state that failed, or a waiting one now; `undefined` when there is neither. */
  async redrive(orderid: string): Promise<Execution | undefined> {
    await this.resume();
    if (this.#running.has(orderid) || this.#redriving.has(orderid) || this.#stopping) return undefined;
    this.#redriving.add(orderid);
    try {
      const failed = (await this.#executions.get(orderid))?.status === 'FAILED';
      const execution = await this.#executions.redrive(orderid, this.#time.now());
      if (execution === undefined) return undefined;
      if (failed) this.#started += 1;
      if (this.#live.wanted) this.#live.tell({ kind: 'execution', execution });
      return execution;
    } finally {
      this.#redriving.delete(orderid);
      this.#queue.claimDue();
    }
  }

  /** An execution by its order id; while it runs, with its history so far. */
  async find(orderid: string): Promise<Execution | undefined> {
    const execution = await this.#executions.get(orderid);
    const log = this.#running.get(orderid)?.log;
    if (execution?.status !== 'RUNNING' || log === undefined) return execution;
    void log.follow();
    await setImmediate(); // the library delivers its buffer within one turn of the event loop
    return { ...execution, history: [...log.history] };
  }

  /**
   * Takes no more executions and waits for those in memory, at most this long. What has not ended then is resumed at the
   * next start; no task has an effect any more.
   */
  async stop(milliseconds: number): Promise<void> {
    this.#stopping = true;
    this.#queue.stop();
    const running = Promise.all([...this.#running.values()].map(({ done }) => done));
    await new Promise<void>((resolve) => {
      const cancel = this.#time.after(milliseconds, resolve);
      void running.then(() => {
        cancel();
        resolve();
      });
    });
    this.#stopped = true;
    this.#tasks.stop();
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  get #room(): number {
    return this.#input > maxInput ? 0 : this.#most.running - this.#running.size - this.#starting.size;
  }

  async #open(): Promise<number> {
    const [newest, counts] = [this.#executions.page({ limit: 1 }), this.#executions.counts()];
    const [{ executions }, { RUNNING }] = await Promise.all([newest, counts]);
    // The clock may have been set back since the last order: no order is accepted before one that came earlier.
    this.#ahead = Math.max(0, (executions[0]?.startedAt ?? 0) + 1 - this.#time.now());
    this.#started = RUNNING;
    this.#queue.claimDue();
    return RUNNING;
  }

  #launch(execution: Execution): void {
    const { orderid, input } = execution;
    const log = new ExecutionLog(execution, this.#definition, this.#live, () => this.#time.now());
    this.#input += input.length;
    const done = this.#run(execution, log).finally(() => {
      this.#running.delete(orderid);
      this.#input -= input.length;
      if (this.#queue.waiting) this.#queue.left(orderid);
    });
    this.#running.set(orderid, { log, done });
  }

  async #run(execution: Execution, log: ExecutionLog): Promise<void> {
    const stretch = new Stretch(execution, log, this.#definition, this.#tasks);
    const outcome = await stretch.run(this.#time.now, this.#retries);
    if (outcome.kind === 'parked') {
      await this.#queue.park(execution, outcome.parked);
      this.#tell(execution, outcome.parked);
    } else if (outcome.kind === 'ended') {
      await this.#untilDone(() => this.#executions.end(execution, outcome.end));
      this.#started -= 1;
      this.#tell(execution, outcome.end);
    }
  }

  #tell(execution: Execution, change: ExecutionEnd | ParkedExecution): void {
    if (!this.#live.wanted) return;
    const { orderid, startedAt, sequence, status } = execution;
    this.#live.tell({ kind: 'execution', execution: { orderid, startedAt, sequence, status, ...change } });
  }

  /** Tries a call of the store until it succeeds, less and less often; `undefined` once the engine has been stopped. */
  async #untilDone<T>(call: () => Promise<T>): Promise<T | undefined> {
    for (let delay = 50; !this.#stopped; delay = Math.min(delay * 2, 5000)) {
      try {
        return await call();
      } catch (error) {
        if (this.#stopped) break;
        this.#onError(error);
      }
      await new Promise<void>((resolve) => void this.#time.after(delay, resolve));
    }
    return undefined;
  }
}
