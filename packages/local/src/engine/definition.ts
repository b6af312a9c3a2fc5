import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { StateMachine } from 'aws-local-stepfunctions';
import type { DirectState } from './direct-state.ts';
import { directState } from './direct-state.ts';

/** The name of the task that stands in for a state whose error is caught begins with this. */
export const catching = 'coffee:catching ';

type State = StateMachineDefinition['States'][string];
type TaskState = Extract<State, { Type: 'Task' }>;
type WaitState = Extract<State, { Type: 'Wait' }>;
type Retrier = NonNullable<TaskState['Retry']>[number];

/** How the engine runs a task, or lets a `Wait` state of the top level wait. */
export interface Task {
  readonly resource: string;
  /** Whether it is a state of the top level, which can wait in the store. */
  readonly top: boolean;
  readonly timeoutMilliseconds?: number;
}

/** The resource of a `Wait` state of the top level, which the engine parks. */
export const waitResource = 'coffee:wait';

/** The ARN of a function of this system, but for its name. */
export const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:';

/** `setTimeout` takes no more milliseconds than this. */
const longestTimeoutSeconds = 2_147_483;

/** The definition was checked as a whole; starting at a later state makes earlier ones unreachable, on purpose. */
const machineFrom = (StartAt: string, States: Record<string, State>): StateMachine =>
  new StateMachine({ StartAt, States }, { validationOptions: { noValidate: true } });

/** Whether an error of a state is what a retrier or catcher names. */
function matches(pattern: string, state: State, { name }: Error): boolean {
  if (pattern === 'States.TaskFailed') return state.Type === 'Task' && name !== 'States.Timeout';
  return pattern === name || pattern === 'States.ALL';
}

const checked = new WeakMap<object, Definition>();

/**
 * A definition as the library runs it. Retries, waits and timeouts of the top level are the engine's, so that an execution
 * waits in the store: a state fails at once, and the engine retries it, or resumes where `Catch` leads
 * (docs/adr/0004-embedded-engine.md).
 */
export class Definition {
  readonly startAt: string;
  /** How long an execution may take in all. */
  readonly timeoutMilliseconds: number;
  /** Every task by the name of its state, those inside `Parallel` and `Map` included. */
  readonly tasks = new Map<string, Task>();
  /** The states inside `Parallel` and `Map`, whose retries are the library's. */
  readonly nested: string[] = [];
  /** What runs from each state of the top level on. */
  readonly machines: ReadonlyMap<string, StateMachine>;
  /** The states of the top level that the engine runs itself. */
  readonly direct: ReadonlyMap<string, DirectState>;
  /** The states whose output differs from their input, so that the history must keep it. */
  readonly changing: ReadonlySet<string>;
  readonly #source: StateMachineDefinition;
  readonly #states: Record<string, State>;
  readonly #catching = new Map<string, StateMachine>();

  /**
   * The definition of a workflow, checked once however many engines run it: that takes a tenth of a second.
   *
   * @throws when it is not valid Amazon States Language.
   */
  static of(source: object): Definition {
    const definition = checked.get(source) ?? new Definition(source);
    checked.set(source, definition);
    return definition;
  }

