import type { Definition } from './definition.ts';
import { functionArn, waitResource } from './definition.ts';

/** What the engine knows of time: a simulation brings its own. */
export interface Time {
  /** Milliseconds since 1970 UTC. Never goes back. */
  now(): number;
  /** Calls after this many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, call: () => void): () => void;
}

/** `setTimeout` takes no more than this. */
const longestTimeout = 2 ** 31 - 1;

/** The time of this machine, which goes on at its own pace while the wall clock is set back. */
export function systemTime(): Time {
  let last = Date.now();
  let read = performance.now();
  return {
    now() {
      const elapsed = performance.now() - read;
      read += elapsed;
      last = Math.max(Date.now(), last + elapsed);
      return Math.floor(last);
    },
    after(milliseconds, call) {
      const timer = setTimeout(call, Math.min(milliseconds, longestTimeout));
      return () => clearTimeout(timer);
    },
  };
}

/** What a task gets besides its input. */
export interface TaskContext {
  readonly orderid: string;
  readonly state: string;
  readonly signal: AbortSignal;
}

/** Does the work of a `Task` state, whatever its resource is. */
export type TaskCall = (event: never, context: TaskContext) => Promise<unknown>;

/** The parameters of `arn:aws:states:::sns:publish`, as far as this machine knows them. */
interface PublishParameters {
  readonly Message: unknown;
  readonly Subject?: string;
}

/** What the tasks of a workflow may use. */
export interface TaskResources {
  /** The functions by name: what `${NameFunctionArn}` stands for. */
  readonly functions: Readonly<Record<string, TaskCall>>;
  /** Publishes to a topic: `arn:aws:states:::sns:publish`. */
  readonly publish?: (parameters: PublishParameters, context: TaskContext) => Promise<{ readonly MessageId: string }>;
}

interface InvokeParameters {
  readonly FunctionName: string;
  readonly Payload?: unknown;
}

/**
 * The call behind each task of a definition.
 *
 * @throws when nothing on this machine stands behind a resource.
 */
function taskCalls(definition: Definition, { functions, publish }: TaskResources): Map<string, TaskCall> {
  const find = (state: string, arn: string): TaskCall => {
    const call = functions[arn.startsWith(functionArn) ? arn.slice(functionArn.length) : ''];
    if (call === undefined) throw new Error(`${state}: nothing on this machine runs the resource ${arn}`);
    return async (event, context) => {
      try {
        return await call(event, context);
      } catch (error) {
        throw new LambdaError(error);
      }
    };
  };
  const callOf = (state: string, resource: string): TaskCall | undefined => {
    if (resource === waitResource) return undefined;
    if (resource === 'arn:aws:states:::sns:publish' && publish !== undefined) return publish;
    if (resource !== 'arn:aws:states:::lambda:invoke') return find(state, resource);
    return async ({ FunctionName, Payload = {} }: InvokeParameters, context) => ({
      ExecutedVersion: '$LATEST',
      Payload: await find(state, FunctionName)(Payload as never, context),
      StatusCode: 200,
    });
  };
  const calls = new Map<string, TaskCall>();
  for (const [state, { resource }] of definition.tasks) {
    const call = callOf(state, resource);
    if (call !== undefined) calls.set(state, call);
  }
  return calls;
}

/**
 * A function's error as Step Functions sees it from Lambda: `name` is the error type that `Retry` and `Catch` match, the
 * message (which becomes the `Cause`) is Lambda's JSON of type and message. The stack stays on this machine.
 */
class LambdaError extends Error {
  constructor(error: unknown) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    super(JSON.stringify({ errorType: name, errorMessage: message }));
    this.name = name;
  }
}

/** The name of the error by which a state tells that it has to wait. */
export const parkedError = 'coffee.Parked';

/** Fails a state that has to wait: the execution is parked until then. */
export class Parked extends Error {
  override readonly name = parkedError;
  readonly dueAt: number;
  /** Whether the state is over once it has waited. */
  readonly waited: boolean;

  constructor(dueAt: number, waited: boolean) {
    super('The execution waits.');
    this.dueAt = dueAt;
    this.waited = waited;
  }
}

