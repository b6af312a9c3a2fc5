import type { PlacedOrder, Principal } from '@coffee/domain';
import definition from './order-workflow.asl.json' with { type: 'json' };

/** How a task is retried. */
export interface RetryRule {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy: string;
}

/** A task: a function that is called with the payload, or with `Parameters`. */
export interface TaskState {
  readonly Type: string;
  readonly Resource: string;
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly ResultPath?: string | null;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly RetryRule[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Next: string;
}

/** A state that ends the execution. */
export interface EndState {
  readonly Type: string;
  readonly ErrorPath?: string;
  readonly CausePath?: string;
}

/** The definition of the state machine, as far as it uses the Amazon States Language. */
export interface OrderWorkflow {
  readonly Comment: string;
  readonly StartAt: string;
  /** A week: retries, outages and restarts fit into it. */
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<TaskName, TaskState> & Record<'Job Succeeded' | 'Job Failed', EndState>>;
}

/**
 * The order workflow in the Amazon States Language (JSONPath). `${PutItemFunctionArn}`, `${PutObjectFunctionArn}` and
 * `${NotifyFunctionArn}` stand for the functions' ARNs.
 */
export const orderWorkflow: OrderWorkflow = definition;

/** The tasks in order, by the seed's names. */
export const taskNames = ['task_put_item', 'task_put_object', 'task_notify'] as const;

export type TaskName = (typeof taskNames)[number];

/** The input of an execution. The execution's name is the order id. */
export interface OrderWorkflowInput {
  /** The body of `POST /order` as it was sent: `{ "order": … }` in JSON. */
  readonly body: string;
  /** Who sent it. */
  readonly caller: Principal;
}

/** The input of `task_put_item`: the execution's name, start time and input. */
export interface PutItemInput {
  readonly orderid: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly acceptedAt: string;
  readonly input: OrderWorkflowInput;
}

/** The output of `task_put_item`, the input of the tasks after it, and the output of the execution. */
export type OrderWorkflowOutput = PlacedOrder;