  private constructor(source: object) {
    // The library sets $$.Execution to its own call. A resumed run keeps the name and time of the first, so the engine
    // passes them under another name.
    const text = JSON.stringify(source).replaceAll('$$.Execution', () => '$$.Order');
    this.#source = JSON.parse(text.replace(/\$\{(\w+)FunctionArn\}/g, `${functionArn}$1`)) as StateMachineDefinition;
    new StateMachine(this.#source); // refused here, before any order
    this.startAt = this.#source.StartAt;
    this.timeoutMilliseconds = (this.#source.TimeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    this.#states = this.#prepare(this.#source.States, true);
    const names = Object.keys(this.#states);
    this.machines = new Map(names.map((name) => [name, machineFrom(name, this.#states)]));
    const direct = names.map((name) => [name, directState(this.#source.States[name] as State)] as const);
    this.direct = new Map(direct.filter((entry): entry is [string, DirectState] => entry[1] !== undefined));
    const changes = (state: State) =>
      /Task|Parallel|Map|Pass/.test(state.Type) && !('ResultPath' in state && state.ResultPath === null);
    this.changing = new Set(names.filter((name) => changes(this.#source.States[name] as State)));
  }

  /**
   * Runs from where the `Catch` of a state leads, once a task named {@link catching} and this state fails as it did.
   * `undefined` without a `Catch`.
   */
  machineCatching(name: string, error: Error): StateMachine | undefined {
    const state = this.#source.States[name];
    if (state === undefined || !('Catch' in state)) return undefined;
    // The task that stands in for the state always matches States.TaskFailed, the state itself may not.
    const taskFailed = matches('States.TaskFailed', state, error);
    const Catch = state.Catch?.map(({ ErrorEquals, ...catcher }) => ({
      ...catcher,
      ErrorEquals: ErrorEquals.filter((pattern) => taskFailed || pattern !== 'States.TaskFailed'),
    }));
    const failing = { Type: 'Task', Resource: waitResource, Catch, End: true } as State;
    const key = `${name} ${taskFailed}`;
    const machine =
      this.#catching.get(key) ??
      machineFrom(`${catching}${name}`, { ...this.#states, [`${catching}${name}`]: failing });
    this.#catching.set(key, machine);
    return machine;
  }

  /**
   * The retrier that retries this error of a state, and after how long, in milliseconds; `undefined` when none does, or it
   * has been used up.
   *
   * @param used How often each retrier of the state has been used.
   */
  retry(
    name: string,
    error: Error,
    used: readonly number[],
    random: () => number,
  ): { readonly index: number; readonly delay: number } | undefined {
    const state = this.#source.States[name];
    if (state === undefined || !('Retry' in state) || ('isRetryable' in error && !error.isRetryable)) return undefined;
    const index = (state.Retry ?? []).findIndex(({ ErrorEquals }) =>
      ErrorEquals.some((pattern) => matches(pattern, state, error)),
    );
    const retrier: Retrier | undefined = state.Retry?.[index];
    const times = used[index] ?? 0;
    if (retrier === undefined || times >= (retrier.MaxAttempts ?? 3)) return undefined;
    const seconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** times;
    const delay = Math.min(seconds, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1000;
    return { index, delay: retrier.JitterStrategy === 'FULL' ? delay * random() : delay };
  }

  /** The states with what the engine does itself taken out; notes every task. */
  #prepare(states: Record<string, State>, top: boolean): Record<string, State> {
    return Object.fromEntries(
      Object.entries(states).map(([name, state]) => [name, this.#prepareState(name, state, top)]),
    );
  }

  #prepareState(name: string, state: State, top: boolean): State {
    if (!top) this.nested.push(name);
    else if (state.Type === 'Wait') return this.#waitState(name, state);
    const { Retry: _retry, Catch: _catch, ...bare } = state as TaskState;
    const kept = (top ? bare : state) as State;
    switch (kept.Type) {
      case 'Task': {
        const { Resource: resource, TimeoutSeconds: seconds, TimeoutSecondsPath: path } = kept;
        const timeout = seconds === undefined ? {} : { timeoutMilliseconds: seconds * 1000 };
        this.tasks.set(name, { resource, top, ...timeout });
        const limit = top || (seconds ?? path) === undefined ? longestTimeoutSeconds : seconds;
        return path === undefined ? { ...kept, TimeoutSeconds: limit ?? longestTimeoutSeconds } : kept;
      }
      case 'Parallel':
        return {
          ...kept,
          Branches: kept.Branches.map((branch) => ({ ...branch, States: this.#prepare(branch.States, false) })),
        };
      case 'Map': {
        const { ItemProcessor: processor = kept.Iterator } = kept;
        if (processor === undefined) return kept;
        return { ...kept, ItemProcessor: { ...processor, States: this.#prepare(processor.States, false) } };
      }
      default:
        return kept;
    }
  }

  #waitState(name: string, { Seconds, SecondsPath, Timestamp, TimestampPath, ...state }: WaitState): State {
    this.tasks.set(name, { resource: waitResource, top: true });
    const path = SecondsPath ?? TimestampPath;
    const until = path === undefined ? { until: Seconds ?? Timestamp } : { 'until.$': path };
    return { ...state, Type: 'Task', Resource: waitResource, Parameters: { ...until, 'input.$': '$' } } as State;
  }
}
