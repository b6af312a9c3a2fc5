import type { PlacedOrder } from '@coffee/domain';
import definition from './order-workflow.asl.json' with { type: 'json' };

/**
 * The order workflow in the Amazon States Language (JSONPath). `${PutItemFunctionArn}`, `${PutObjectFunctionArn}` and
 * `${NotifyFunctionArn}` stand for the functions' ARNs.
 */
export const orderWorkflow: typeof definition = definition;

/** The tasks in their order, by the seed's names. */
export const taskNames = ['task_put_item', 'task_put_object', 'task_notify'] as const;

export type TaskName = (typeof taskNames)[number];

/** The input of an execution: the body of `POST /order`. The execution's name is the order id. */
export interface OrderWorkflowInput {
  readonly order: unknown;
}

/** The input of `task_put_item`: the execution's name and start time, and the order as it was sent. */
export interface PutItemInput {
  readonly orderid: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly acceptedAt: string;
  readonly order: unknown;
}

/** The output of `task_put_item`, the input of the tasks behind it, and the output of the execution. */
export type OrderWorkflowOutput = PlacedOrder;
