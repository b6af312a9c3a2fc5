import type { Definition } from './definition.ts';
import { waitResource } from './definition.ts';
import { parkedError } from './history.ts';
import type { TaskCall, TaskResources } from './tasks.ts';
import { taskCalls } from './tasks.ts';
import type { Time } from './time.ts';

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

/** Runs the tasks of all executions: aborts those that take too long, and lets no state hold more than its share. */
export class TaskRunner {
  readonly #definition: Definition;
  readonly #calls: Map<string, TaskCall>;
  readonly #options: TaskRunnerOptions;
  readonly #inState = new Map<string, number>();
  readonly #controllers = new Set<AbortController>();
  #stopped = false;

  constructor(definition: Definition, resources: TaskResources, options: TaskRunnerOptions) {
    this.#definition = definition;
    this.#calls = taskCalls(definition, resources);
    this.#options = options;
  }

  /** The handlers of one execution, by state. `waited` is the `Wait` state that is over when it resumes. */
  handlersOf(orderid: string, waited: string | undefined): Record<string, Handler> {
    const handlers: Record<string, Handler> = {};
    let over = waited;
    for (const [state, { resource }] of this.#definition.tasks) {
      if (resource === waitResource) {
        handlers[state] = async (event) => {
          const { until, input } = event as { readonly until: unknown; readonly input: unknown };
          if (over !== state) throw new Parked(this.#dueAt(until), true);
          over = undefined;
          return input;
        };
      } else handlers[state] = (event) => this.#call(orderid, state, event);
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
    for (const controller of this.#controllers) controller.abort(new Stopped('The engine has been stopped.'));
  }

  async #call(orderid: string, state: string, event: unknown): Promise<unknown> {
    const { top = false, timeoutMilliseconds } = this.#definition.tasks.get(state) ?? {};
    const { time, maxInState, onRoom } = this.#options;
    if (this.#stopped) throw new Stopped('The engine has been stopped.');
    const count = this.#inState.get(state) ?? 0;
    if (top && count >= maxInState) throw new Parked(time.now(), false);
    if (top) this.#inState.set(state, count + 1);
    const controller = new AbortController();
    this.#controllers.add(controller);
    const { signal } = controller;
    let cancel: () => void = () => undefined;
    try {
      const call = this.#calls.get(state) as TaskCall;
      const aborted = new Promise<never>((_, reject) => {
        // Inside Parallel and Map the library tells of the timeout, at the same time.
        signal.addEventListener('abort', () => (top || this.#stopped) && reject(signal.reason));
      });
      if (timeoutMilliseconds !== undefined) {
        cancel = time.after(timeoutMilliseconds, () => controller.abort(new StatesError('States.Timeout')));
      }
      return await Promise.race([call(event as never, { orderid, state, signal }), aborted]);
    } finally {
      cancel();
      this.#controllers.delete(controller);
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
