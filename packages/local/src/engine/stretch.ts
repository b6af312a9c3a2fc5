import type { Execution, ExecutionEnd, ParkedExecution, ResumePoint } from '@coffee/ports';
import type { StateMachine } from 'aws-local-stepfunctions';
import type { Definition } from './definition.ts';
import { catching } from './definition.ts';
import type { DirectState } from './direct-state.ts';
import type { Beginning, ExecutionLog } from './execution-log.ts';
import type { TaskRunner } from './tasks.ts';
import { Parked, StatesError, Stopped } from './tasks.ts';

type Json = Parameters<StateMachine['run']>[0];
type RunOptions = Parameters<StateMachine['run']>[1];
type Overrides = NonNullable<NonNullable<RunOptions>['overrides']>;
type Handlers = ReturnType<TaskRunner['handlersOf']>;

/** How a stretch ends: with the execution, at a state that has to wait, or because the engine has been stopped. */
export type StretchOutcome =
  | { readonly kind: 'ended'; readonly end: ExecutionEnd }
  | { readonly kind: 'parked'; readonly parked: ParkedExecution }
  | { readonly kind: 'stopped' };

/** What decides when a retry comes: what draws from 0 to 1, and how long to wait instead of the definition's backoff. */
export interface RetryTiming {
  readonly random: () => number;
  readonly retryMilliseconds: number | undefined;
}

/** The input of a task; `undefined` when a path leads nowhere, which is the library's to judge. */
function inputOf({ parameters }: DirectState, input: unknown, context: unknown): unknown {
  if (parameters === undefined) return input;
  const values: Record<string, unknown> = {};
  for (const [name, source] of parameters) {
    let value = 'constant' in source ? source.constant : source.root === '$' ? input : context;
    for (const key of 'constant' in source ? [] : source.keys) {
      if (!Object.hasOwn(Object(value), key)) return undefined;
      value = (value as Readonly<Record<string, unknown>>)[key];
    }
    values[name] = value;
  }
  return values;
}

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

  async run(now: () => number, { random, retryMilliseconds }: RetryTiming): Promise<StretchOutcome> {
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
    if (beginning === 'continue' && (resume?.attempts ?? 0) > 0) beginning = 'retry';
    let catcher: StateMachine | undefined;
    if (!this.#definition.machines.has(from.state)) {
      return this.#failed(new StatesError('States.Runtime', `the workflow has no state ${from.state}`), resume, now());
    }
    const handlers = this.#tasks.handlersOf(orderid, resume?.waited === true ? from.state : undefined);
    const overrides: Overrides = { taskResourceLocalHandlers: handlers as never };
    if (retryMilliseconds !== undefined) {
      const { nested } = this.#definition;
      overrides.retryIntervalOverrides = Object.fromEntries(nested.map((state) => [state, retryMilliseconds]));
    }
    for (;;) {
      this.#log.begin(beginning);
      const error = await this.#runFrom(from, catcher, handlers, { overrides, context });
      if (error === undefined) return this.#ended({ status: 'SUCCEEDED', stoppedAt: now() }, 'ExecutionSucceeded');
      if (error instanceof Stopped) return { kind: 'stopped' };
      const failed = this.#log.failed ?? from;
      const again = /retry|continue/.test(beginning) && this.#log.entered === 1;
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
      catcher = this.#definition.machineCatching(failed.state, error);
      if (catcher === undefined) return this.#failed(error, failed, now());
      handlers[`${catching}${failed.state}`] = () => Promise.reject(error);
      [from, beginning] = [failed, 'catch'];
    }
  }

  /** Runs from a state, or from the catcher of its error, to the end or the error that ends the stretch. */
  async #runFrom(
    from: ResumePoint,
    catcher: StateMachine | undefined,
    handlers: Handlers,
    options: RunOptions,
  ): Promise<Error | undefined> {
    let { state: name, input: current } = from;
    const directAt = () => (catcher === undefined ? this.#definition.direct.get(name) : undefined);
    for (let direct = directAt(); direct !== undefined; direct = directAt()) {
      const given = inputOf(direct, current, options?.context);
      if (given === undefined) break;
      const at = { name, type: direct.type, input: current as Json };
      this.#log.addState('StateEntered', at);
      if (direct.type === 'Task') {
        try {
          const result = await handlers[name]?.(given);
          if (!direct.keepsInput) current = result ?? null;
        } catch (error) {
          this.#log.addState('StateFailed', at, error as Error);
          return error as Error;
        }
      }
      this.#log.addState('StateExited', { ...at, output: current as Json });
      if (direct.next === undefined) return undefined;
      name = direct.next;
    }
    const machine = catcher ?? (this.#definition.machines.get(name) as StateMachine);
    const run = machine.run(current as Json, options);
    this.#log.read(run.eventLogs);
    const error = await run.result.then(
      () => undefined,
      (reason: Error) => (reason.cause instanceof Error ? reason.cause : reason),
    );
    await this.#log.follow();
    return error;
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
