import { setImmediate } from 'node:timers/promises';
import type { Execution, ExecutionEnd, Executions } from '@coffee/ports';
import type { TaskName } from '@coffee/workflow';
import { orderWorkflow, taskNames } from '@coffee/workflow';
import type { RunOptions, StateMachineDefinition } from 'aws-local-stepfunctions';
import { StateMachine } from 'aws-local-stepfunctions';

import { ExecutionLog, LiveEvents } from './history.ts';

type JSONValue = Parameters<StateMachine['run']>[0];

/** The function behind each task: what a Lambda of that name would run. */
type TaskHandlers = Readonly<Record<TaskName, (event: never) => Promise<unknown>>>;

/** What the engine works with. */
export interface WorkflowEngineOptions {
  readonly executions: Executions;
  readonly handlers: TaskHandlers;
  /** Told what happens while someone listens. */
  readonly live?: LiveEvents;
  readonly clock?: () => number;
  /** Waits this long before every retry instead of the backoff of the definition, for tests. */
  readonly retryMilliseconds?: number;
  /** Told of an end that could not be stored; the execution continues at the next start. */
  readonly onError?: (error: unknown) => void;
}

/** The answer to a start: `exists` means the order id is taken by another input, or by an execution that has ended. */
export type StartOutcome =
  | { readonly kind: 'started'; readonly execution: Execution }
  | { readonly kind: 'exists'; readonly execution: Execution };

// The library sets $$.Execution.StartTime to the time of its own call. A resumed or redriven run must keep the time of the
// first, so the two values the definition reads are handed in under another name (docs/adr/0004-embedded-engine.md).
const definition = JSON.parse(
  JSON.stringify(orderWorkflow)
    .replaceAll('$$.Execution.', () => '$$.Order.')
    .replace(/\$\{(\w+)FunctionArn\}/g, 'arn:aws:lambda:us-east-1:000000000000:function:$1'),
) as StateMachineDefinition;

/** The order workflow on this machine: the same definition and handlers as on AWS, executions kept by `Executions`. */
export class WorkflowEngine {
  readonly #executions: Executions;
  readonly #live: LiveEvents;
  readonly #clock: () => number;
  readonly #onError: (error: unknown) => void;
  readonly #overrides: NonNullable<RunOptions['overrides']>;
  readonly #machines = new Map<string, StateMachine>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #logs = new Map<string, ExecutionLog>();
  #stopping = false;

  constructor(options: WorkflowEngineOptions) {
    const { executions, handlers, live = new LiveEvents(), clock = () => Date.now(), retryMilliseconds } = options;
    const { onError = () => undefined } = options;
    this.#executions = executions;
    this.#live = live;
    live.onFirst = () => {
      for (const log of this.#logs.values()) void log.follow();
    };
    this.#clock = clock;
    this.#onError = onError;
    const entries = taskNames.map((task) => {
      const handler = handlers[task] as (event: unknown) => Promise<unknown>;
      const invoke = async (event: JSONValue): Promise<JSONValue> => {
        try {
          return (await handler(event)) as JSONValue;
        } catch (error) {
          throw new LambdaError(error);
        }
      };
      return [task, invoke] as const;
    });
    this.#machineFrom(definition.StartAt); // a definition that cannot run is refused here, before any order
    this.#overrides = {
      taskResourceLocalHandlers: Object.fromEntries(entries),
      ...(retryMilliseconds === undefined
        ? {}
        : { retryIntervalOverrides: Object.fromEntries(taskNames.map((task) => [task, retryMilliseconds])) }),
    };
  }

  /**
   * Starts the execution of an order, durably before it answers. The same order id and input while it runs is the first
   * execution again.
   */
  async start(orderid: string, input: string): Promise<StartOutcome> {
    const { started, execution } = await this.#executions.start({ orderid, input, startedAt: this.#clock() });
    if (started) this.#launch(execution);
    else if (execution.status !== 'RUNNING' || execution.input !== input) return { kind: 'exists', execution };
    return { kind: 'started', execution };
  }

  /** Sets a failed execution going again at the state that failed; `undefined` when there is none that has failed. */
  async redrive(orderid: string): Promise<Execution | undefined> {
    const execution = await this.#executions.redrive(orderid, this.#clock());
    if (execution !== undefined) this.#launch(execution);
    return execution;
  }