/** Fails what is still running when the engine has been stopped: the execution is left as it is in the store. */
export class Stopped extends Error {
  override readonly name = 'coffee.Stopped';
}

/** An error of the language itself, such as `States.Timeout`. */
export class StatesError extends Error {
  constructor(name: string, message: string = name) {
    super(message);
    this.name = name;
  }
}

interface TaskRunnerOptions {
  readonly time: Time;
  readonly maxInState: number;
  /** Called when a state that was full has room again. */
  readonly onRoom: () => void;
}

type Handler = (input: unknown) => Promise<unknown>;

/** Aborts the tasks of the top level of an execution, of which one runs at a time. */
interface SharedAbort {
  controller: AbortController;
}

/** Runs the tasks of all executions: aborts those that take too long, and lets no state hold more than its share. */
export class TaskRunner {
  readonly #definition: Definition;
  readonly #calls: Map<string, TaskCall>;
  readonly #options: TaskRunnerOptions;
  readonly #inState = new Map<string, number>();
  readonly #aborts = new Set<(reason: Error) => void>();
  #stopped = false;

  constructor(definition: Definition, resources: TaskResources, options: TaskRunnerOptions) {
    this.#definition = definition;
    this.#calls = taskCalls(definition, resources);
    this.#options = options;
  }

  /** The handlers of one execution, by state. `waited` is the `Wait` state that is over when it resumes. */
  handlersOf(orderid: string, waited: string | undefined): Record<string, Handler> {
    const handlers: Record<string, Handler> = {};
    const shared: SharedAbort = { controller: new AbortController() };
    let over = waited;
    for (const [state, { resource }] of this.#definition.tasks) {
      if (resource === waitResource) {
        handlers[state] = async (event) => {
          const { until, input } = event as { readonly until: unknown; readonly input: unknown };
          if (over !== state) throw new Parked(this.#dueAt(until), true);
          over = undefined;
          return input;
        };
      } else handlers[state] = (event) => this.#call(orderid, state, event, shared);
    }
    return handlers;
  }

  /** The states of the top level that take no more executions now. */
  fullStates(): string[] {
    return [...this.#inState].filter(([, count]) => count >= this.#options.maxInState).map(([state]) => state);
  }

  /** Aborts every task; from now on none begins. */
  stop(): void {
    this.#stopped = true;
    for (const abort of this.#aborts) abort(new Stopped('The engine has been stopped.'));
  }

  async #call(orderid: string, state: string, event: unknown, shared: SharedAbort): Promise<unknown> {
    const { top = false, timeoutMilliseconds } = this.#definition.tasks.get(state) ?? {};
    const { time, maxInState, onRoom } = this.#options;
    if (this.#stopped) throw new Stopped('The engine has been stopped.');
    const count = this.#inState.get(state) ?? 0;
    if (top && count >= maxInState) throw new Parked(time.now(), false);
    if (top) this.#inState.set(state, count + 1);
    if (shared.controller.signal.aborted) shared.controller = new AbortController();
    const controller = top ? shared.controller : new AbortController();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const abort = (reason: Error) => {
      controller.abort(reason);
      // Inside Parallel and Map the library tells of the timeout, at the same time.
      if (top || this.#stopped) reject(reason);
    };
    this.#aborts.add(abort);
    let cancel: () => void = () => undefined;
    try {
      if (timeoutMilliseconds !== undefined) {
        cancel = time.after(timeoutMilliseconds, () => abort(new StatesError('States.Timeout')));
      }
      const call = this.#calls.get(state) as TaskCall;
      call(event as never, { orderid, state, signal: controller.signal }).then(resolve, reject);
      return await promise;
    } finally {
      cancel();
      this.#aborts.delete(abort);
      if (top) {
        const left = this.#inState.get(state) ?? 1;
        this.#inState.set(state, left - 1);
        if (left === maxInState) onRoom();
      }
    }
  }

  #dueAt(until: unknown): number {
    const time = typeof until === 'number' ? this.#options.time.now() + until * 1000 : Date.parse(String(until));
    if (Number.isNaN(time))
      throw new StatesError('States.Runtime', `${JSON.stringify(until)} is neither seconds nor a timestamp`);
    return time;
  }
}
