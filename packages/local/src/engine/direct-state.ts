import type { StateMachineDefinition } from 'aws-local-stepfunctions';

type State = StateMachineDefinition['States'][string];

/** Where a value comes from: a constant, or a plain path into the input or the context object. */
type Source = { readonly constant: unknown } | { readonly root: '$' | '$$'; readonly keys: readonly string[] };

/** A state that runs without the library: a task that takes plain paths of its input, or the end. */
export interface DirectState {
  readonly type: 'Task' | 'Succeed';
  /** What the input of the task is made of; without it, the task gets the state's whole input. */
  readonly parameters: readonly (readonly [name: string, source: Source])[] | undefined;
  /** Whether the input goes on to the next state, and not the result. */
  readonly keepsInput: boolean;
  /** The state after it, unless it is the last. */
  readonly next: string | undefined;
}

// The library writes `QueryLanguage` into what it checks; it runs no other than JSONPath.
const plainFields =
  /^(?:Type|Comment|Resource|Parameters|ResultPath|Next|End|TimeoutSeconds|Retry|Catch|QueryLanguage)$/;
const plainPath = /^\$\$?(?:\.[A-Za-z_]\w*)*$/;

/** `undefined` for what is more than a constant or a plain path. */
function sourceOf(name: string, value: unknown): readonly [string, Source] | undefined {
  if (typeof value === 'object' && value !== null) return undefined;
  if (!name.endsWith('.$')) return [name, { constant: value }];
  if (!plainPath.test(String(value))) return undefined;
  const [root, ...keys] = String(value).split('.');
  return [name.slice(0, -2), { root: root as '$' | '$$', keys }];
}

/** How a state of the top level runs without the library; `undefined` if it cannot. */
export function directState(state: State): DirectState | undefined {
  if (!Object.keys(state).every((name) => plainFields.test(name))) return undefined;
  if (state.Type === 'Succeed') return { type: 'Succeed', parameters: undefined, keepsInput: true, next: undefined };
  if (state.Type !== 'Task') return undefined;
  const { Parameters, ResultPath } = state;
  if (ResultPath !== undefined && ResultPath !== null) return undefined;
  const sources = Object.entries(Object(Parameters)).map(([name, value]) => sourceOf(name, value));
  const parameters = sources.filter((source) => source !== undefined);
  if (parameters.length < sources.length) return undefined;
  return {
    type: 'Task',
    parameters: Parameters === undefined ? undefined : parameters,
    keepsInput: ResultPath === null,
    next: 'Next' in state ? state.Next : undefined,
  };
}
