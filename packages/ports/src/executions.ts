import type { CallOptions } from './call.ts';
import type { Execution, ExecutionCounts, ExecutionEnd, ExecutionPage, ExecutionQuery } from './execution.ts';

/** Keeps the executions of a workflow engine. On AWS, Step Functions does. */
export interface Executions {
  /**
   * Starts an execution unless its order id is taken; then nothing changes, and it answers the existing one. Of
   * concurrent calls with the same order id, one starts.
   *
   * @throws Unavailable when the effect is unknown; starting again is safe.
   */
  start(
    execution: Pick<Execution, 'orderid' | 'input' | 'startedAt'>,
    options?: CallOptions,
  ): Promise<{ readonly started: boolean; readonly execution: Execution }>;

  /**
   * Records how an execution ended.
   *
   * @throws Unavailable when the effect is unknown; ending again is safe.
   */
  end(execution: Execution, end: ExecutionEnd, options?: CallOptions): Promise<void>;

  /**
   * Sets a failed execution running again, keeping its history and its place; `undefined` when none of that id has
   * failed. Of concurrent calls, one redrives.
   *
   * @param at Milliseconds since 1970 UTC.
   * @throws Unavailable when the effect is unknown.
   */
  redrive(orderid: string, at: number, options?: CallOptions): Promise<Execution | undefined>;

  /**
   * The execution of an order, or `undefined`.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  get(orderid: string, options?: CallOptions): Promise<Execution | undefined>;

  /**
   * A page of executions, newest first.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  page(query?: ExecutionQuery, options?: CallOptions): Promise<ExecutionPage>;

  /**
   * Counts all executions by status.
   *
   * @throws Unavailable
   */
  counts(options?: CallOptions): Promise<ExecutionCounts>;
}