  /** An execution by its order id, with what has happened so far when it is running. */
  async find(orderid: string): Promise<Execution | undefined> {
    const execution = await this.#executions.get(orderid);
    if (execution?.status !== 'RUNNING') return execution;
    const log = this.#logs.get(orderid);
    if (log === undefined) return this.#executions.get(orderid); // it has ended since, or does not run here yet
    void log.follow();
    await setImmediate(); // the library hands over what it has kept within one turn of the loop
    return { ...execution, history: [...log.history] };
  }

  /** Goes on with every execution that was running when the process before this one ended. */
  async resume(): Promise<number> {
    let count = 0;
    let before: number | undefined;
    do {
      const page = await this.#executions.page({ status: 'RUNNING', limit: 200, ...(before ? { before } : {}) });
      const interrupted = page.executions.filter((execution) => !this.#running.has(execution.orderid));
      count += interrupted.length;
      for (const execution of interrupted) this.#launch(execution);
      before = page.next;
      await Promise.all(interrupted.map((execution) => this.#running.get(execution.orderid)));
    } while (before !== undefined);
    return count;
  }

  /** Waits for running executions, at most so long; what is left goes on at the next start. */
  async stop(milliseconds: number): Promise<void> {
    this.#stopping = true;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([Promise.all(this.#running.values()), deadline]);
    clearTimeout(timer);
  }

  #launch(execution: Execution): void {
    if (this.#live.wanted) this.#live.tell({ kind: 'execution', execution });
    const run = this.#run(execution)
      .then((end) => this.#end(execution, end))
      .catch((error) => {
        if (!this.#stopping) this.#onError(error);
      })
      .finally(() => {
        this.#running.delete(execution.orderid);
        this.#logs.delete(execution.orderid);
      });
    this.#running.set(execution.orderid, run);
  }

  async #end(execution: Execution, end: ExecutionEnd): Promise<void> {
    await this.#executions.end(execution, end);
    if (!this.#live.wanted) return;
    const { orderid, input, startedAt, sequence } = execution;
    this.#live.tell({ kind: 'execution', execution: { orderid, input, startedAt, sequence, ...end } });
  }

  async #run(execution: Execution): Promise<ExecutionEnd> {
    const { orderid, startedAt, resume } = execution;
    const input = resume?.input ?? JSON.parse(execution.input);
    const run = this.#machineFrom(resume?.state ?? definition.StartAt).run(input as JSONValue, {
      overrides: this.#overrides,
      context: { Order: { Name: orderid, StartTime: new Date(startedAt).toISOString() } },
    });
    const log = new ExecutionLog(execution, run.eventLogs, this.#live, changesPayload);
    this.#logs.set(orderid, log);
    if (this.#live.wanted) void log.follow();
    let failure: { error: string; cause: string } | undefined;
    try {
      await run.result;
    } catch (error) {
      failure = failureOf(error);
    }
    await log.follow();
    const { history, resume: failedAt } = log;
    const stoppedAt = this.#clock();
    if (failure === undefined) return { status: 'SUCCEEDED', stoppedAt, history };
    return {
      status: 'FAILED',
      stoppedAt,
      ...failure,
      ...(failedAt === undefined ? {} : { resume: failedAt }),
      history,
    };
  }

  #machineFrom(state: string): StateMachine {
    let machine = this.#machines.get(state);
    if (machine === undefined) {
      // The whole definition is checked; begun at a later state, its earlier ones are out of reach, and that is meant.
      const noValidate = state !== definition.StartAt;
      machine = new StateMachine({ ...definition, StartAt: state }, { validationOptions: { noValidate } });
      this.#machines.set(state, machine);
    }
    return machine;
  }
}

/**
 * A handler's error as Step Functions sees it from Lambda: `name` is the error type that `Retry` and `Catch` match, the
 * message (which becomes the `Cause`) is Lambda's JSON of type, message and trace.
 */
class LambdaError extends Error {
  constructor(error: unknown) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const trace = (stack ?? '').split('\n').slice(0, 8);
    super(JSON.stringify({ errorType: name, errorMessage: message, trace }));
    this.name = name;
  }
}

function failureOf(error: unknown): { error: string; cause: string } {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return reason instanceof Error
    ? { error: reason.name, cause: reason.message }
    : { error: 'States.Runtime', cause: String(reason) };
}

function changesPayload(name: string): boolean {
  const state = definition.States[name];
  return state?.Type === 'Task' && state.ResultPath !== null;
}
