import type { StateMachineDefinition } from 'aws-local-stepfunctions';

type State = StateMachineDefinition['States'][string];
type Read = (input: unknown, context: unknown) => unknown;

/** A state that runs without the library: a task that takes plain paths of its input, or the end. */
export interface DirectState {
  /** The input of the task; `undefined` when a path leads nowhere, which is the library's to judge. */
  readonly input: Read;
  readonly keepsInput: boolean;
  /** The state after it, unless it is the last. */
  readonly next: string | undefined;
  readonly type: 'Task' | 'Succeed';
}

// The library writes `QueryLanguage` into what it checks; it runs no other than JSONPath.
const plainFields =
  /^(?:Type|Comment|Resource|Parameters|ResultPath|Next|End|TimeoutSeconds|Retry|Catch|QueryLanguage)$/;
const plainPath = /^\$\$?(?:\.[A-Za-z_]\w*)*$/;

function readerOf(path: string): Read {
  const [root, ...keys] = path.split('.');
  return (input, context) => {
    let value = root === '$$' ? context : input;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) {
        return undefined;
      }
      value = (value as Readonly<Record<string, unknown>>)[key];
    }
    return value;
  };
}

/** `undefined` when the parameters are more than constants and plain paths at their top. */
function parametersReader(parameters: object): Read | undefined {
  const entries: (readonly [name: string, read: Read])[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'object' && value !== null) return undefined;
    if (!name.endsWith('.$')) entries.push([name, () => value]);
    else if (plainPath.test(String(value))) entries.push([name.slice(0, -2), readerOf(String(value))]);
    else return undefined;
  }
  return (input, context) => {
    const read: Record<string, unknown> = {};
    for (const [name, reader] of entries) {
      const value = reader(input, context);
      if (value === undefined) return undefined;
      read[name] = value;
    }
    return read;
  };
}

/** How a state of the top level runs without the library, which is most of the work of a task; `undefined` if it cannot. */
export function directState(state: State): DirectState | undefined {
  if (!Object.keys(state).every((name) => plainFields.test(name))) return undefined;
  const whole: Read = (input) => input;
  if (state.Type === 'Succeed') return { type: 'Succeed', input: whole, keepsInput: true, next: undefined };
  if (state.Type !== 'Task') return undefined;
  const { Parameters: parameters, ResultPath: resultPath } = state;
  if (resultPath !== undefined && resultPath !== null) return undefined;
  const input = parameters === undefined ? whole : parametersReader(parameters as object);
  return (
    input && { type: 'Task', input, keepsInput: resultPath === null, next: 'Next' in state ? state.Next : undefined }
  );
}
