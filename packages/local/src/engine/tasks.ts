import type { Definition } from './definition.ts';
import { functionArn, waitResource } from './definition.ts';

/** What a task gets besides its input. */
export interface TaskContext {
  readonly orderid: string;
  readonly state: string;
  readonly signal: AbortSignal;
}

/** Does the work of a `Task` state, whatever its resource is. */
export type TaskCall = (event: never, context: TaskContext) => Promise<unknown>;

/** The parameters of `arn:aws:states:::sns:publish`, as far as this machine knows them. */
export interface PublishParameters {
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
export function taskCalls(definition: Definition, { functions, publish }: TaskResources): Map<string, TaskCall> {
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
