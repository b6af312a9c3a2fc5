/** A state machine in the Amazon States Language, as far as it is counted. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** One state of it. */
export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly End?: boolean;
}

/** Types that go on at `Next` once and nowhere else. */
const countable = new Set(['Task', 'Pass', 'Wait', 'Succeed', 'Fail']);

/**
 * The states that an execution enters, in their order, when nothing fails.
 *
 * @throws Error for a state whose way on cannot be told from the definition (Choice, Parallel, Map), and for a circle.
 */
export function happyPath({ StartAt, States }: Definition): (State & { readonly name: string })[] {
  const path: (State & { readonly name: string })[] = [];
  for (let name: string | undefined = StartAt; name !== undefined; ) {
    const state: State | undefined = States[name];
    if (state === undefined) throw new Error(`there is no state ${JSON.stringify(name)}`);
    if (!countable.has(state.Type)) throw new Error(`the way through ${name}, a ${state.Type}, cannot be counted`);
    if (path.some((entered) => entered.name === name)) throw new Error(`${name} is entered twice`);
    path.push({ ...state, name });
    name = state.Next;
  }
  return path;
}

/** What a Standard execution without a failure is charged: its start, and each state that it enters. */
export function transitions(definition: Definition): number {
  return 1 + happyPath(definition).length;
}

/**
 * The events of its history, each a line of the workflow's log: start and end of the execution, entry and exit of each
 * state, and for a task three of its function: scheduled, started, succeeded.
 */
export function historyEvents(definition: Definition): number {
  return happyPath(definition).reduce((events, { Type }) => events + (Type === 'Task' ? 5 : 2), 2);
}
